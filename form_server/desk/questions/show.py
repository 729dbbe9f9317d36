"""The page of one question: who asks, what, how to answer, and how the talk stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from flask import Response, request, url_for

from form_server.desk.entry.keyring import Unreadable
from form_server.desk.entry.roles import Right, may
from form_server.desk.page import render_page
from form_server.desk.questions.case import AskedCase, Wishes, open_asked, say_asker
from form_server.desk.questions.drafting import answer_subject, draft_answer
from form_server.desk.questions.rows import read_question_clock, say_talk, tags_of_question
from form_server.desk.questions.talks import TalkHeld, TalkPaper, held_of, paper_of
from form_server.desk.referral.clock import Clock
from form_server.desk.referral.said import Referrer
from form_server.desk.referral.suspicions import say_suspicions
from form_server.desk.referral.tags import Tag
from form_server.desk.referral.times import say_moment
from form_server.ledger import AnsweredHow, DeliveryState, NotFound, TalkState

UNDONE_WITHIN: Final = timedelta(minutes=1)
LONGEST: Final = 4000
_DONE: Final = {
    "mail": "It goes out in a minute. Until then you can take it back.",
    "answered": "Noted: answered. The clock has stopped.",
    "undone": "Taken back. The clock goes on as before.",
    "undo-late": "That stays as it is: it was more than a minute ago, or its mail is on its way.",
    "agreed": "Noted. The day is in the list of talks.",
    "held": "Noted: held.",
    "logged": "Noted: held. It stands among the visits to that office, with who came.",
    "declined": "Noted: it does not take place.",
    "rescued": "It waits with the others now.",
    "late": "That had changed meanwhile. See how it stands now.",
}
_HOW: Final = {
    AnsweredHow.MAIL: "Answered by mail",
    AnsweredHow.PHONE: "Answered by phone",
    AnsweredHow.OWN_MAIL: "Answered from your own mail",
    AnsweredHow.TALK: "Settled with the talk",
    AnsweredHow.SPAM: "Put away as advertising",
}
_MAIL_STANDS: Final = {
    DeliveryState.SENT: "The mail went out.",
    DeliveryState.STUCK: "The mail did not go out. See Messages.",
    DeliveryState.UNKNOWN: "Whether the mail arrived is not known. See Messages.",
    DeliveryState.RETRYING: "The mail has not gone out yet. It is tried again by itself.",
    DeliveryState.ON_HOLD: "The mail is held back since a backup was restored.",
    DeliveryState.DISMISSED: "The mail was not sent.",
}


@dataclass(frozen=True)
class Answered:
    """What was answered; `undo` is where it can be taken back for a minute, or empty."""

    how: str
    by: str
    at: str
    words: str
    mail: str
    undo: str


@dataclass(frozen=True)
class TalkPanel:
    """`first_on` is the first day that may be picked, as ISO 8601."""

    stands: str
    is_open: bool
    is_agreed: bool
    on: str
    first_on: str
    action: str


@dataclass(frozen=True)
class QuestionPage:
    """`answer` is where an answer goes, or empty once there is one. `mailto` opens one's own mail."""

    heading: str
    receipt: str
    clock: Clock
    tags: tuple[Tag, ...]
    asker: Referrer | None
    source: str
    wishes: Wishes
    is_talk: bool
    is_shut: bool
    is_purged: bool
    doubt: tuple[str, ...]
    rescue: str
    spam: str
    answer: str
    words: str
    mailto: str
    answered: Answered | None
    talk: TalkPanel | None
    paper: TalkPaper | None
    held: TalkHeld | None
    erase: str
    done: str
    error: str


def show_question(question_id: str) -> Response:
    """Looking at it is noted, and the first look pauses its alarm."""
    return render_question(question_id, done=_DONE.get(request.args.get("done", ""), ""))


def render_question(
    question_id: str,
    *,
    done: str = "",
    error: str = "",
    typed: Mapping[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Raises NotFound, which is answered alike for what is missing and what is not the user's."""
    case = open_asked(question_id, typed)
    asked = case.asked
    zone = case.desk.practice().time_zone
    source = case.desk.ledger.sources.get(asked.source) if asked.source else None
    is_aside = "quarantine" in asked.flags and asked.answered_at is None
    can_answer = asked.answered_at is None and case.said is not None
    view = QuestionPage(
        heading=_heading(case),
        receipt=asked.receipt,
        clock=read_question_clock(asked, case.now, zone),
        tags=tags_of_question(asked),
        asker=case.asker,
        source=source.name if source else "",
        wishes=case.wishes,
        is_talk=case.is_talk,
        is_shut=case.said is None,
        is_purged=case.is_purged,
        doubt=say_suspicions(case.said.suspicions) if is_aside and case.said else (),
        rescue=url_for("desk.rescue_question", question_id=asked.id) if is_aside else "",
        spam=url_for("desk.put_question_away", question_id=asked.id) if is_aside else "",
        answer=url_for("desk.answer_question", question_id=asked.id) if can_answer else "",
        words=case.typed.get("words") or draft_answer(case),
        mailto=_mailto(case),
        answered=_answered(case),
        talk=_talk(case),
        paper=paper_of(case) if case.said else None,
        held=held_of(case) if case.said else None,
        erase=_erase(case),
        done=done,
        error=error,
    )
    # Who asks stays out of the title, which ends up in histories and window lists.
    title = f"Question {asked.receipt}"
    return render_page("questions/one.html", view, title=title, signed_in=case.user, status=status)


def _heading(case: AskedCase) -> str:
    if case.said is None:
        return "A closed question" if case.is_purged else "This question cannot be opened"
    asks = "asks for a talk" if case.is_talk else "asks"
    return f"{say_asker(case.said, case.desk, case.asked)} {asks}"


def _mailto(case: AskedCase) -> str:
    asker = case.asker
    if asker is None or not asker.email:
        return ""
    return f"mailto:{asker.email}?subject={quote(answer_subject(case))}"


def _answered(case: AskedCase) -> Answered | None:
    asked, ledger = case.asked, case.desk.ledger
    if asked.answered_at is None or asked.answered_how is None:
        return None
    is_own = asked.answered_by == case.user.user.id
    is_fresh = case.now - asked.answered_at < UNDONE_WITHIN
    names = ledger.access.names()
    undo = url_for("desk.undo_answer", question_id=asked.id)
    return Answered(
        how=_HOW[asked.answered_how],
        by=names.get(asked.answered_by or "", ""),
        at=say_moment(asked.answered_at, case.now, case.desk.practice().time_zone),
        words=_open_answer(case),
        mail=_say_mail(case),
        undo=undo if is_own and is_fresh else "",
    )


def _open_answer(case: AskedCase) -> str:
    sealed = case.asked.answer
    if sealed is None:
        return ""
    try:
        return case.keyring.open_part(case.asked, f"answer:{case.asked.id}", sealed)
    except Unreadable:
        return ""


def _say_mail(case: AskedCase) -> str:
    delivery_id = case.asked.answer_delivery_id
    if delivery_id is None:
        return ""
    try:
        state = case.desk.ledger.deliveries.get(delivery_id).state
    except NotFound:
        return ""
    return _MAIL_STANDS.get(state, "The mail is on its way.")


def _talk(case: AskedCase) -> TalkPanel | None:
    asked, practice = case.asked, case.desk.practice()
    if asked.talk_state is None or asked.is_spam:
        return None
    today: date = practice.today(case.now)
    typed = case.typed.get("talk_on", "")
    return TalkPanel(
        stands=say_talk(asked, case.now, practice.time_zone),
        is_open=asked.closed_at is None and case.said is not None,
        is_agreed=asked.talk_state is TalkState.AGREED,
        on=typed or (asked.talk_on.isoformat() if asked.talk_on else ""),
        first_on=today.isoformat(),
        action=url_for("desk.set_talk", question_id=asked.id),
    )


def _erase(case: AskedCase) -> str:
    if not may(case.user.user.role, Right.PRIVACY):
        return ""
    return url_for("desk.erase_question", question_id=case.asked.id)
