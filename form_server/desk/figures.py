"""The figures of the first page: how fast the first call is, and how soon people are seen."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.clockwork import Roster
from form_server.desk.console import Desk
from form_server.desk.referral.times import say_span
from form_server.ledger import Statistics
from outreach_kit.promise.deadline import open_time_between

_LOOKED_BACK: Final = timedelta(days=30)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """`also` is said in small behind `text`, or empty."""

    label: str
    text: str
    also: str = ""


def say_figures(desk: Desk, inbox_ids: list[str], now: datetime) -> tuple[Figure, ...]:
    """Of the last 30 days; none of what has no median yet."""
    since = now - _LOOKED_BACK
    seen = desk.ledger.figures.over(inbox_ids, since, now, now)
    said = []
    if seen.median_to_first_contact is not None:
        working = say_span(_working_median(desk, seen, now))
        on_the_clock = f"{say_span(seen.median_to_first_contact)} on the clock"
        said.append(Figure("First call after", f"{working} of working time", on_the_clock))
        said.append(Figure("Promises kept", f"{seen.kept} of {seen.kept + seen.broken}"))
    wait = desk.ledger.bookings.median_wait(inbox_ids, since, now)
    if wait is not None:
        said.append(_appointment(wait))
    return tuple(said)


def _working_median(desk: Desk, seen: Statistics, now: datetime) -> timedelta:
    """In the hours of each inbox, its uncovered absences taken out."""
    roster = Roster(desk.practice(), desk.ledger)
    inbox_ids = {inbox_id for inbox_id, _, _ in seen.first_contacts}
    calendars = {
        one: roster.for_inbox(desk.ledger.inboxes.get(one), now).calendar for one in inbox_ids
    }
    waits_s = [
        open_time_between(received_at, contacted_at, calendars[inbox_id]).total_seconds()
        for inbox_id, received_at, contacted_at in seen.first_contacts
    ]
    return timedelta(seconds=statistics.median(waits_s))


def _appointment(span: timedelta) -> Figure:
    label, days = "First appointment", round(span / _DAY)
    if days == 0:
        return Figure(label, "The same day")
    return Figure(label, "1\u00a0day" if days == 1 else f"{days}\u00a0days", "after the referral")
