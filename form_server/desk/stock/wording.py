"""What is left at an office, in words: an estimate, and until when it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from form_server.desk.referral.times import say_day
from form_server.desk.rounds.wording import PIECES
from outreach_kit.outreach.stock import WEAR, Stock


@dataclass(frozen=True)
class Left:
    """One item: `level` is how full it is, in tenths, for the bar beside the words."""

    item: str
    label: str
    left: str
    until: str
    is_low: bool
    level: int
    bring: int


def say_stock(stock: tuple[Stock, ...], today: date) -> tuple[Left, ...]:
    """In the order of the items."""
    return tuple(_say(one, today) for one in stock)


def was_stocked(stock: tuple[Stock, ...]) -> bool:
    """Whether anything was ever given or counted there."""
    return any(one.low_on for one in stock)


def _say(one: Stock, today: date) -> Left:
    if one.low_on is None:
        until = "never brought any"
    elif one.is_low:
        until = "bring more now"
    else:
        until = f"enough until {say_day(one.low_on, today)}"
    return Left(
        item=one.item.value,
        label=PIECES[one.item][1].capitalize(),
        left=_say_left(one),
        until=until,
        is_low=one.is_low,
        level=_level(one),
        bring=one.to_bring,
    )


def _say_left(one: Stock) -> str:
    """Less than a whole pad may be enough still."""
    if one.left:
        return f"about {one.left}"
    is_part = one.low_on is not None and not one.is_low
    return "part of one" if is_part else "none"


def _level(one: Stock) -> int:
    """Ten is a full stack; a little is never drawn as nothing."""
    if not one.left:
        return 1 if one.low_on is not None and not one.is_low else 0
    return min(10, -(-10 * one.left // WEAR[one.item].full))
