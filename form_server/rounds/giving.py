"""What each person was given in a year, against the line of caution; before a gift is entered, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from form_server.ledger import Ledger, NewGift
from outreach_kit.outreach.gifts import Gift, GiftSum, check_gift, sum_gifts


def gift_sums(ledger: Ledger, year: int, code: str | None = None) -> tuple[GiftSum, ...]:
    """Of one source or of all; `person` is an id, or empty where nobody is named."""
    return sum_gifts((_gift(one.gift) for one in ledger.gifts.in_year(year, code)), year)


def sums_with(ledger: Ledger, new: NewGift) -> tuple[GiftSum, ...]:
    """Of the gift's source and year, as if it were given: to warn before it is. Raises GiftRefused."""
    gift = _gift(new)
    check_gift(gift)
    year = new.given_on.year
    given = [_gift(one.gift) for one in ledger.gifts.in_year(year, new.source)]
    return sum_gifts([*given, gift], year)


@dataclass(frozen=True)
class Taker:
    """A source as far as gifts are concerned; what it sends has no place here."""

    code: str
    name: str
    takes_gifts: bool
    last_gift_on: date | None


def list_takers(ledger: Ledger) -> tuple[Taker, ...]:
    """Everybody on the list, by name."""
    last = ledger.gifts.last_on()
    return tuple(
        Taker(one.code, one.name, one.wants_visits and one.facts.takes_gifts, last.get(one.code))
        for one in ledger.address_book.all()
    )


def _gift(new: NewGift) -> Gift:
    return Gift(new.source, new.what, new.cents, new.given_on, new.person_id, new.shared_by)
