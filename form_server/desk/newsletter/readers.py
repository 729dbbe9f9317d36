"""Who is on the newsletter's list and who is not, with the way off it and the way onto it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.newsletter.choosing import plan_for
from form_server.desk.newsletter.wording import STANDS, WHERE, count_of, say_stands
from form_server.desk.page import go_to, render_page
from form_server.desk.privacy.agreements import read_day
from form_server.ledger import NotFound
from outreach_kit.outreach.newsletter import Reader, first_day_that_counts, plain_address

ON_A_PAGE: Final = 50
_DONE: Final = {
    "off": "Off the list. Nothing that waited for that address goes out.",
    "on": "On the list, with the day on which they agreed.",
}
_NO_DAY: Final = "Write the day on which they agreed; it is not in the future."
_NOT_FRESH: Final = (
    "They left the list after that day. It takes an agreement from then on, or from that very day."
)


@dataclass(frozen=True)
class ReaderRow:
    """`remove` and `add` are empty where there is nothing to do; `typed` keeps a refused day."""

    name: str
    office: str
    office_href: str
    address: str
    stands: str
    says: str
    source: str
    person: str
    remove: str
    add: str
    typed: str
    error: str


@dataclass(frozen=True)
class Filter:
    label: str
    count: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class ReadersPage:
    rows: tuple[ReaderRow, ...]
    filters: tuple[Filter, ...]
    found: str
    words: str
    which: str
    here: str
    earlier: str
    later: str
    offices: str
    back: str
    done: str


def show_readers() -> Response:
    return _page()


def take_off_list() -> Response:
    """At once, and whatever waits for the address with it."""
    desk, user = the_desk(), signed_in()
    address = request.form.get("address", "").strip()
    if address:
        desk.ledger.mailing_list.unsubscribe(address, actor=user.actor)
    return go_to(url_for("desk.show_readers", done="off", **_asked()))


def put_on_list() -> Response:
    """With the day of their agreement, which comes after whatever day they left on."""
    desk = the_desk()
    source, person = request.form.get("source", ""), request.form.get("person", "")
    found = next(
        (
            one
            for one, _ in _everybody(desk)
            if (one.source, one.person) == (source, person) and one.address.strip()
        ),
        None,
    )
    if found is None:
        raise NotFound("reader", person or source)
    agreed_on = read_day(request.form.get("agreed_on", ""))
    if agreed_on is None or agreed_on > _today(desk):
        return _page(_NO_DAY)
    left_at = desk.ledger.mailing_list.all_out().get(plain_address(found.address))
    if left_at is not None and agreed_on < left_at.astimezone(desk.practice().time_zone).date():
        return _page(_NOT_FRESH)
    _agree(desk, found, agreed_on)
    return go_to(url_for("desk.show_readers", done="on", **_asked()))


def _agree(desk: Desk, one: Reader, agreed_on: date) -> None:
    book, actor = desk.ledger.address_book, signed_in().actor
    if one.person:
        known = book.named([one.person])[one.person]
        book.change_person(one.person, replace(known.facts, agreed_on=agreed_on), actor=actor)
    else:
        facts = book.get(one.source).facts
        book.change(one.source, replace(facts, agreed_on=agreed_on), actor=actor)
    desk.ledger.mailing_list.subscribe_again(one.address, actor=actor)


def _page(error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    everybody = list(_everybody(desk))
    names = {one.source: one.name for one, _ in everybody if not one.person}
    words, which = _said("q").casefold(), _said("which")
    which = which if which in STANDS else ""
    found = [
        (one, stands)
        for one, stands in everybody
        if which in {"", stands}
        and words in f"{one.name} {one.address} {names[one.source]}".casefold()
    ]
    last_page = max(0, (len(found) - 1) // ON_A_PAGE)
    said = _said("page")
    page = min(int(said) if said.isascii() and said.isdigit() else 0, last_page)
    asked = _asked()

    def way(number: int) -> str:
        return url_for("desk.show_readers", **{**asked, "page": number})

    view = ReadersPage(
        rows=tuple(_rows(desk, found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE], names, error)),
        filters=tuple(_filters(everybody, which, _said("q"))),
        found=count_of(len(found), "entry", "entries"),
        words=_said("q"),
        which=which,
        here=url_for("desk.show_readers"),
        earlier=way(page - 1) if page else "",
        later=way(page + 1) if page < last_page else "",
        offices=url_for("desk.show_offices"),
        back=url_for("desk.show_newsletter"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    desk.ledger.audit.note("newsletter.readers_read", actor=user.actor)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "newsletter/readers.html", view, title="Who gets it", signed_in=user, status=status
    )


def _everybody(desk: Desk) -> Iterator[tuple[Reader, str]]:
    """By name, with how each stands."""
    mailing = plan_for(desk, (), _today(desk))
    both = [(one, "gets") for one in mailing.readers]
    both += [(one, WHERE[why]) for one, why in mailing.left_out]
    return iter(sorted(both, key=lambda row: (row[0].name.casefold(), row[0].address)))


def _filters(everybody: list[tuple[Reader, str]], which: str, words: str) -> Iterator[Filter]:
    counts = dict.fromkeys(STANDS, 0)
    for _, stands in everybody:
        counts[stands] += 1
    kept: dict[str, Any] = {"q": words} if words else {}
    yield Filter("All", f"{len(everybody):,}", url_for("desk.show_readers", **kept), not which)
    for stands, label in STANDS.items():
        if counts[stands]:
            href = url_for("desk.show_readers", which=stands, **kept)
            yield Filter(label, f"{counts[stands]:,}", href, stands == which)


def _rows(
    desk: Desk, found: list[tuple[Reader, str]], names: Mapping[str, str], error: str
) -> Iterator[ReaderRow]:
    zone = desk.practice().time_zone
    left = {
        one: at.astimezone(zone).date() for one, at in desk.ledger.mailing_list.all_out().items()
    }
    mailed = desk.ledger.newsletters.mailed_on(first_day_that_counts(_today(desk)))
    refused = (request.form.get("source"), request.form.get("person")) if error else None
    asked = _asked()
    for one, stands in found:
        is_refused = refused == (one.source, one.person)
        yield ReaderRow(
            name=one.name,
            office=names[one.source] if one.person else "",
            office_href=url_for("desk.show_office", code=one.source),
            address=one.address.strip(),
            stands=stands,
            says=say_stands(one, stands, left, mailed),
            source=one.source,
            person=one.person,
            remove=url_for("desk.take_off_list", **asked) if stands in {"gets", "waits"} else "",
            add=url_for("desk.put_on_list", **asked) if stands in {"left", "unmet"} else "",
            typed=request.form.get("agreed_on", "") if is_refused else "",
            error=error if is_refused else "",
        )


def _asked() -> dict[str, Any]:
    """What was looked for, for the address of the next page."""
    return {name: said for name in ("q", "which") if (said := _said(name))}


def _said(name: str) -> str:
    return " ".join(request.args.get(name, "").split())[:100]


def _today(desk: Desk) -> date:
    return desk.practice().today(desk.clock())
