"""The page of the inbox: sifted, in pages, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.inbox.rows import Line, list_lines
from form_server.desk.inbox.sieve import Sifting, parse_spot, read_sifting, write_spot
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_date
from form_server.ledger import Inbox, Spot

_DONE: Final = {
    "passed-on": "Written down, and sealed for the inbox it belongs to. They are told.",
}


@dataclass(frozen=True)
class Search:
    """`sought` is what was typed. `said` says how far it looked; `further` is where to go on, or
    empty when everything was looked through."""

    sought: str = ""
    said: str = ""
    error: str = ""
    further: str = ""


@dataclass(frozen=True)
class InboxPage:
    """Addresses are empty where there is nothing to go to."""

    action: str
    log: str
    lines: tuple[Line, ...]
    counted: str
    sifting: Sifting
    search: Search
    clear: str
    newest: str
    newer: str
    older: str
    oldest: str
    done: str


def show_inbox() -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    now = desk.clock()
    sifting = sift(desk, keyring, request.args)
    backwards = request.args.get("from") == "oldest"
    newer, older = (
        parse_spot(request.args.get("newer", "")),
        parse_spot(request.args.get("older", "")),
    )
    page = desk.ledger.listing.page(
        sifting.sieve,
        now,
        beside=newer or older,
        towards_newer=newer is not None or (older is None and backwards),
    )
    lines = list_lines(desk, keyring, page.referrals, now)
    shut = sum(not line.name for line in lines)
    desk.ledger.audit.note(
        "inbox.opened", actor=user.actor, detail=f"names={len(lines) - shut} unreadable={shut}"
    )
    view = InboxPage(
        action=url_for("desk.search_inbox"),
        log=url_for("desk.show_log"),
        lines=lines,
        counted=_say_count(desk.ledger.listing.count(sifting.sieve, now), sifting),
        sifting=sifting,
        search=Search(),
        clear=url_for("desk.show_inbox") if sifting.asked else "",
        newest=address_of(sifting, {}) if page.newer else "",
        newer=address_of(sifting, {"newer": _spot(page.newer)}) if page.newer else "",
        older=address_of(sifting, {"older": _spot(page.older)}) if page.older else "",
        oldest=address_of(sifting, {"from": "oldest"}) if page.older else "",
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("inbox/inbox.html", view, title="Inbox", signed_in=user)


def sift(desk: Desk, keyring: Keyring, given: Mapping[str, str]) -> Sifting:
    inboxes = own_inboxes(desk, keyring)
    return read_sifting(given, inboxes, desk.ledger.sources.all(), desk.practice().time_zone)


def own_inboxes(desk: Desk, keyring: Keyring) -> list[Inbox]:
    held = set(keyring.inbox_ids)
    return [one for one in desk.ledger.inboxes.all() if one.id in held]


def _say_count(count: int, sifting: Sifting) -> str:
    if not count:
        return ""  # the page says so in a sentence
    what = "referral" if count == 1 else "referrals"
    return f"{count:,} {what}" + (" like that" if sifting.asked else "")


def address_of(sifting: Sifting, place: Mapping[str, str] = MappingProxyType({})) -> str:
    asked = {**sifting.asked, **place}
    return url_for("desk.show_inbox") + (f"?{urlencode(asked)}" if asked else "")


def _spot(spot: Spot | None) -> str:
    return write_spot(spot) if spot else ""


def say_day_of(moment: datetime, desk: Desk) -> str:
    return say_date(moment.astimezone(desk.practice().time_zone).date())
