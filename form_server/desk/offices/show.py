"""The page of one office: its name and how it stands, then its panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.offices.case import open_office
from form_server.desk.offices.panel import Shown
from form_server.desk.offices.panels import BESIDE, PANELS, lay_out
from form_server.desk.offices.wording import say_count, say_due, say_last, say_where
from form_server.desk.page import go_to, render_page
from form_server.ledger import SourceCard, SourceKind
from outreach_kit.outreach.follow_up import Standing

_DONE: Final = {
    "added": "Added. Who is at the front desk there?",
    "saved": "Saved.",
    "back": "Back on the list.",
    "person-added": "Added.",
    "person-removed": "No longer there. Visits and gifts keep the name.",
    "merged": "The two entries are one now.",
}


@dataclass(frozen=True)
class OfficePage:
    """`beside` are panels that a broad screen sets beside the others; a phone shows them first.
    `colleague` leads to them in the directory, or `befriend` to adding a colleague who is not in it."""

    name: str
    where: str
    due: str
    is_red: bool
    last: str
    sent: str
    beside: tuple[Shown, ...]
    panels: tuple[Shown, ...]
    colleague: str
    befriend: str
    edit: str
    remove: str
    all: str
    done: str


@dataclass(frozen=True)
class GonePage:
    name: str
    where: str
    restore: str
    all: str


def show_office(code: str) -> Response:
    """A code that leads to another one, or is written otherwise, goes to the office's own.

    Raises NotFound.
    """
    desk = the_desk()
    card = desk.ledger.address_book.get(code)
    if card.code != code:
        return go_to(url_for("desk.show_office", code=card.code))
    if card.removed_at is not None:
        return _show_gone(card)
    case = open_office(card)
    desk.ledger.audit.note("source.opened", actor=case.user.actor, detail=code)
    standing = case.detail.standing
    view = OfficePage(
        name=card.name,
        where=say_where(card.facts),
        due=say_due(standing, case.today),
        is_red=standing.follow_up.standing is Standing.FORGOTTEN,
        last=say_last(standing),
        sent=say_count(standing.tally.referrals),
        beside=lay_out(BESIDE, case),
        panels=lay_out(PANELS, case),
        colleague=_colleague(code),
        befriend=_befriend(card),
        edit=url_for("desk.edit_office", code=code),
        remove=url_for("desk.remove_office", code=code),
        all=url_for("desk.show_offices"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("offices/one.html", view, title="Office", signed_in=case.user)


def _show_gone(card: SourceCard) -> Response:
    view = GonePage(
        name=card.name,
        where=say_where(card.facts),
        restore=url_for("desk.restore_office", code=card.code),
        all=url_for("desk.show_offices"),
    )
    return render_page("offices/gone.html", view, title="Office", signed_in=signed_in())


def _colleague(code: str) -> str:
    """The page of the colleague who has this code on their cards, with what went to and fro."""
    colleagues = the_desk().ledger.colleagues.all()
    known = (one for one in colleagues if one.facts.source_code.lower() == code.lower())
    return next((url_for("desk.show_colleague", colleague_id=one.id) for one in known), "")


def _befriend(card: SourceCard) -> str:
    is_colleague = card.facts.kind is SourceKind.COLLEAGUE
    return url_for("desk.new_colleague", office=card.code) if is_colleague else ""
