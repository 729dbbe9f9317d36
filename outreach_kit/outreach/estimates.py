"""By when a good-faith estimate is due to somebody who pays themselves (No Surprises Act).

45 CFR 149.610(b)(1)(vi): booked 3 or more business days ahead, within 1 business day of the booking;
10 or more ahead, within 3; asked for without a booking, within 3 of the asking. The rule counts
business days as everybody does; a practice that is closed on the last of them gives it before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import islice
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.promise.public_holidays import holidays_in

_SATURDAY: Final = 5
_ONE_DAY: Final = dt.timedelta(days=1)


class Because(StrEnum):
    BOOKED = "booked"
    BOOKED_FAR_AHEAD = "booked_far_ahead"
    ASKED = "asked"


@frozen
class EstimateDue:
    due_on: dt.date
    because: Because


def plan_estimate(
    *,
    booked_on: dt.date | None,
    starts_on: dt.date | None,
    asked_on: dt.date | None,
    is_working_day: Callable[[dt.date], bool],
) -> EstimateDue | None:
    """The earliest day that one of the rules sets; None when none of them asks for an estimate.

    `is_working_day` is the practice's own calendar. Raises UnknownHolidays.
    """
    found = []
    if booked_on and starts_on:
        if business_day_after(booked_on, 10) <= starts_on:
            found.append((business_day_after(booked_on, 3), booked_on, Because.BOOKED_FAR_AHEAD))
        elif business_day_after(booked_on, 3) <= starts_on:
            found.append((business_day_after(booked_on, 1), booked_on, Because.BOOKED))
    if asked_on:
        found.append((business_day_after(asked_on, 3), asked_on, Because.ASKED))
    if not found:
        return None
    due, since, because = min(found)
    return EstimateDue(_open_on_or_before(due, since, is_working_day), because)


def business_day_after(day: dt.date, count: int) -> dt.date:
    """The `count`th business day after a day: Monday to Friday without the federal holidays."""
    return next(islice(_business_days_after(day), count - 1, None))


def _business_days_after(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += _ONE_DAY
        if day.weekday() < _SATURDAY and day not in holidays_in("US", day.year):
            yield day


def _open_on_or_before(
    due: dt.date, since: dt.date, is_working_day: Callable[[dt.date], bool]
) -> dt.date:
    day = due
    while day > since and not is_working_day(day):
        day -= _ONE_DAY
    return day
