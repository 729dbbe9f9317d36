"""When recurring work is done: moments on the practice's own clock, and one by chance. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from outreach_kit.promise import WorkingCalendar
from outreach_kit.promise.deadline import after_open_time, open_time_between

DRILL_ANSWER: Final = dt.timedelta(hours=1)
"""Open time within which a drill is to be tapped: shorter than any promise but the shortest."""
_WEEK: Final = dt.timedelta(days=7)
_WEEKS_LOOKED_AT: Final = 60


def next_hour(after: dt.datetime, hour: int, zone: ZoneInfo, *, weekly: bool) -> dt.datetime:
    """The next time that the clock shows `hour`, on a Monday when `weekly`; UTC, after `after`."""
    day = after.astimezone(zone).date()
    while True:
        at = dt.datetime.combine(day, dt.time(hour), tzinfo=zone).astimezone(dt.UTC)
        if at > after and (not weekly or day.weekday() == 0):
            return at
        day += dt.timedelta(days=1)


def next_drill(
    after: dt.datetime, calendar: WorkingCalendar, chance: Callable[[], float]
) -> dt.datetime:
    """A moment in the open hours of the week after `after`'s, anywhere with an hour left to answer.

    A week without that much open time has no drill. Raises NeverOpen.
    """
    local = after.astimezone(calendar.zone)
    monday = local.date() - dt.timedelta(days=local.weekday())
    for _ in range(_WEEKS_LOOKED_AT):
        monday += _WEEK
        begin, end = (_midnight(day, calendar.zone) for day in (monday, monday + _WEEK))
        room = open_time_between(begin, end, calendar) - DRILL_ANSWER
        if room > dt.timedelta():
            return calendar.next_open(after_open_time(begin, room * chance(), calendar))
    return calendar.next_open(after + _WEEK)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)
