"""Pages made to be printed: what is kept, in plain words; what to do on a bad day; a form on paper."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import render_page
from form_server.desk.privacy.data_map import Row, draw_map, most_telling_first
from form_server.desk.referral.times import say_period


@dataclass(frozen=True)
class Leaflet:
    """`retention` is how long after closing a referral's words go; empty keeps them."""

    practice: str
    phone: str
    fax: str
    email: str
    retention: str
    mails_whole: bool
    reasons: tuple[str, ...]
    back: str


@dataclass(frozen=True)
class MapPage:
    """`rows` are told for people, `tables` by name for whoever looks after the server."""

    rows: tuple[Row, ...]
    tables: tuple[Row, ...]
    back: str


def show_kept() -> Response:
    return _leaflet("privacy/kept.html", "What we keep")


def show_breach() -> Response:
    return _leaflet("privacy/breach.html", "If something leaked")


def show_downtime() -> Response:
    return _leaflet("privacy/downtime.html", "If the server is down")


def show_data_map() -> Response:
    """Drawn from the tables themselves."""
    desk = the_desk()
    tables = draw_map(desk.handling_now.retention_days)
    view = MapPage(most_telling_first(tables), tables, url_for("desk.show_privacy"))
    return render_page(
        "privacy/data_map.html", view, title="What is kept where", signed_in=signed_in()
    )


def _leaflet(template: str, title: str) -> Response:
    desk = the_desk()
    practice = desk.practice()
    contact, kept_days = practice.contact, desk.handling_now.retention_days
    view = Leaflet(
        practice=practice.name,
        phone=contact.phone.display,
        fax=contact.fax.display if contact.fax else "",
        email=contact.email or "",
        retention=say_period(kept_days) if kept_days else "",
        mails_whole=desk.handling_now.forwards_whole,
        reasons=tuple(one.label for one in practice.reasons),
        back=url_for("desk.show_privacy"),
    )
    return render_page(template, view, title=title, signed_in=signed_in())
