from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.outreach.estimates import (
    Because,
    EstimateDue,
    business_day_after,
    plan_estimate,
)

_MONDAY = dt.date(2026, 11, 2)


def _november(day: int) -> dt.date:
    return dt.date(2026, 11, day)


def _any_day(_day: dt.date) -> bool:
    return True


def _monday_to_thursday(day: dt.date) -> bool:
    return day.weekday() < 4


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        (4, None),  # two business days ahead: no estimate is called for
        (5, EstimateDue(_november(3), Because.BOOKED)),  # three
        (16, EstimateDue(_november(3), Because.BOOKED)),  # nine: Veterans Day is none
        (17, EstimateDue(_november(5), Because.BOOKED_FAR_AHEAD)),  # ten
    ],
)
def test_a_booking_sets_the_day_by_how_far_ahead_it_is(
    starts: int, due: EstimateDue | None
) -> None:
    found = plan_estimate(
        booked_on=_MONDAY, starts_on=_november(starts), asked_on=None, is_working_day=_any_day
    )

    assert found == due


def test_asking_sets_three_business_days_and_the_earlier_rule_wins() -> None:
    asked = plan_estimate(
        booked_on=None, starts_on=None, asked_on=_november(6), is_working_day=_any_day
    )
    both = plan_estimate(
        booked_on=_MONDAY, starts_on=_november(9), asked_on=_MONDAY, is_working_day=_any_day
    )

    assert asked == EstimateDue(_november(12), Because.ASKED)  # over a weekend and Veterans Day
    assert both == EstimateDue(_november(3), Because.BOOKED)


def test_a_practice_that_is_closed_on_the_day_gives_it_before() -> None:
    thursday = plan_estimate(
        booked_on=_november(4),
        starts_on=_november(20),
        asked_on=None,
        is_working_day=_monday_to_thursday,
    )
    same_day = plan_estimate(
        booked_on=_november(5),
        starts_on=_november(12),
        asked_on=None,
        is_working_day=_monday_to_thursday,
    )

    assert thursday == EstimateDue(_november(9), Because.BOOKED_FAR_AHEAD)
    assert same_day == EstimateDue(_november(5), Because.BOOKED)


def test_nothing_is_due_when_nothing_was_booked_or_asked() -> None:
    found = plan_estimate(booked_on=None, starts_on=None, asked_on=None, is_working_day=_any_day)

    assert found is None


@given(
    booked=st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31)),
    ahead=st.integers(0, 90),
)
def test_the_day_is_never_before_the_booking_nor_after_the_visit(
    booked: dt.date, ahead: int
) -> None:
    starts = booked + dt.timedelta(days=ahead)

    found = plan_estimate(
        booked_on=booked, starts_on=starts, asked_on=None, is_working_day=_monday_to_thursday
    )

    if found is None:
        assert business_day_after(booked, 3) > starts
    else:
        assert booked <= found.due_on <= starts
