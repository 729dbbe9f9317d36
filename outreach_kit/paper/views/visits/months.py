"""Twelve months on paper: weeks as the language begins them, and the days off with their names."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from outreach_kit.paper.views.visits.day_names import say_names
from outreach_kit.paper.wording import Wording
from outreach_kit.practice.facts import Hours
from outreach_kit.promise import named_holidays_in

MONTHS: Final = 12
SHORT: Final = 4
_SATURDAY: Final = 5


def months_from(first: dt.date) -> list[dt.date]:
    """The first days of twelve months, from the month of that day on."""
    begin = first.year * 12 + first.month - 1
    return [dt.date((begin + n) // 12, (begin + n) % 12 + 1, 1) for n in range(MONTHS)]


def view_month(month: dt.date, days_off: Mapping[dt.date, str], wording: Wording) -> dict[str, Any]:
    """Its name, its weeks (None outside the month), and “26 Thanksgiving Day” for each day off."""
    weeks = calendar.Calendar(wording.locale.first_week_day).monthdatescalendar(
        month.year, month.month
    )
    return {
        "name": wording.month(month),
        "weeks": [
            [_day(day, days_off) if day.month == month.month else None for day in week]
            for week in weeks
        ],
        "off": _named(month, days_off, wording.language),
    }


def weekdays(wording: Wording) -> list[str]:
    """“Su” to “Sa”, the first day of the week first; one letter each where two would not do."""
    first = wording.locale.first_week_day
    names = wording.locale.days["stand-alone"]
    short = names.get("short") or names["abbreviated"]
    if max(map(len, short.values())) > SHORT:
        short = names["narrow"]
    return [str(short[(first + n) % 7]) for n in range(7)]


def days_off(hours: Hours, months: list[dt.date], closed: str) -> dict[dt.date, str]:
    """Public holidays, and the practice's own closed days under the name `closed`."""
    years = sorted({month.year for month in months})
    found = dict.fromkeys(hours.closed_on, closed)
    for year in years:
        found |= named_holidays_in(hours.holidays, year)
    return found


def _day(day: dt.date, days_off: Mapping[dt.date, str]) -> dict[str, Any]:
    return {"day": day.day, "off": day in days_off, "weekend": day.weekday() >= _SATURDAY}


def _named(month: dt.date, days_off: Mapping[dt.date, str], language: str) -> list[str]:
    """Days of one name stand together: “4, 5 Independence Day”."""
    by_name: dict[str, list[int]] = {}
    for day in sorted(day for day in days_off if day.replace(day=1) == month):
        for name in say_names(days_off[day], language):
            by_name.setdefault(name, []).append(day.day)
    return [f"{', '.join(map(str, days))}\u00a0{name}" for name, days in by_name.items()]
