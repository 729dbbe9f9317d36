"""Gifts and their sums as lines of a list. Nothing here knows what a source sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from form_server.desk.gifts.money import say_cents
from form_server.desk.referral.times import say_date, say_day
from form_server.ledger import GiftGiven, Ledger
from outreach_kit.outreach.gifts import NEAR_LINE, GiftSum

WHOLE_DESK = "Each person at the desk"


@dataclass(frozen=True)
class SumRow:
    """`cents`, `near` and `line` are for a meter."""

    who: str
    where: str
    href: str
    says: str
    word: str
    cents: int
    near: int
    line: int
    is_near: bool
    is_over: bool


@dataclass(frozen=True)
class GiftRow:
    id: str
    what: str
    where: str
    href: str
    whom: str
    cost: str
    on: str


def list_sums(
    ledger: Ledger, sums: Iterable[GiftSum], names: Mapping[str, str]
) -> tuple[SumRow, ...]:
    """Nearest to the line first; `names` are those of sources."""
    ordered = sorted(sums, key=lambda one: (-one.cents, names.get(one.source, "")))
    people = ledger.address_book.named([one.person for one in ordered if one.person])
    return tuple(
        SumRow(
            who=people[one.person].name if one.person in people else WHOLE_DESK,
            where=names.get(one.source, ""),
            href=url_for("desk.show_office_gifts", code=one.source),
            says=f"{say_cents(one.cents)} of {say_cents(one.caution_cents)}",
            word=_word(one),
            cents=one.cents,
            near=int(NEAR_LINE * one.caution_cents),
            line=one.caution_cents,
            is_near=one.is_near and not one.is_over,
            is_over=one.is_over,
        )
        for one in ordered
    )


def list_gifts(
    ledger: Ledger, gifts: Iterable[GiftGiven], names: Mapping[str, str], today: date
) -> tuple[GiftRow, ...]:
    """In the order given."""
    given = list(gifts)
    people = ledger.address_book.named([one.gift.person_id for one in given if one.gift.person_id])
    rows = []
    for one in given:
        gift = one.gift
        whom = (
            people[gift.person_id].name if gift.person_id in people else _say_shared(gift.shared_by)
        )
        rows.append(
            GiftRow(
                id=one.id,
                what=gift.what,
                where=names.get(gift.source, ""),
                href=url_for("desk.show_office_gifts", code=gift.source),
                whom=whom,
                cost=say_cents(gift.cents),
                on=say_day(gift.given_on, today)
                if gift.given_on.year == today.year
                else say_date(gift.given_on),
            )
        )
    return tuple(rows)


def _say_shared(people: int) -> str:
    return "the whole desk" if people == 1 else f"the whole desk, shared by {people}"


def _word(one: GiftSum) -> str:
    if one.is_over:
        return "Over the line of caution"
    return "Close to the line of caution" if one.is_near else ""
