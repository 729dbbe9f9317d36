from __future__ import annotations

import datetime as dt
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice.facts import Hours
from outreach_kit.promise import (
    Absence,
    NeverOpen,
    UnknownHolidays,
    WorkingCalendar,
    holidays_in,
)
from tests.outreach_kit.promise.calendars import (
    HARBOR,
    PACIFIC,
    ZONES,
    moments,
    opening_hours,
    pacific,
)


@settings(deadline=None)  # the first look at a year's holidays takes a while
@given(opening_hours(), st.sampled_from(ZONES), moments())
def test_spans_follow_each_other_without_touching_backwards(
    hours: Hours, zone: ZoneInfo, moment: dt.datetime
) -> None:
    spans = list(islice(WorkingCalendar(hours, zone).spans_from(moment), 12))

    assert spans[0][0] >= moment
    assert all(opens < closes for opens, closes in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is() -> None:
    night = Hours.model_validate({"sunday": "1:00-5:00", "holidays": "none"})
    calendar = WorkingCalendar(night, PACIFIC)

    (spring,) = calendar.spans_on(dt.date(2026, 3, 8))
    (autumn,) = calendar.spans_on(dt.date(2026, 11, 1))

    assert spring[1] - spring[0] == dt.timedelta(hours=3)
    assert autumn[1] - autumn[0] == dt.timedelta(hours=5)


def test_hours_inside_the_hour_that_spring_skips_do_not_count_twice() -> None:
    night = Hours.model_validate({"sunday": "2:10-2:50, 3:00-4:00", "holidays": "none"})

    spans = WorkingCalendar(night, PACIFIC).spans_on(dt.date(2026, 3, 8))

    assert sum((b - a for a, b in spans), dt.timedelta()) == dt.timedelta(minutes=50)


def test_a_public_holiday_and_its_observed_day_are_closed() -> None:
    calendar = WorkingCalendar(HARBOR, PACIFIC)

    assert not calendar.is_working_day(dt.date(2026, 11, 26))  # Thanksgiving, a Thursday
    assert not calendar.is_working_day(dt.date(2027, 7, 5))  # the 4th falls on a Sunday
    assert calendar.is_working_day(dt.date(2026, 11, 25))


def test_closed_days_and_absences_are_closed() -> None:
    hours = HARBOR.model_copy(update={"closed_on": (dt.date(2026, 12, 1),)})
    calendar = WorkingCalendar(
        hours, PACIFIC, (Absence(dt.date(2026, 12, 7), dt.date(2026, 12, 9)),)
    )

    closed = [day for day in range(1, 11) if not calendar.is_working_day(dt.date(2026, 12, day))]

    assert closed == [1, 4, 5, 6, 7, 8, 9]


def test_the_opening_counts_and_the_closing_does_not() -> None:
    calendar = WorkingCalendar(HARBOR, PACIFIC)

    assert calendar.next_open(pacific(2026, 11, 23, 9)) == pacific(2026, 11, 23, 9)
    assert calendar.next_open(pacific(2026, 11, 23, 18)) == pacific(2026, 11, 24, 9)


def test_a_practice_that_never_opens_again_is_refused_and_not_looked_for_without_end() -> None:
    away = Absence(dt.date(2026, 1, 1), dt.date(2036, 1, 1))
    calendar = WorkingCalendar(HARBOR, PACIFIC, (away,))

    with pytest.raises(NeverOpen, match="look at \\[hours\\]"):
        calendar.next_open(pacific(2026, 6, 1, 9))


@pytest.mark.parametrize("place", ["ZZ", "US-ZZ"])
def test_a_place_without_a_list_of_holidays_is_named(place: str) -> None:
    with pytest.raises(UnknownHolidays, match=f"“{place}”"):
        holidays_in(place, 2026)


def test_no_holidays_are_observed_when_there_are_none() -> None:
    assert holidays_in("none", 2026) == frozenset()
