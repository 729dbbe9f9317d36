"""All offices and others who refer."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import render_page


@dataclass(frozen=True)
class OfficeRow:
    href: str
    name: str


@dataclass(frozen=True)
class OfficesPage:
    rows: tuple[OfficeRow, ...]


def show_offices() -> Response:
    cards = the_desk().ledger.address_book.all()
    rows = [OfficeRow(url_for("desk.show_office", code=one.code), one.name) for one in cards]
    view = OfficesPage(tuple(rows[:50]))
    return render_page("offices/list.html", view, title="Offices", signed_in=signed_in())
