"""Offices that are on the list twice: both side by side, and one made of the two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.contacts import find_doubles, same_people, unite
from form_server.contacts.headings import HEADINGS
from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.offices.typed import spell_office
from form_server.desk.offices.wording import KINDS, say_where
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_date
from form_server.ledger import NotFound, SourceCard

_MOST_SHOWN: Final = 50


@dataclass(frozen=True)
class Pair:
    first: str
    second: str
    where: str
    other_where: str
    compare: str


@dataclass(frozen=True)
class DoublesPage:
    pairs: tuple[Pair, ...]
    found: int
    back: str


@dataclass(frozen=True)
class Side:
    code: str
    name: str
    added: str
    people: str


@dataclass(frozen=True)
class Row:
    """One fact, as the first and the second have it."""

    label: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True)
class MergePage:
    first: Side
    second: Side
    rows: tuple[Row, ...]
    merge: str
    back: str
    error: str


def show_doubles() -> Response:
    """What the names, numbers and mailboxes of the list give away."""
    desk = the_desk()
    pairs = find_doubles(desk.ledger.address_book.all())
    view = DoublesPage(
        tuple(_pair(*pair) for pair in pairs[:_MOST_SHOWN]),
        len(pairs),
        url_for("desk.show_offices"),
    )
    return render_page("offices/doubles.html", view, title="Doubles", signed_in=signed_in())


def compare_offices(code: str, other: str) -> Response:
    """Raises NotFound."""
    return _render(code, other, "")


def merge_offices(code: str, other: str) -> Response:
    """The one that was chosen keeps its name, its code and what both say otherwise; the code of the
    other one is on paper and leads to it from now on. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    first, second = _both(code, other)
    kept = {one.code: one for one in (first, second)}.get(request.form.get("keep", ""))
    if kept is None:
        return _render(code, other, "Choose which of the two stays.")
    gone = second if kept is first else first
    facts = replace(unite(kept.facts, gone.facts), name=kept.name)
    book = desk.ledger.address_book
    people = book.people([kept.code, gone.code])
    same = same_people(people.get(kept.code, ()), people.get(gone.code, ()))
    book.merge(kept.code, gone.code, facts, actor=user.actor, same_people=same)
    return go_to(url_for("desk.show_office", code=kept.code, done="merged"))


def _both(code: str, other: str) -> tuple[SourceCard, SourceCard]:
    """Two that are on the list. Raises NotFound."""
    book = the_desk().ledger.address_book
    first, second = book.get(code), book.get(other)
    for asked, card in ((code, first), (other, second)):
        if card.code != asked or card.removed_at is not None:
            raise NotFound("source", asked)
    if first.code == second.code:
        raise NotFound("second source beside", code)
    return first, second


def _pair(first: SourceCard, second: SourceCard) -> Pair:
    return Pair(
        first.name,
        second.name,
        say_where(first.facts),
        say_where(second.facts),
        url_for("desk.compare_offices", code=first.code, other=second.code),
    )


def _render(code: str, other: str, error: str) -> Response:
    first, second = _both(code, other)
    said, also = spell_office(first.facts), spell_office(second.facts)
    for spelled, card in ((said, first), (also, second)):
        spelled["kind"] = KINDS[card.facts.kind]
    rows = (
        Row(HEADINGS[name], said[name], also[name], said[name] != also[name])
        for name in said
        if said[name] or also[name]
    )
    view = MergePage(
        first=_side(first),
        second=_side(second),
        rows=tuple(sorted(rows, key=lambda row: not row.differs)),
        merge=url_for("desk.merge_offices", code=code, other=other),
        back=url_for("desk.show_doubles"),
        error=error,
    )
    return render_page(
        "offices/merge.html",
        view,
        title="Two that may be one",
        signed_in=signed_in(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def _side(card: SourceCard) -> Side:
    desk = the_desk()
    there = desk.ledger.address_book.people([card.code]).get(card.code, [])
    added = say_date(card.created_at.astimezone(desk.practice().time_zone).date())
    return Side(card.code, card.name, added, ", ".join(one.name for one in there))
