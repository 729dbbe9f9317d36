"""Times in human words: how long ago, how much is left, and when, on the practice's own clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
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


def say_clock(at: datetime, zone: ZoneInfo) -> str:
    """“3:20 PM”, “9 AM”."""
    local = at.astimezone(zone)
    half = "AM" if local.hour < 12 else "PM"
    hour = local.hour % 12 or 12
    return f"{hour}:{local:%M}{_SPACE}{half}" if local.minute else f"{hour}{_SPACE}{half}"


def say_moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“today, 3:20 PM”, “Tuesday, 9 AM” within the week around now, else “Nov 16, 4:10 PM”."""
    return f"{_say_day(at, now, zone)}, {say_clock(at, zone)}"


def say_deadline(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“by 3:20 PM” today, else “by tomorrow, 9 AM”."""
    day = _say_day(at, now, zone)
    return f"by {say_clock(at, zone)}" if day == "today" else f"by {day}, {say_clock(at, zone)}"


def _say_day(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    return say_day(at.astimezone(zone).date(), now.astimezone(zone).date())


def say_day(day: date, today: date) -> str:
    """“tomorrow”, “Tuesday” within the week around today, else “Nov 16”."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    ahead = (day - today).days
    if ahead in near:
        return near[ahead]
    if -7 < ahead < 7:
        return _WEEKDAYS[day.weekday()]
    year = "" if day.year == today.year else f" {day.year}"
    return f"{_MONTHS[day.month - 1]} {day.day}{year}"


def _count(number: int, unit: str) -> str:
    return f"{number}{_SPACE}{unit}" if number == 1 else f"{number}{_SPACE}{unit}s"
