"""Gifts of one office: what was given this year, to whom, and the form that writes one down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.gifts.money import read_cents, say_cents
from form_server.desk.gifts.rows import GiftRow, SumRow, list_gifts, list_sums
from form_server.desk.page import go_to, render_page
from form_server.ledger import NewGift, NotFound, SourceCard, SourcePerson
from form_server.rounds import gift_sums, sums_with
from outreach_kit.errors import HandoffError
from outreach_kit.outreach.gifts import GiftRefused, GiftSum

LONGEST: Final = 80
MOST_PEOPLE: Final = 200
_USUAL_PEOPLE: Final = 5
_DECEMBER: Final = 12
_DONE: Final = {
    "given": "Written down.",
    "near": "Written down. Somebody is close to the line of caution: see below.",
    "removed": "Taken out. The record keeps that it was there.",
}
_NO_COST: Final = "Write what it cost in dollars, like 12 or 12.50."
_NO_DAY: Final = "Pick the day on which you gave it: today, or earlier."
_NO_PERSON: Final = "Pick the whole desk, or somebody who is there."
_NO_COUNT: Final = f"Say how many people shared it: 1 to {MOST_PEOPLE}."


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    is_picked: bool


@dataclass(frozen=True)
class OfficeGiftsPage:
    """`why_none` says why nothing is given here, or is empty; `caution` what must be ticked first."""

    name: str
    office: str
    year: int
    why_none: str
    word: str
    sums: tuple[SumRow, ...]
    gifts: tuple[GiftRow, ...]
    people: tuple[Person, ...]
    what: str
    cost: str
    on: str
    last_on: str
    shared_by: str
    is_for_all: bool
    longest: int
    action: str
    remove: str
    back: str
    caution: str
    done: str
    error: str


class _NotRead(HandoffError):
    """A field of the form says nothing of use."""


@dataclass(frozen=True)
class _Case:
    desk: Desk
    card: SourceCard
    people: tuple[SourcePerson, ...]
    today: date
    typed: Mapping[str, str] = field(default_factory=dict)


def show_office_gifts(code: str) -> Response:
    """A code that leads to another one goes there. Raises NotFound."""
    case = _open(code)
    if case.card.code != code:
        return go_to(url_for("desk.show_office_gifts", code=case.card.code))
    return _render(case, done=_DONE.get(request.args.get("done", ""), ""))


def give_gift(code: str) -> Response:
    """Money is refused, and a sum over the line is asked about once. Raises NotFound."""
    case = _open(code, request.form)
    try:
        new = _read(case)
        after = [one for one in sums_with(case.desk.ledger, new) if _is_of(one, new)]
    except (_NotRead, GiftRefused) as refused:
        return _render(case, error=str(refused))
    if any(one.is_over for one in after) and request.form.get("sure") != "yes":
        return _render(case, caution=_caution(after))
    case.desk.ledger.gifts.add(new, actor=signed_in().actor)
    done = "near" if any(one.is_near for one in after) else "given"
    return go_to(url_for("desk.show_office_gifts", code=case.card.code, done=done))


def remove_gift(code: str) -> Response:
    """It was entered by mistake. Raises NotFound, for a gift of another office too."""
    case = _open(code)
    gift_id, ledger = request.form.get("gift", ""), case.desk.ledger
    years = (case.today.year, case.today.year - 1)
    own = {one.id for year in years for one in ledger.gifts.in_year(year, case.card.code)}
    if gift_id not in own:
        raise NotFound("gift", gift_id[:40])
    ledger.gifts.remove(gift_id, actor=signed_in().actor)
    return go_to(url_for("desk.show_office_gifts", code=case.card.code, done="removed"))


def _open(code: str, typed: Mapping[str, str] | None = None) -> _Case:
    desk = the_desk()
    card = desk.ledger.address_book.get(code)
    people = desk.ledger.address_book.people([card.code]).get(card.code, [])
    today = desk.practice().today(desk.clock())
    return _Case(desk, card, tuple(people), today, typed or {})


def _read(case: _Case) -> NewGift:
    """Raises _NotRead."""
    if why := _why_none(case.card):
        raise _NotRead(why)
    cents = read_cents(case.typed.get("cost", ""))
    if cents is None:
        raise _NotRead(_NO_COST)
    try:
        on = date.fromisoformat(case.typed.get("on", ""))
    except ValueError:
        on = date.max
    if not date(case.today.year - 1, 1, 1) <= on <= case.today:
        raise _NotRead(_NO_DAY)
    person = case.typed.get("person", "")
    if person and person not in {one.id for one in case.people}:
        raise _NotRead(_NO_PERSON)
    shared = case.typed.get("shared_by", "").strip()
    is_number = shared.isascii() and shared.isdigit() and 1 <= int(shared[:6]) <= MOST_PEOPLE
    if not person and not is_number:
        raise _NotRead(_NO_COUNT)
    what = " ".join(case.typed.get("what", "").split())[:LONGEST]
    return NewGift(case.card.code, what, cents, on, person, 1 if person else int(shared))


def _is_of(one: GiftSum, new: NewGift) -> bool:
    """Whether this gift is part of that sum: what the whole desk shares is part of everybody's."""
    return not new.person_id or one.person == new.person_id


def _caution(after: list[GiftSum]) -> str:
    over = max(after, key=lambda one: one.cents)
    return (
        f"With it, gifts to one person would come to {say_cents(over.cents)} in {over.year}, over the "
        f"line of caution of {say_cents(over.caution_cents)} (42 CFR 411.357(k)). If you can, take "
        "something smaller."
    )


def _why_none(card: SourceCard) -> str:
    if card.facts.kind.is_private:
        return "Clients, friends and directories get no gift from a practice."
    if not card.facts.takes_gifts:
        return "This office takes no gifts: so it says, or so its house rules do."
    return ""


def _render(case: _Case, *, done: str = "", error: str = "", caution: str = "") -> Response:
    card, ledger, typed = case.card, case.desk.ledger, case.typed
    names = {card.code: card.name}
    year = case.today.year
    usual = str(len(case.people) or _USUAL_PEOPLE)
    picked = typed.get("person", "")
    is_december = case.today.month == _DECEMBER
    word = "In December everybody brings something. July 4 is yours." if is_december else ""
    view = OfficeGiftsPage(
        name=card.name,
        office=url_for("desk.show_office", code=card.code),
        year=year,
        why_none=_why_none(card),
        word=word,
        sums=list_sums(ledger, gift_sums(ledger, year, card.code), names),
        gifts=list_gifts(
            ledger,
            (*ledger.gifts.in_year(year, card.code), *ledger.gifts.in_year(year - 1, card.code)),
            names,
            case.today,
        ),
        people=tuple(Person(one.id, one.name, one.id == picked) for one in case.people),
        what=typed.get("what", ""),
        cost=typed.get("cost", ""),
        on=typed.get("on", case.today.isoformat()),
        last_on=case.today.isoformat(),
        shared_by=typed.get("shared_by", usual),
        is_for_all=not picked,
        longest=LONGEST,
        action=url_for("desk.give_gift", code=card.code),
        remove=url_for("desk.remove_gift", code=card.code),
        back=url_for("desk.show_gifts"),
        caution=caution,
        done=done,
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error or caution else HTTPStatus.OK
    return render_page(
        "gifts/office.html", view, title="Gifts", signed_in=signed_in(), status=status
    )
