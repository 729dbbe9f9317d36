"""Searching the inbox: over what is in clear at once, and over what is opened window by window.

What is looked for is a name or a number of a patient: it comes in a form's body, is compared in
memory, goes back into the page, and stands in no address, no log and no row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.inbox.rows import Line, open_or_none, write_line
from form_server.desk.inbox.seeking import Sought, hint_of, read_sought, says_it
from form_server.desk.inbox.show import InboxPage, Search, address_of, say_day_of, sift
from form_server.desk.inbox.sieve import Sifting, parse_spot, write_spot
from form_server.desk.page import go_to, render_page
from form_server.ledger import Referral, Spot

WINDOW: Final = 500
"""So many are opened for one question: a fraction of a second on a small machine."""
_TOO_SHORT: Final = "Type at least two letters of a name, or three digits of a number."


@dataclass(frozen=True)
class Looked:
    """Lines in the order of the list; `last` is the last referral looked at, None when none was."""

    lines: tuple[Line, ...]
    opened: int
    last: Referral | None
    further: Spot | None


def search_inbox() -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    sifting = sift(desk, keyring, request.form)
    sought = read_sought(request.form.get("sought", ""))
    if not sought.text:
        return go_to(address_of(sifting))
    if sought.is_too_short:
        search = Search(sought.text, error=_TOO_SHORT)
        return _render(sifting, (), search, HTTPStatus.UNPROCESSABLE_ENTITY)
    beside = parse_spot(request.form.get("further", ""))
    looked = _look(desk, keyring, sifting, sought, beside)
    detail = f"opened={looked.opened} found={len(looked.lines)}"
    desk.ledger.audit.note("inbox.searched", actor=user.actor, detail=detail)
    search = Search(
        sought=sought.text,
        said=_say(looked, desk, is_first=beside is None),
        further=write_spot(looked.further) if looked.further else "",
    )
    return _render(sifting, looked.lines, search, HTTPStatus.OK)


def _look(
    desk: Desk, keyring: Keyring, sifting: Sifting, sought: Sought, beside: Spot | None
) -> Looked:
    now = desk.clock()
    page = desk.ledger.listing.page(sifting.sieve, now, beside=beside, limit=WINDOW)
    # What stands in clear is looked for everywhere at once; going on further finds no more of it.
    found = {} if beside else {one.id: one for one in _in_clear(desk, sifting, sought, now)}
    opened = {one.id: open_or_none(keyring, one) for one in page.referrals}
    for one in page.referrals:
        said = opened[one.id]
        if said is not None and says_it(said, sought):
            found[one.id] = one
    in_order = sorted(found.values(), key=lambda one: (one.received_at, one.id), reverse=True)
    lines = [
        write_line(desk, keyring, one, opened.get(one.id) or open_or_none(keyring, one), now)
        for one in in_order
    ]
    last = page.referrals[-1] if page.referrals else None
    return Looked(tuple(lines), len(opened), last, page.older)


def _in_clear(desk: Desk, sifting: Sifting, sought: Sought, now: datetime) -> tuple[Referral, ...]:
    zone = desk.practice().time_zone
    hint = hint_of(sought, desk.ledger.sources.all(), now.astimezone(zone).date(), zone)
    if not hint:
        return ()
    return desk.ledger.listing.page(replace(sifting.sieve, hint=hint), now).referrals


def _say(looked: Looked, desk: Desk, *, is_first: bool) -> str:
    """“2 found. Names and numbers were looked for in the newest 500, back to Nov 3, 2026.”"""
    count = len(looked.lines)
    found = "Nothing found." if not count else f"{count} found."
    if looked.last is None:
        return found
    if looked.further is None:
        rest = "all of them" if is_first else "the rest of them"
        return f"{found} Names and numbers were looked for in {rest}."
    which = "newest" if is_first else "next"
    back_to = say_day_of(looked.last.received_at, desk)
    return f"{found} Names and numbers were looked for in the {which} {looked.opened}, back to {back_to}."


def _render(
    sifting: Sifting, lines: tuple[Line, ...], search: Search, status: HTTPStatus
) -> Response:
    view = InboxPage(
        action=url_for("desk.search_inbox"),
        log=url_for("desk.show_log"),
        lines=lines,
        counted="",
        sifting=sifting,
        search=search,
        clear=url_for("desk.show_inbox"),
        newest="",
        newer="",
        older="",
        oldest="",
        done="",
    )
    return render_page(
        "inbox/inbox.html", view, title="Inbox", signed_in=signed_in(), status=status
    )
