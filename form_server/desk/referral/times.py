"""Times in human words: how long ago, how much is left, and when, on the practice's own clock.

The desk's one rule for days and moments, in American order: “Tue, Nov 24, 2:15 PM”, with today,
tomorrow and yesterday by name, and with the year where it is another one or where paper is read
long after. A weekday never stands alone: it could be the last one or the next.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_SPACE: Final = "\u00a0"  # a number and its unit stay on one line


def say_span(span: timedelta) -> str:
    """“18 minutes”, “2 hours 10 min”, “3 days 4 hours”, “12 days”; under a minute “a moment”."""
    if span < _MINUTE:
        return f"a{_SPACE}moment"
    if span < _HOUR:
        return _count(span // _MINUTE, "minute")
    if span < _DAY:
        hours, rest = divmod(span, _HOUR)
        minutes = rest // _MINUTE
        said = _count(hours, "hour")
        return f"{said} {minutes}{_SPACE}min" if minutes else said
    days, rest = divmod(span, _DAY)
    hours = rest // _HOUR
    said = _count(days, "day")
    return f"{said} {_count(hours, 'hour')}" if hours and days < 7 else said


def say_period(days: int) -> str:
    """“7 years”, “18 months”, “90 days”: as people set it, and not as it is counted."""
    months = round(days * 12 / 365.25)
    if months < 2 or not -0.5 <= days - months * 365.25 / 12 < 1:
        return _count(days, "day")
    years, rest = divmod(months, 12)
    return _count(months, "month") if rest or not years else _count(years, "year")


def say_clock(at: datetime, zone: ZoneInfo) -> str:
    """“3:20 PM”, “9 AM”."""
    local = at.astimezone(zone)
    half = "AM" if local.hour < 12 else "PM"
    hour = local.hour % 12 or 12
    return f"{hour}:{local:%M}{_SPACE}{half}" if local.minute else f"{hour}{_SPACE}{half}"


def say_moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“today, 3:20 PM”, else “Tue, Nov 24, 4:10 PM”."""
    return f"{_say_day(at, now, zone)}, {say_clock(at, zone)}"


def say_deadline(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“by 3:20 PM” today, else “by tomorrow, 9 AM”."""
    day = _say_day(at, now, zone)
    return f"by {say_clock(at, zone)}" if day == "today" else f"by {day}, {say_clock(at, zone)}"


def _say_day(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    return say_day(at.astimezone(zone).date(), now.astimezone(zone).date())


def say_day(day: date, today: date) -> str:
    """“tomorrow”, “Tue, Nov 24”, and in another year “Tue, Jan 5, 2027”."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    ahead = (day - today).days
    if ahead in near:
        return near[ahead]
    year = "" if day.year == today.year else f", {day.year}"
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]}{_SPACE}{day.day}{year}"


def by_day(said: str) -> str:
    """“by tomorrow”, but “today” and “yesterday”: there is no more time before them."""
    return said if said in {"today", "yesterday"} else f"by {said}"


def say_date(day: date) -> str:
    """“Tue, Nov 24, 2026”: for paper, and for lists that are read years after."""
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]}{_SPACE}{day.day}, {day.year}"


def say_stamp(at: datetime, zone: ZoneInfo) -> str:
    """“Tue, Nov 24, 2026, 2:15 PM”: a moment for the same places."""
    return f"{say_date(at.astimezone(zone).date())}, {say_clock(at, zone)}"


def _count(number: int, unit: str) -> str:
    return f"{number}{_SPACE}{unit}" if number == 1 else f"{number}{_SPACE}{unit}s"
