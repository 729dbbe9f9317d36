"""The waitlist as one page: in order, who is to hear from us, and who may be offered room now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import render_page
from form_server.desk.referral.said import Said
from form_server.desk.referral.times import say_day, say_span
from form_server.desk.team.offers import find_offers, open_all
from form_server.desk.team.waiting_words import say_wish
from form_server.ledger import Waiting


@dataclass(frozen=True)
class WaitRow:
    """`room` names who could be offered; `name` is empty where it does not open."""

    place: int
    href: str
    name: str
    since: str
    wish: str
    speaks: str
    told: bool
    next_word: str
    is_due: bool
    offered: str
    room: str


@dataclass(frozen=True)
class WaitPage:
    rows: tuple[WaitRow, ...]
    due: int
    with_room: int
    openings: str


def show_waitlist() -> Response:
    """Looking at it is noted; each name leads to the referral, where all is said and done."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    listed = desk.ledger.waitlist.listed(keyring.inbox_ids)
    said = open_all(keyring, listed)
    now = desk.clock()
    offers = find_offers(desk, listed, said)
    desk.ledger.audit.note("waitlist.opened", actor=user.actor, detail=f"names={len(listed)}")
    rows = tuple(
        _row(desk, place, one, said[one.referral.id], offers.get(one.referral.id, ()), now)
        for place, one in enumerate(listed, 1)
    )
    view = WaitPage(
        rows=rows,
        due=sum(one.is_due for one in rows),
        with_room=len(offers),
        openings=url_for("desk.show_openings"),
    )
    return render_page("team/waitlist.html", view, title="Waitlist", signed_in=user)


def _row(
    desk: Desk,
    place: int,
    one: Waiting,
    said: Said | None,
    room: tuple[str, ...],
    now: datetime,
) -> WaitRow:
    practice = desk.practice()
    today = practice.today(now)
    names = {each.slug: each.name for each in practice.clinicians}
    return WaitRow(
        place=place,
        href=url_for("desk.show_referral", referral_id=one.referral.id, _anchor="waiting"),
        name=(said.first_name or "No name given") if said else "",
        since=say_span(now - one.place.since),
        wish=say_wish(one.place.clinician, one.place.wanted, practice),
        speaks=said.language if said else "",
        told=one.place.told_at is not None and one.referral.first_contact_at is not None,
        next_word=say_day(one.place.next_on, today),
        is_due=one.place.next_on <= today,
        offered=names.get(one.place.offered or "", one.place.offered or ""),
        room=", ".join(names[slug] for slug in room) if said else "",
    )
