"""Deadlines: by when a referral that arrives now is answered, and how much working time has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from outreach_kit.practice.facts import Hours, Promise
from outreach_kit.promise.calendar import Absence, WorkingCalendar


def promise_by(
    received_at: dt.datetime,
    hours: Hours,
    promise: Promise,
    zone: ZoneInfo,
    absences: Sequence[Absence] = (),
) -> dt.datetime:
    """The last moment, in UTC, at which the promise is kept; always within opening hours.

    What arrives while the practice is closed counts from the next opening. Working hours are
    counted open time. Working days end at the same wall-clock time that many working days later,
    moved into the hours of that day. Raises NeverOpen, UnknownHolidays.
    """
    return promise_within(received_at, promise, WorkingCalendar(hours, zone, tuple(absences)))


def promise_within(
    received_at: dt.datetime, promise: Promise, calendar: WorkingCalendar
) -> dt.datetime:
    """The same, by a calendar that is there already."""
    if promise.working_hours is not None:
        return after_open_time(received_at, dt.timedelta(hours=promise.working_hours), calendar)
    return _after_working_days(calendar, received_at, promise.working_days or 1)


def working_time_between(
    start: dt.datetime,
    end: dt.datetime,
    hours: Hours,
    zone: ZoneInfo,
    absences: Sequence[Absence] = (),
) -> dt.timedelta:
    """How much open time lies between two moments; zero when the end is not after the start."""
    return open_time_between(start, end, WorkingCalendar(hours, zone, tuple(absences)))


def open_time_between(
    start: dt.datetime, end: dt.datetime, calendar: WorkingCalendar
) -> dt.timedelta:
    """The same, by a calendar that is there already."""
    total = dt.timedelta()
    if end <= start:
        return total
    day = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    while day <= last:
        for opens, closes in calendar.spans_on(day):
            total += max(min(closes, end) - max(opens, start), dt.timedelta())
        day += dt.timedelta(days=1)
    return total


def after_open_time(
    start: dt.datetime, wanted: dt.timedelta, calendar: WorkingCalendar
) -> dt.datetime:
    """The moment at which so much open time has passed since `start`; UTC. Raises NeverOpen."""
    left = wanted
    for opens, closes in calendar.spans_from(start):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise AssertionError("spans_from does not end")


def _after_working_days(calendar: WorkingCalendar, start: dt.datetime, days: int) -> dt.datetime:
    begins = calendar.next_open(start).astimezone(calendar.zone)
    following = calendar.working_days_from(begins.date() + dt.timedelta(days=1))
    day = next(islice(following, days - 1, None))
    wall = dt.datetime.combine(day, begins.time().replace(fold=0), tzinfo=calendar.zone)
    return _into_hours(calendar, day, wall.astimezone(dt.UTC))


def _into_hours(calendar: WorkingCalendar, day: dt.date, moment: dt.datetime) -> dt.datetime:
    """The moment itself within hours; before them or in a break the next opening; after them the close."""
    spans = calendar.spans_on(day)
    for opens, closes in spans:
        if moment <= closes:
            return max(moment, opens)
    return spans[-1][1]
