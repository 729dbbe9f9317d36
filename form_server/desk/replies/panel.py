"""The panel that shows what patient and source were answered, and leads to the page to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.entry.keyring import Unreadable
from form_server.desk.referral.case import Case
from form_server.desk.referral.panel import Panel
from form_server.desk.referral.reach import UNDONE_WITHIN
from form_server.desk.referral.times import say_moment
from form_server.desk.replies.sides import Side, patient_side, source_side
from form_server.desk.replies.words import ABOUT, is_trouble, say_reply
from form_server.ledger import Reply, ReplyWay
from outreach_kit.outreach.telling import Telling

_GONE: Final = "Its words were removed when your retention time was over."


@dataclass(frozen=True)
class Told:
    """One reply as it went; `undo` is its id while it can be taken back."""

    says: str
    about: str
    when: str
    moment: str
    words: str
    is_reason: bool
    is_trouble: bool
    undo: str


@dataclass(frozen=True)
class SideView:
    """`write` is empty once nobody is answered any more."""

    name: str
    write: str
    label: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class RepliesView:
    sides: tuple[SideView, ...]
    undo: str
    remark: str


def build_replies(case: Case) -> RepliesView | None:
    if case.said is None or "drill" in case.referral.flags:
        return None
    replies = case.desk.ledger.replies.of_referral(case.referral.id)
    patient, source = patient_side(case), source_side(case)
    sides = [_side(case, patient, replies)]
    if source.telling is not Telling.NOTHING:
        sides.append(_side(case, source, replies))
    return RepliesView(
        sides=tuple(sides),
        undo=url_for("desk.undo_reply", referral_id=case.referral.id),
        remark="" if len(sides) > 1 else "Nobody else is told of it.",
    )


def _side(case: Case, side: Side, replies: list[Reply]) -> SideView:
    told = tuple(_told(case, one) for one in replies if one.whom is side.whom)
    write = url_for("desk.write_reply", referral_id=case.referral.id, whom=side.whom.value)
    return SideView(
        name=side.name,
        write=write if case.is_open else "",
        label="Write another" if told else "Write a note",
        told=told,
    )


def _told(case: Case, reply: Reply) -> Told:
    can_undo = (
        case.is_open and reply.user_id == case.user.user.id and case.now - reply.at < UNDONE_WITHIN
    )
    return Told(
        says=say_reply(reply),
        about=ABOUT.get(reply.about, ""),
        when=say_moment(reply.at, case.now, case.practice.time_zone),
        moment=reply.at.isoformat(),
        words=_words(case, reply),
        is_reason=reply.way is ReplyWay.ASIDE,
        is_trouble=is_trouble(reply),
        undo=reply.id if can_undo else "",
    )


def _words(case: Case, reply: Reply) -> str:
    if reply.words is None:
        return _GONE
    try:
        return case.keyring.open_part(case.referral, f"reply:{reply.id}", reply.words)
    except Unreadable:
        return "These words do not open with your key."


PANEL: Final = Panel("replies/panel.html", build_replies)
