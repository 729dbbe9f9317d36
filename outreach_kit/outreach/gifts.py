"""Gifts: a ledger by person and year, a line of caution, and when cookies are a good idea.

US anti-kickback rules forbid a gift that is meant to bring referrals. What suggests one here is given
names, kinds and days, and has no way to learn who refers how much. It never suggests cards or money.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from outreach_kit.errors import HandoffError
from outreach_kit.frozen import frozen

CAUTION_CENTS: Final[Mapping[int, int]] = MappingProxyType(
    {2023: 489_00, 2024: 507_00, 2025: 519_00, 2026: 535_00}
)
"""Non-monetary gifts to one physician in a calendar year (42 CFR 411.357(k)), as CMS adjusted it."""
NEAR_LINE: Final = 0.8
_JULY_FOURTH: Final = (7, 4)
_AHEAD_DAYS: Final = 21
"""How early an occasion is shown: cookies want baking, and a morning wants planning."""
_DECEMBER: Final = 12
_AGAIN_DAYS: Final = 365
_MONEY: Final = re.compile(
    r"gift\s*-?\s*(?:card|certificate|voucher)s?|\be-?gifts?\b|\b(?:cash|check|cheque|money|voucher"
    r"|pre-?paid|bitcoin|crypto\w*|venmo|paypal|zelle|(?:apple|google) pay|visa|master\s?card|amex"
    r"|american express|dollars|bucks|coupons?|lottery|lotto|raffle|scratch-?\s?(?:off|ticket)s?"
    r"|tarjetas? (?:de )?regalo|gutschein)\b",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(r"[$€£]\s*[0-9]|[0-9]\s*[$€£]")
_CARD: Final = re.compile(r"([\w’']+)[\s-]+cards?\b", re.IGNORECASE)
_TO_WRITE_ON: Final = frozenset(
    {"a", "and", "anniversary", "birthday", "business", "christmas", "easter", "get-well", "greeting",
     "handmade", "handwritten", "holiday", "my", "note", "of", "our", "playing", "season’s", "the",
     "thanksgiving", "thank", "valentine’s", "well", "welcome", "with", "written", "year’s", "you"}
)  # fmt: skip
"""What stands before “card” where it is of paper and worth nothing; any other may be a store's."""


class GiftRefused(HandoffError):
    """What was typed is no gift that an office may be given."""


@frozen
class Gift:
    """`person` is empty for the whole desk, which `shared_by` people shared."""

    source: str
    what: str
    cents: int
    on: dt.date
    person: str = ""
    shared_by: int = 1


@frozen
class GiftSum:
    """What one person was given in one year, shares of what went to the whole desk counted in."""

    source: str
    person: str
    year: int
    cents: int
    caution_cents: int
    is_line_known: bool
    """Whether the year's own line is known; else the newest one before it is shown."""

    @property
    def is_over(self) -> bool:
        return self.cents > self.caution_cents

    @property
    def is_near(self) -> bool:
        return self.cents >= NEAR_LINE * self.caution_cents


class Giftable(Protocol):
    """Whom a gift can be suggested for. There is no place for a count of referrals, on purpose."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def takes_gifts(self) -> bool: ...
    @property
    def last_gift_on(self) -> dt.date | None: ...


class Occasion(StrEnum):
    JULY_FOURTH = "july_fourth"
    """When nobody else brings cookies."""
    AGAIN = "again"
    """A year since the last ones."""
    DECEMBER = "december"
    """Crowded: named to say no."""


@frozen
class Suggestion:
    """Whom to bring something by a day; `codes` stand in the order of names."""

    occasion: Occasion
    on: dt.date
    codes: tuple[str, ...]
    is_discouraged: bool = False


def check_gift(gift: Gift) -> None:
    """Raises GiftRefused for money in any form, and for what cannot be summed up."""
    what = _as_read(gift.what)
    if _MONEY.search(what):
        raise GiftRefused(
            f"“{gift.what}” is money or as good as money, which no referral source may be given. "
            "Bring something to eat for the whole desk instead."
        )
    if any(word.replace("'", "’") not in _TO_WRITE_ON for word in _CARD.findall(what.lower())):
        raise GiftRefused(
            f"“{gift.what}” may be a store’s card, which is as good as money, and no referral source "
            "may be given one. If it is a card with your words on it, write “greeting card”."
        )
    if _AMOUNT.search(what):
        raise GiftRefused(
            f"“{gift.what}” names an amount. Say what it was, like “cookies”; what it cost has a field "
            "of its own, and a gift that is an amount is as good as money."
        )
    if not gift.what.strip():
        raise GiftRefused("Say what it was, like “cookies”.")
    if gift.cents < 0 or gift.shared_by < 1:
        raise GiftRefused("Write what it cost, and how many people shared it: at least one.")


def _as_read(text: str) -> str:
    """Wide letters as plain ones, and without those that nobody sees."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")


def caution_line(year: int) -> tuple[int, bool]:
    """Cents, and whether they are that year's own."""
    if year in CAUTION_CENTS:
        return CAUTION_CENTS[year], True
    earlier = [known for known in CAUTION_CENTS if known < year]
    return CAUTION_CENTS[max(earlier, default=min(CAUTION_CENTS))], False


def sum_gifts(gifts: Iterable[Gift], year: int) -> tuple[GiftSum, ...]:
    """By source and person; a share of the desk's gifts is rounded up, and counts for each person
    named there, or under the empty name where nobody is."""
    own: dict[tuple[str, str], int] = defaultdict(int)
    shared: dict[str, int] = defaultdict(int)
    for gift in gifts:
        if gift.on.year != year:
            continue
        if gift.person:
            own[gift.source, gift.person] += gift.cents
        else:
            shared[gift.source] += -(-gift.cents // gift.shared_by)
    for source in shared:
        if not any(named == source for named, _ in own):
            own[source, ""] += 0
    line, is_known = caution_line(year)
    return tuple(
        GiftSum(source, person, year, cents + shared[source], line, is_known)
        for (source, person), cents in sorted(own.items())
    )


def suggest_gifts(sources: Iterable[Giftable], today: dt.date) -> tuple[Suggestion, ...]:
    """Soonest first; empty on most days of a year."""
    welcome = _by_name(one for one in sources if one.takes_gifts)
    if not welcome:
        return ()
    everybody = tuple(one.code for one in welcome)
    if today.month == _DECEMBER:
        return (Suggestion(Occasion.DECEMBER, today, everybody, is_discouraged=True),)
    found = []
    fourth = dt.date(today.year, *_JULY_FOURTH)
    if 0 <= (fourth - today).days <= _AHEAD_DAYS:
        # Whoever had something within these weeks has had this year's.
        due = tuple(one.code for one in welcome if not _had_lately(one, fourth))
        found += [Suggestion(Occasion.JULY_FOURTH, fourth, due)] if due else []
    else:
        again = tuple(one.code for one in welcome if _is_a_year(one, today))
        found += [Suggestion(Occasion.AGAIN, today, again)] if again else []
    return tuple(found)


def plan_year(sources: Iterable[Giftable], today: dt.date) -> tuple[Suggestion, ...]:
    """The twelve months ahead, soonest first, by months: whose turn comes a year after the last time,
    July 4 for everybody, and December to say no. What would be due in December waits for January, and
    what comes shortly before July 4 is that."""
    welcome = [one for one in sources if one.takes_gifts]
    if not welcome:
        return ()
    everybody = tuple(one.code for one in _by_name(welcome))
    fourth = _next(today, *_JULY_FOURTH)
    december = today if today.month == _DECEMBER else dt.date(today.year, _DECEMBER, 1)
    turns: dict[dt.date, list[Giftable]] = defaultdict(list)
    for one in welcome:
        if (on := _turn(one, today, fourth)) is not None:
            turns[max(today, on.replace(day=1))].append(one)
    again = [
        Suggestion(Occasion.AGAIN, month, tuple(one.code for one in _by_name(due)))
        for month, due in turns.items()
    ]
    fixed = [
        Suggestion(Occasion.JULY_FOURTH, fourth, everybody),
        Suggestion(Occasion.DECEMBER, december, everybody, is_discouraged=True),
    ]
    return tuple(sorted([*again, *fixed], key=lambda one: (one.on, one.occasion)))


def _turn(one: Giftable, today: dt.date, fourth: dt.date) -> dt.date | None:
    """The day from which something is welcome again; None for whoever never had anything, and for
    whom July 4 comes soon enough."""
    if one.last_gift_on is None:
        return None
    on = max(today, one.last_gift_on + dt.timedelta(days=_AGAIN_DAYS))
    if on.month == _DECEMBER:
        on = dt.date(on.year + 1, 1, 1)
    return None if 0 <= (fourth - on).days <= 2 * _AHEAD_DAYS else on


def _next(today: dt.date, month: int, day: int) -> dt.date:
    this = dt.date(today.year, month, day)
    return this if this >= today else dt.date(today.year + 1, month, day)


def _by_name(sources: Iterable[Giftable]) -> list[Giftable]:
    return sorted(sources, key=lambda one: (one.name.casefold(), one.code))


def _had_lately(one: Giftable, fourth: dt.date) -> bool:
    return one.last_gift_on is not None and (fourth - one.last_gift_on).days <= 2 * _AHEAD_DAYS


def _is_a_year(one: Giftable, today: dt.date) -> bool:
    return one.last_gift_on is not None and (today - one.last_gift_on).days >= _AGAIN_DAYS
