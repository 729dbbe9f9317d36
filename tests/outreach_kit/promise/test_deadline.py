from __future__ import annotations

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice.facts import Hours, Promise
from outreach_kit.promise import Absence, WorkingCalendar, promise_by, working_time_between
from tests.outreach_kit.promise.calendars import (
    FOUR_HOURS,
    HARBOR,
    PACIFIC,
    ZONES,
    moments,
    opening_hours,
    pacific,
)


@settings(deadline=None)  # the first look at a year's holidays takes a while
@given(opening_hours(), st.sampled_from(ZONES), moments(), st.integers(1, 60))
def test_exactly_the_promised_open_time_lies_before_the_deadline(
    hours: Hours, zone: ZoneInfo, received_at: dt.datetime, count: int
) -> None:
    deadline = promise_by(received_at, hours, Promise(working_hours=count), zone)

    assert working_time_between(received_at, deadline, hours, zone) == dt.timedelta(hours=count)


@settings(deadline=None)
@given(opening_hours(), st.sampled_from(ZONES), moments(), st.integers(0, 10_000))
def test_what_arrives_later_is_never_promised_sooner(
    hours: Hours, zone: ZoneInfo, received_at: dt.datetime, minutes: int
) -> None:
    later = received_at + dt.timedelta(minutes=minutes)

    assert promise_by(received_at, hours, FOUR_HOURS, zone) <= promise_by(
        later, hours, FOUR_HOURS, zone
    )


@settings(deadline=None)
@given(opening_hours(), st.sampled_from(ZONES), moments(), st.integers(1, 10))
def test_working_days_end_within_the_hours_of_the_day_that_is_so_many_further(
    hours: Hours, zone: ZoneInfo, received_at: dt.datetime, count: int
) -> None:
    calendar = WorkingCalendar(hours, zone)
    begins = calendar.next_open(received_at).astimezone(zone).date()
    days = calendar.working_days_from(begins)

    deadline = promise_by(received_at, hours, Promise(working_days=count), zone)

    wanted = next(islice(days, count, None))
    assert any(a <= deadline <= b for a, b in calendar.spans_on(wanted))


@settings(deadline=None)
@given(opening_hours(), moments(), st.integers(0, 5000), st.integers(0, 5000))
def test_working_time_adds_up(hours: Hours, start: dt.datetime, first: int, second: int) -> None:
    middle = start + dt.timedelta(minutes=first)
    end = middle + dt.timedelta(minutes=second)

    def between(a: dt.datetime, b: dt.datetime) -> dt.timedelta:
        return working_time_between(a, b, hours, PACIFIC)

    assert between(start, middle) + between(middle, end) == between(start, end)
    assert between(end, start) == dt.timedelta()


@pytest.mark.parametrize(
    ("received_at", "deadline"),
    [
        pytest.param(pacific(2026, 11, 23, 11, 20), pacific(2026, 11, 23, 15, 20), id="same day"),
        pytest.param(pacific(2026, 11, 23, 14), pacific(2026, 11, 23, 18), id="at closing"),
        pytest.param(pacific(2026, 11, 23, 16), pacific(2026, 11, 24, 11), id="over night"),
        pytest.param(pacific(2026, 11, 23, 23), pacific(2026, 11, 24, 13), id="at night"),
        pytest.param(pacific(2026, 11, 25, 16), pacific(2026, 11, 30, 11), id="Thanksgiving"),
        pytest.param(pacific(2026, 12, 31, 16), pacific(2027, 1, 4, 11), id="new year"),
        pytest.param(pacific(2028, 2, 28, 16), pacific(2028, 2, 29, 11), id="leap day"),
        pytest.param(pacific(2026, 10, 29, 16), pacific(2026, 11, 2, 11), id="clocks go back"),
        pytest.param(pacific(2026, 3, 5, 16), pacific(2026, 3, 9, 11), id="clocks go forward"),
    ],
)
def test_four_working_hours(received_at: dt.datetime, deadline: dt.datetime) -> None:
    assert promise_by(received_at, HARBOR, FOUR_HOURS, PACIFIC) == deadline


@pytest.mark.parametrize(
    ("days", "received_at", "deadline"),
    [
        pytest.param(1, pacific(2026, 11, 23, 11, 20), pacific(2026, 11, 24, 11, 20), id="next"),
        pytest.param(2, pacific(2026, 11, 24, 11), pacific(2026, 11, 30, 11), id="long weekend"),
        pytest.param(1, pacific(2026, 11, 27, 11), pacific(2026, 12, 1, 9), id="on a day off"),
        pytest.param(1, pacific(2026, 10, 29, 11), pacific(2026, 11, 2, 11), id="clocks change"),
    ],
)
def test_working_days_keep_the_wall_clock(
    days: int, received_at: dt.datetime, deadline: dt.datetime
) -> None:
    assert promise_by(received_at, HARBOR, Promise(working_days=days), PACIFIC) == deadline


@pytest.mark.parametrize(
    ("received", "wanted"), [((9, 0), (10, 0)), ((12, 30), (13, 0)), ((16, 0), (15, 0))]
)
def test_a_wall_clock_time_outside_the_next_days_hours_moves_into_them(
    received: tuple[int, int], wanted: tuple[int, int]
) -> None:
    hours = Hours.model_validate(
        {"monday": "9:00-17:00", "tuesday": "10:00-12:00, 13:00-15:00", "holidays": "none"}
    )

    deadline = promise_by(pacific(2026, 11, 23, *received), hours, Promise(working_days=1), PACIFIC)

    assert deadline == pacific(2026, 11, 24, *wanted)


def test_an_absence_moves_the_deadline_behind_it() -> None:
    away = Absence(dt.date(2026, 12, 8), dt.date(2026, 12, 10))
    received_at = pacific(2026, 12, 7, 16)

    assert promise_by(received_at, HARBOR, FOUR_HOURS, PACIFIC, [away]) == pacific(2026, 12, 14, 11)
