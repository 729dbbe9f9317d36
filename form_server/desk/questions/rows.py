"""Questions as lines of a list: who asks, what kind, and how the promise stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import url_for

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring
from form_server.desk.questions.case import open_said, say_asker
from form_server.desk.referral.clock import Clock, Standing
from form_server.desk.referral.tags import DAMAGED, Tag
from form_server.desk.referral.times import say_day, say_deadline, say_moment, say_span
from form_server.ledger import Question, QuestionKind, TalkState

_SOON: Final = timedelta(hours=1)
_READ_FIRST: Final = Tag("Read first", "alert")
_ASIDE: Final = Tag("Kept aside: looks automatic", "quiet")


@dataclass(frozen=True)
class QuestionRow:
    """`stands` is how a talk stands, or empty; `inbox` is named for who looks into several."""

    href: str
    receipt: str
    who: str
    what: str
    clock: Clock
    tags: tuple[Tag, ...]
    stands: str
    inbox: str
    is_shut: bool


def list_rows(
    asked: Sequence[Question], desk: Desk, keyring: Keyring, now: datetime
) -> tuple[QuestionRow, ...]:
    return tuple(_row(one, desk, keyring, now) for one in asked)


def read_question_clock(asked: Question, now: datetime, zone: ZoneInfo) -> Clock:
    """The clock at `now`; an answer stops it."""
    standing, promise, left = _read(asked, now, zone)
    return Clock(
        standing=standing,
        received_at=asked.received_at.isoformat(),
        since=say_span(now - asked.received_at),
        promised_at=asked.promised_by.isoformat(),
        promise=promise,
        left=left,
    )


def tags_of_question(asked: Question) -> tuple[Tag, ...]:
    tags = [DAMAGED] if asked.damage else []
    if "read_first" in asked.flags:
        tags.append(_READ_FIRST)
    if "quarantine" in asked.flags and asked.answered_at is None:
        tags.append(_ASIDE)
    return tuple(tags)


def say_talk(asked: Question, now: datetime, zone: ZoneInfo) -> str:
    """“Agreed for Tue, Nov 24”; empty for what is no talk."""
    today = now.astimezone(zone).date()
    day = say_day(asked.talk_on, today) if asked.talk_on else ""
    match asked.talk_state:
        case TalkState.ASKED:
            return "No day agreed yet"
        case TalkState.AGREED:
            past = asked.talk_on is not None and asked.talk_on < today
            return f"Was agreed for {day}: was it held?" if past else f"Agreed for {day}"
        case TalkState.HELD:
            return f"Held {day}" if day else "Held"
        case TalkState.DECLINED:
            return "Does not take place"
    return ""


def _row(asked: Question, desk: Desk, keyring: Keyring, now: datetime) -> QuestionRow:
    zone = desk.practice().time_zone
    said = open_said(keyring, asked) if asked.envelope else None
    is_talk = asked.kind is QuestionKind.TALK
    training = next((one for one in desk.practice().trainings if one.slug == asked.talk), None)
    several = len(keyring.inbox_ids) > 1
    return QuestionRow(
        href=url_for("desk.show_question", question_id=asked.id),
        receipt=asked.receipt,
        who=say_asker(said, desk, asked) if asked.envelope else "Its words were removed",
        what=(f"A talk: {training.title}" if training else "A talk") if is_talk else "A question",
        clock=read_question_clock(asked, now, zone),
        tags=tags_of_question(asked),
        stands=say_talk(asked, now, zone) if asked.answered_at is not None else "",
        inbox=desk.ledger.inboxes.get(asked.inbox_id).name if several else "",
        is_shut=said is None,
    )


def _read(asked: Question, now: datetime, zone: ZoneInfo) -> tuple[Standing, str, str]:
    answered, promised = asked.answered_at, asked.promised_by
    if asked.is_spam:
        return Standing.CLOSED, "Put away as advertising", ""
    if answered is not None:
        late = "" if answered <= promised else f", {say_span(answered - promised)} late"
        return (
            Standing.ANSWERED,
            f"Answered after {say_span(answered - asked.received_at)}{late}",
            "",
        )
    if now > promised:
        when = say_moment(promised, now, zone)
        return Standing.OVERDUE, f"Promised for {when}", f"overdue by {say_span(now - promised)}"
    standing = Standing.SOON if promised - now <= _SOON else Standing.WAITING
    due = f"Answer {say_deadline(promised, now, zone)}"
    return standing, due, f"{say_span(promised - now)} left"
