"""Days and times as a person types them, read into moments with care for the clock's own jumps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from form_server.desk.referral.times import say_date
from outreach_kit.errors import UsageError

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST: Final = 100
_AHEAD: Final = timedelta(days=366)
_LONGEST: Final = timedelta(days=92)
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_EARLIEST_BARE: Final = 7
_NOON: Final = 12


def read_moments(form: MultiDict[str, str], zone: ZoneInfo, now: datetime) -> list[datetime]:
    """Days × times that lie ahead, in UTC, soonest first. Raises UsageError."""
    days = read_days(form, now.astimezone(zone).date())
    times = read_times(form.get("times", ""))
    found = [at for day in days for one in times if (at := _moment(day, one, zone)) > now]
    if not found:
        raise UsageError("All of these times have passed, or no chosen weekday lies between.")
    if len(found) > MOST:
        raise UsageError(f"That would be {len(found)} times. Hold {MOST} at once at most.")
    return sorted(set(found))


def read_days(form: MultiDict[str, str], today: date) -> list[date]:
    """From the first day to the last, only the chosen weekdays where it is more than one day."""
    first = _day(form.get("first", ""), "The first day")
    last = _day(form.get("last", ""), "The last day") if form.get("last", "").strip() else first
    if first < today:
        raise UsageError("The first day has passed. Choose one from today on.")
    if last < first:
        raise UsageError("The last day comes before the first.")
    if last - first > _LONGEST or last - today > _AHEAD:
        raise UsageError("Hold times for three months at once, and a year ahead, at most.")
    wanted = set(form.getlist("weekday")) or set(WEEKDAYS)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return days if len(days) == 1 else [one for one in days if WEEKDAYS[one.weekday()] in wanted]


def read_times(text: str) -> list[time]:
    """From “9:00, 9:30, 2 PM”; each once."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text[:500]) if part.strip()]
    if not parts:
        raise UsageError("Say at which times, like 9:00, 14:30 or 2:30 PM.")
    return list(dict.fromkeys(_time(part) for part in parts))


def _time(text: str) -> time:
    match = _TIME.fullmatch(text)
    shown = text[:20]
    if match is None:
        raise UsageError(f"“{shown}” is no time. Write it like 9:00, 14:30 or 2:30 PM.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            raise UsageError(f"“{shown}” is no time. Write it like 2:30 PM.")
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif match[1] == str(hour) and hour < _EARLIEST_BARE:
        raise UsageError(f"“{shown}”: morning or afternoon? Write 0{hour}:00 or {hour} PM.")
    try:
        return time(hour, minute)
    except ValueError as error:
        raise UsageError(f"“{shown}” is no time. Write it like 9:00 or 14:30.") from error


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    wall = datetime.combine(day, at)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        raise UsageError(f"{say_date(day)}, {at:%H:%M} never comes: the clocks skip it.")
    return moment


def _day(text: str, label: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{label} is missing, or is no day like 2026-12-24.") from error


def say_days(days: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Each weekday, and whether it is chosen; Monday to Friday where none is."""
    chosen = set(days) or set(WEEKDAYS[:5])
    return tuple((one, one in chosen) for one in WEEKDAYS)
