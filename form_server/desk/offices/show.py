"""The page of one office: its name and how it stands, then its panels."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.offices.case import open_office
from form_server.desk.offices.panel import Shown
from form_server.desk.offices.panels import lay_out
from form_server.desk.page import go_to, render_page


@dataclass(frozen=True)
class OfficePage:
    name: str
    panels: tuple[Shown, ...]
    all: str


def show_office(code: str) -> Response:
    """A code that leads to another one, or is written otherwise, goes to the office's own.

    Raises NotFound.
    """
    desk = the_desk()
    card = desk.ledger.address_book.get(code)
    if card.code != code:
        return go_to(url_for("desk.show_office", code=card.code))
    case = open_office(code)
    desk.ledger.audit.note("source.opened", actor=case.user.actor, detail=code)
    view = OfficePage(card.name, lay_out(case), url_for("desk.show_offices"))
    return render_page("offices/one.html", view, title="Office", signed_in=signed_in())
