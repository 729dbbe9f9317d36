"""Moments and stray text, put the way a person reads them in a mail."""

from __future__ import annotations

import calendar
import unicodedata
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_WEEKDAYS: Final = tuple(calendar.day_name)
_MONTHS: Final = tuple(calendar.month_name)  # counted from 1
# They turn the order of what follows around, and could make one number read as another.
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def say_moment(at: datetime, zone: ZoneInfo) -> str:
    """`Tuesday, November 22, 2 PM`, in the practice's zone; never relative to the reader's day."""
    local = at.astimezone(zone)
    day = f"{_WEEKDAYS[local.weekday()]}, {_MONTHS[local.month]} {local.day}"
    return f"{day}, {_say_time(local)}"


def say_moment_briefly(at: datetime, zone: ZoneInfo) -> str:
    """`Tue, Nov 22, 2 PM`: for a subject line."""
    local = at.astimezone(zone)
    day = f"{_WEEKDAYS[local.weekday()][:3]}, {_MONTHS[local.month][:3]} {local.day}"
    return f"{day}, {_say_time(local)}"


def say_span(span: timedelta) -> str:
    """`18 minutes`, `2 hours 10 minutes`, `3 days`: how long somebody has waited, or has left."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return _count(days, "day") + (f" {_count(hours, 'hour')}" if hours and days < 3 else "")
    said = [_count(hours, "hour")] if hours else []
    if minutes % 60 or not hours:
        said.append(_count(minutes % 60, "minute"))
    return " ".join(said)


def one_line(text: str) -> str:
    """Without line breaks, control characters and marks that turn the reading order around."""
    return " ".join(_harmless(text).split())


def some_lines(text: str) -> str:
    """The same, keeping the writer's own line breaks."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _say_time(local: datetime) -> str:
    match (local.hour, local.minute):
        case (0, 0):
            return "midnight"
        case (12, 0):
            return "noon"
    half = "AM" if local.hour < 12 else "PM"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d} {half}" if local.minute else f"{hour} {half}"


def _harmless(text: str) -> str:
    kept = (c for c in text if c not in _TURNING)
    # A lone surrogate is no character and cannot be encoded.
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in kept)
