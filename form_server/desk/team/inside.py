"""The panel that suggests who in the practice fits and has room: before anybody outside is asked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.team.board_rows import read_board, say_room, say_where
from form_server.desk.team.waiting_words import need_of
from outreach_kit.outreach.capacity import Suggestion, suggest_inside


@dataclass(frozen=True)
class Inside:
    """One clinician; `inbox_id` is empty where the referral cannot be handed: it lies there."""

    name: str
    room: str
    where: tuple[str, ...]
    fits: tuple[str, ...]
    asks: tuple[str, ...]
    inbox_id: str
    is_here: bool


@dataclass(frozen=True)
class InsideList:
    rows: tuple[Inside, ...]
    hand: str
    board: str


def build_inside(case: Case) -> InsideList | None:
    """Only in a practice of several, while the referral is open."""
    said, practice = case.said, case.practice
    if said is None or not case.is_open or not practice.is_group:
        return None
    today = practice.today(case.now)
    found = suggest_inside(practice, read_board(case.desk), need_of(said), today)
    return InsideList(
        rows=tuple(_row(case, one) for one in found),
        hand=url_for("desk.hand_over", referral_id=case.referral.id),
        board=url_for("desk.show_openings"),
    )


def _row(case: Case, one: Suggestion) -> Inside:
    today = case.practice.today(case.now)
    slug = one.clinician.slug
    inbox = next((box for box in case.desk.ledger.inboxes.all() if box.clinician == slug), None)
    is_here = inbox is not None and inbox.id == case.referral.inbox_id
    return Inside(
        name=one.clinician.name,
        room=say_room(one.count, one.first_available_on, today),
        where=tuple(say_where(room) for room in one.rooms),
        fits=one.fits,
        asks=one.asks,
        inbox_id=inbox.id if inbox and not is_here else "",
        is_here=is_here,
    )
