"""The practice's working time as spans of real time: opening hours less holidays and absences.

Hours are written on the wall clock and promises are counted on the real one. Each span is therefore
turned into UTC before anything is added up, so a day on which the clocks change is as long as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import field
from typing import Final
from zoneinfo import ZoneInfo

from outreach_kit.errors import HandoffError
from outreach_kit.frozen import frozen
from outreach_kit.practice.facts import Hours
from outreach_kit.promise.public_holidays import holidays_in

Span = tuple[dt.datetime, dt.datetime]
"""Opening and closing, both UTC; the opening belongs to the span, the closing does not."""

_LONGEST_CLOSURE_DAYS: Final = 800
_DAYS_KNOWN: Final = 1000
"""The same few days are asked for with every referral, and turning one into UTC takes a while."""


class NeverOpen(HandoffError):
    """No opening comes within two years, so no promise can be counted."""

    def __init__(self, after: dt.date) -> None:
        self.after = after
        super().__init__(
            f"The practice is closed on every day for two years after {after}: look at [hours] in "
            "practice.toml and at the absences; one day in that time must have hours."
        )


@frozen
class Absence:
    """Whole days on which nobody answers, both ends included."""

    first_on: dt.date
    last_on: dt.date

    def covers(self, day: dt.date) -> bool:
        return self.first_on <= day <= self.last_on


@frozen
class WorkingCalendar:
    """When somebody answers, in one time zone."""

    hours: Hours
    zone: ZoneInfo
    absences: tuple[Absence, ...] = ()
    _known: dict[dt.date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_working_day(self, day: dt.date) -> bool:
        return bool(self.spans_on(day))

    def spans_on(self, day: dt.date) -> tuple[Span, ...]:
        """The day's spans in order, none touching backwards into another; empty when closed."""
        known = self._known.get(day)
        if known is None:
            if len(self._known) >= _DAYS_KNOWN:
                self._known.clear()
            known = self._known[day] = self._count_spans(day)
        return known

    def _count_spans(self, day: dt.date) -> tuple[Span, ...]:
        written = self.hours.week[day.weekday()]
        if not written or self._is_day_off(day):
            return ()
        spans: list[Span] = []
        for opens, closes in written:
            start, end = self._moment(day, opens), self._moment(day, closes)
            if spans:
                # A span inside the hour that spring skips is moved into the one after it.
                start = max(start, spans[-1][1])
            if start < end:
                spans.append((start, end))
        return tuple(spans)

    def working_days_from(self, day: dt.date) -> Iterator[dt.date]:
        """Working days without end, from `day` on and including it. Raises NeverOpen."""
        return (day for day, _ in self._open_days_from(day))

    def spans_from(self, moment: dt.datetime) -> Iterator[Span]:
        """Working time from `moment` on without end, the first span cut off at it. Raises NeverOpen."""
        begin = moment.astimezone(dt.UTC)
        for _, spans in self._open_days_from(moment.astimezone(self.zone).date()):
            for start, end in spans:
                if end > begin:
                    yield max(start, begin), end

    def next_open(self, moment: dt.datetime) -> dt.datetime:
        """The moment itself while open, else the next opening; UTC."""
        return next(self.spans_from(moment))[0]

    def _open_days_from(self, day: dt.date) -> Iterator[tuple[dt.date, tuple[Span, ...]]]:
        """Raises NeverOpen rather than look for an opening for ever."""
        last_open = day
        while (day - last_open).days <= _LONGEST_CLOSURE_DAYS:
            if spans := self.spans_on(day):
                last_open = day
                yield day, spans
            day += dt.timedelta(days=1)
        raise NeverOpen(last_open)

    def _is_day_off(self, day: dt.date) -> bool:
        return (
            day in self.hours.closed_on
            or any(absence.covers(day) for absence in self.absences)
            or day in holidays_in(self.hours.holidays, day.year)
        )

    def _moment(self, day: dt.date, wall: dt.time) -> dt.datetime:
        """UTC of a wall-clock time: the first of two in autumn, an hour on in the gap of spring."""
        return dt.datetime.combine(day, wall, tzinfo=self.zone).astimezone(dt.UTC)
