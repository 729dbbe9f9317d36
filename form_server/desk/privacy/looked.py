"""Who looked at what: by person and by day, with receipts and without a name of any patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.copies.handing import BYTE_ORDER_MARK, CSV, file_name, hand_over
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import render_page
from form_server.desk.privacy.actions import LOOKS, say_action
from form_server.desk.privacy.agreements import read_day
from form_server.desk.privacy.pack import today_at
from form_server.desk.referral.times import say_stamp
from form_server.ledger.access import Look
from form_server.tabular import write_csv

_WEEK: Final = timedelta(days=6)
_PAGE: Final = 200


@dataclass(frozen=True)
class Line:
    when: str
    who: str
    what: str
    receipt: str
    href: str


@dataclass(frozen=True)
class AccessPage:
    """`older` leads to the next page, or is empty."""

    lines: tuple[Line, ...]
    people: tuple[tuple[str, str], ...]
    who: str
    since: str
    until: str
    every: bool
    here: str
    older: str
    action: str


@dataclass(frozen=True)
class _Asked:
    since_on: date
    until_on: date
    since: datetime
    until: datetime
    actor: str | None
    every: bool


def show_access() -> Response:
    """A page of the report; that it was read is on record as well."""
    desk, user = the_desk(), signed_in()
    asked, names = _asked(desk), desk.ledger.access.names()
    before = request.args.get("before", "")
    looks, last = _page(desk, asked, int(before) if before.isdigit() and len(before) < 18 else None)
    desk.ledger.audit.note("access.read", actor=user.actor, detail=f"shown={len(looks)}")
    who = (asked.actor or "").removeprefix("user:")
    since, until = asked.since_on.isoformat(), asked.until_on.isoformat()
    older = url_for(
        "desk.show_access",
        since=since,
        until=until,
        who=who,
        every="1" if asked.every else "",
        before=last,
    )
    view = AccessPage(
        lines=tuple(_line(desk, one, names) for one in looks),
        people=tuple(sorted(names.items(), key=lambda pair: pair[1])),
        who=who,
        since=since,
        until=until,
        every=asked.every,
        here=url_for("desk.show_access"),
        older=older if last else "",
        action=url_for("desk.copy_access"),
    )
    return render_page("privacy/looked.html", view, title="Who looked", signed_in=user)


def copy_access() -> Response:
    """The whole span as CSV; receipts only."""
    desk, user = the_desk(), signed_in()
    asked, names = _asked(desk), desk.ledger.access.names()
    desk.ledger.audit.note("access.copied", actor=user.actor, detail="csv")

    def parts() -> Iterator[str]:
        yield BYTE_ORDER_MARK + write_csv([("when", "who", "what", "receipt", "action")])
        for page in desk.ledger.access.pages(asked.since, asked.until, actor=asked.actor):
            shown = (one for one in page if asked.every or one.action in LOOKS)
            yield write_csv(
                (_sortable(desk, one), *_words(one, names), one.action) for one in shown
            )

    name = file_name("access", desk.clock(), desk.practice().time_zone, "csv")
    return hand_over(parts(), CSV, name)


def _asked(desk: Desk) -> _Asked:
    """The last seven days, unless the form says otherwise."""
    given = request.values
    today = today_at(desk)
    until_on = min(read_day(given.get("until", "")) or today, today)
    since_on = min(read_day(given.get("since", "")) or until_on - _WEEK, until_on)
    zone = desk.practice().time_zone
    who = given.get("who", "")
    return _Asked(
        since_on,
        until_on,
        datetime.combine(since_on, time(), zone),
        datetime.combine(until_on + timedelta(days=1), time(), zone),
        f"user:{who}" if who in desk.ledger.access.names() else None,
        given.get("every") == "1",
    )


def _page(desk: Desk, asked: _Asked, before: int | None) -> tuple[list[Look], int | None]:
    """What is shown, and the entry to go on behind; looks alone, unless every step is asked for."""
    page = desk.ledger.access.page(
        asked.since, asked.until, actor=asked.actor, before=before, limit=_PAGE
    )
    shown = [one for one in page if asked.every or one.action in LOOKS]
    return shown, page[-1].id if len(page) == _PAGE else None


def _line(desk: Desk, one: Look, names: dict[str, str]) -> Line:
    href = url_for("desk.show_referral", referral_id=one.referral_id) if one.receipt else ""
    return Line(say_stamp(one.at, desk.practice().time_zone), *_words(one, names), href)


def _sortable(desk: Desk, one: Look) -> str:
    """When, as a spreadsheet reads and sorts it."""
    return f"{one.at.astimezone(desk.practice().time_zone):%Y-%m-%d %H:%M:%S}"


def _words(one: Look, names: dict[str, str]) -> tuple[str, str, str]:
    """Who, what, and the receipt."""
    erased = "erased" if one.referral_id and not one.receipt else ""
    return (
        names.get(one.actor.removeprefix("user:"), one.actor.capitalize()),
        say_action(one.action),
        one.receipt or erased,
    )
