"""A span of whole months on the practice's calendar, as a person picks one: a year, or so many months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outreach_kit.practice import Practice

TWELVE: Final = "12"
TWENTY_FOUR: Final = "24"
_FIRST_YEAR: Final = 2000
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


@dataclass(frozen=True)
class Period:
    """`key` is a number of months or a year, as an address has it; `label` says it in words.

    `months` are their first days, oldest first; `edges` the moments where each begins, and where the
    last one ends: now, if that is the month of today.
    """

    key: str
    label: str
    months: tuple[dt.date, ...]
    edges: tuple[dt.datetime, ...]
    last_on: dt.date

    @property
    def first_on(self) -> dt.date:
        return self.months[0]

    @property
    def since(self) -> dt.datetime:
        return self.edges[0]

    @property
    def until(self) -> dt.datetime:
        return self.edges[-1]


def choose_period(asked: str, practice: Practice, now: dt.datetime) -> Period:
    """What an address asks for; twelve months, the running one among them, for anything else."""
    today = practice.today(now)
    year = read_year(asked, today)
    if year is not None:
        return year_of(year, practice, now)
    count = 24 if asked == TWENTY_FOUR else 12
    first = months_before(today, count - 1)
    months = tuple(months_before(today, back) for back in range(count - 1, -1, -1))
    label = f"{_MONTHS[first.month - 1]} {first.year} to today"
    return _make(str(count), label, months, practice, now)


def read_year(asked: str, today: dt.date) -> int | None:
    """A year that is not in the future, or None."""
    is_year = asked.isascii() and asked.isdecimal() and len(asked) == 4
    return int(asked) if is_year and _FIRST_YEAR <= int(asked) <= today.year else None


def year_of(year: int, practice: Practice, now: dt.datetime) -> Period:
    """Its months, up to the one of today in the year that runs."""
    today = practice.today(now)
    last = today.month if year == today.year else 12
    months = tuple(dt.date(year, month, 1) for month in range(1, last + 1))
    label = f"{year} so far" if year == today.year else str(year)
    return _make(str(year), label, months, practice, now)


def months_before(day: dt.date, count: int) -> dt.date:
    """The first day of the month so many before the one of this day."""
    place = day.year * 12 + day.month - 1 - count
    return dt.date(place // 12, place % 12 + 1, 1)


def _make(
    key: str, label: str, months: Sequence[dt.date], practice: Practice, now: dt.datetime
) -> Period:
    zone = practice.time_zone
    begins = [dt.datetime.combine(one, dt.time.min, zone).astimezone(dt.UTC) for one in months]
    after = months_before(months[-1], -1)
    end = dt.datetime.combine(after, dt.time.min, zone).astimezone(dt.UTC)
    until = min(end, now + dt.timedelta(microseconds=1))
    last_on = min(after - dt.timedelta(days=1), practice.today(now))
    return Period(key, label, tuple(months), (*begins, until), last_on)
