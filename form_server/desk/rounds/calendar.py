"""The days that are due, in the user's own calendar: an address is made, shown once, and taken back.

Whoever has the address reads the names of offices and days, so it is as secret as a password, and
only its hash is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from flask import Response, request, url_for

from form_server.admitting import hash_of_token, write_token
from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_date

_TOKEN_BYTES: Final = 16
_DONE: Final = {
    "revoked": "The address leads nowhere any more. Your calendar notices within hours."
}


@dataclass(frozen=True)
class CalendarPage:
    """`address` is empty except on the page that answers its making; `since` before there is one."""

    since: str
    address: str = field(repr=False)
    webcal: str = field(repr=False)
    make: str
    revoke: str
    back: str
    done: str


def show_calendar() -> Response:
    return _page()


def make_calendar() -> Response:
    """A new address in the place of the old. It stands in this answer, and nowhere after it."""
    desk, user = the_desk(), signed_in()
    token = secrets.token_bytes(_TOKEN_BYTES)
    desk.ledger.calendar_links.put(user.user.id, hash_of_token(token), actor=user.actor)
    return _page(f"{desk.public_url}/calendar/{write_token(token)}.ics")


def revoke_calendar() -> Response:
    """Raises NotFound when there is none."""
    desk, user = the_desk(), signed_in()
    desk.ledger.calendar_links.remove(user.user.id, actor=user.actor)
    return go_to(url_for("desk.show_calendar", done="revoked"))


def _page(address: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    made_at = desk.ledger.calendar_links.made_at(user.user.id)
    view = CalendarPage(
        since=say_date(desk.practice().today(made_at)) if made_at else "",
        address=address,
        webcal=f"webcal://{address.partition('://')[2]}" if address else "",
        make=url_for("desk.make_calendar"),
        revoke=url_for("desk.revoke_calendar"),
        back=url_for("desk.show_outreach"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("rounds/calendar.html", view, title="Your calendar", signed_in=user)
