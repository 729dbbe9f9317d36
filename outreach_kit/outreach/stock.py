"""What an office still has of cards, brochures and pads, and the day on which it runs low.

What was given is on record, or was counted on the spot. What is used is an estimate: some with each
referral, and some that only time takes: cards are handed out without a call, brochures get lost.
Amounts are thousandths of a piece, so that a day's use is a whole number and nothing is rounded twice.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from outreach_kit.frozen import frozen

_PIECE: Final = 1000
_RATE_DAYS: Final = 180
"""How far back referrals are looked at for the pace at which they come."""
_FARTHEST_DAYS: Final = 3650


class Item(StrEnum):
    CARD = "card"
    BROCHURE = "brochure"
    PAD = "pad"


@frozen
class Wear:
    """Thousandths of a piece used by a referral and by a day; pieces to fill up to.

    `low` is when to bring more, in thousandths: before it is empty, with two weeks to spare.
    """

    by_referral: int
    by_day: int
    full: int
    low: int


WEAR: Final[Mapping[Item, Wear]] = MappingProxyType(
    {
        # Six cards a month lie in pockets; a referral takes one, and one for the next person.
        Item.CARD: Wear(by_referral=2 * _PIECE, by_day=200, full=40, low=11 * _PIECE),
        # They lose brochures: four a month go, whatever comes of it.
        Item.BROCHURE: Wear(by_referral=1 * _PIECE, by_day=133, full=20, low=6 * _PIECE),
        # A pad has 50 slips: one a referral, and as many again that were started and thrown away.
        Item.PAD: Wear(by_referral=40, by_day=3, full=2, low=400),
    }
)


class StockKind(StrEnum):
    GIVEN = "given"
    COUNTED = "counted"
    """Somebody looked: from then on this is what is there."""


@frozen
class StockEvent:
    item: Item
    kind: StockKind
    count: int
    on: dt.date


@frozen
class Stock:
    """`left` in whole pieces. `low_on` is when to bring more, None for an office that was given none."""

    item: Item
    left: int
    low_on: dt.date | None
    is_low: bool
    to_bring: int


def estimate_stock(
    events: Iterable[StockEvent],
    referred_on: Iterable[dt.date],
    today: dt.date,
    wear: Mapping[Item, Wear] = WEAR,
) -> tuple[Stock, ...]:
    """One office, each item in the order of `Item`; days after today do not count yet."""
    by_item: dict[Item, list[StockEvent]] = {item: [] for item in Item}
    for event in events:
        if event.on <= today:
            by_item[event.item].append(event)
    days = sorted(day for day in referred_on if day <= today)
    return tuple(_estimate(item, by_item[item], days, today, wear[item]) for item in Item)


def _estimate(
    item: Item, events: list[StockEvent], days: list[dt.date], today: dt.date, wear: Wear
) -> Stock:
    if not events:
        return Stock(item, 0, None, is_low=False, to_bring=wear.full)
    level = _level(events, days, today, wear)
    recent = len(days) - bisect_right(days, today - dt.timedelta(days=_RATE_DAYS))
    by_day = wear.by_day + recent * wear.by_referral // _RATE_DAYS
    left = level // _PIECE
    return Stock(
        item,
        left,
        low_on=_low_on(level, by_day, today, wear),
        is_low=level <= wear.low,
        to_bring=max(0, wear.full - left),
    )


def _level(events: list[StockEvent], days: list[dt.date], today: dt.date, wear: Wear) -> int:
    """What is left today, in thousandths: walked through in the order of days, never under zero."""
    ordered = sorted(events, key=lambda event: (event.on, event.kind is StockKind.GIVEN))
    level, here = 0, ordered[0].on
    for event in ordered:
        level = _use(level, here, event.on, days, wear)
        here = event.on
        level = event.count * _PIECE + (level if event.kind is StockKind.GIVEN else 0)
    return _use(level, here, today, days, wear)


def _use(level: int, after: dt.date, until: dt.date, days: list[dt.date], wear: Wear) -> int:
    """Without the first day, with the last: what was given today is not used up today."""
    referrals = bisect_right(days, until) - bisect_right(days, after)
    used = (until - after).days * wear.by_day + referrals * wear.by_referral
    return max(0, level - used)


def _low_on(level: int, by_day: int, today: dt.date, wear: Wear) -> dt.date:
    """The first day on which it is low; today when it is already."""
    over = level - wear.low
    if over <= 0:
        return today
    days = _FARTHEST_DAYS if by_day == 0 else min(_FARTHEST_DAYS, -(-over // by_day))
    return today + dt.timedelta(days=days)
