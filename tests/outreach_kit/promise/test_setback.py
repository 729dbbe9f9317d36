"""A ladder that was climbed by a clock ahead of its time is put right by the facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice.facts import Hours
from outreach_kit.promise import (
    Course,
    Rung,
    Stage,
    WorkingCalendar,
    climb,
    first_check_at,
    promise_by,
    put_right,
)
from tests.outreach_kit.promise.calendars import (
    FOUR_HOURS,
    HARBOR,
    PACIFIC,
    ZONES,
    moments,
    opening_hours,
    pacific,
)

CALENDAR = WorkingCalendar(HARBOR, PACIFIC)
MONDAY_9 = pacific(2026, 3, 2, 9)
FAR = dt.timedelta(days=400)


def course(armed_at: dt.datetime, paused_at: dt.datetime | None = None) -> Course:
    return Course(MONDAY_9, MONDAY_9 + dt.timedelta(hours=4), armed_at, paused_at)


@pytest.mark.parametrize(
    ("waits_for", "minutes_in", "stands_at", "due_in_minutes"),
    [
        (Stage(Rung.REPEAT, count=1), 1, Rung.CHECK, 5),
        (Stage(Rung.REPEAT, count=1), 60, Rung.REMIND, 120),
        (Stage(Rung.REPEAT, count=4), 130, Rung.CHANNEL, 160),
        (Stage(Rung.BROKEN), 130, Rung.BROKEN, 240),
        (Stage(Rung.REMIND), 60, Rung.REMIND, 120),
        (Stage(Rung.REMIND), 230, Rung.REMIND, 230),  # not taken by then, so it is taken now
        (Stage(Rung.BROKEN), 300, Rung.BROKEN, 300),
    ],
)
def test_rungs_are_waited_for_no_longer_than_the_promise_says(
    waits_for: Stage, minutes_in: int, stands_at: Rung, due_in_minutes: int
) -> None:
    now = MONDAY_9 + dt.timedelta(minutes=minutes_in)

    found = put_right(waits_for, course(now + FAR), now, CALENDAR)

    assert found is not None
    assert found[0].rung is stands_at
    assert found[1] - MONDAY_9 == dt.timedelta(minutes=due_in_minutes)


def test_a_broken_promise_is_recalled_on_the_next_working_morning() -> None:
    now = pacific(2026, 3, 3, 10)

    found = put_right(Stage(Rung.REPEAT, count=2), course(now + FAR), now, CALENDAR)

    assert found == (Stage(Rung.REPEAT, count=2), pacific(2026, 3, 4, 9))


def test_a_pause_is_kept_and_ends_in_time() -> None:
    now = MONDAY_9 + dt.timedelta(minutes=60)

    found = put_right(Stage(Rung.REPEAT, count=1), course(now + FAR, now), now, CALENDAR)

    assert found is not None
    stage, at = found
    assert (stage.rung, stage.resumed) == (Rung.REMIND, True)
    assert now < at < MONDAY_9 + dt.timedelta(hours=4)


@given(
    hours=opening_hours(),
    zone=st.sampled_from(ZONES),
    received_at=moments(),
    late=st.lists(st.integers(0, 3000), min_size=6, max_size=6),
    look=st.floats(0, 1, exclude_max=True),
)
@settings(max_examples=150, deadline=None)
def test_a_clock_that_keeps_its_course_is_left_alone(
    hours: Hours, zone: ZoneInfo, received_at: dt.datetime, late: list[int], look: float
) -> None:
    calendar = WorkingCalendar(hours, zone)
    promised_by = promise_by(received_at, hours, FOUR_HOURS, zone)
    stage, at = Stage(), first_check_at(received_at, calendar)
    for minutes in late:
        now = at + dt.timedelta(minutes=minutes)
        turn = climb(stage, Course(received_at, promised_by, at), now, calendar)
        stage, at = turn.stage, turn.at
        seen_at = now + (at - now) * look
        assert put_right(stage, Course(received_at, promised_by, at), seen_at, calendar) is None


@given(
    hours=opening_hours(),
    received_at=moments(),
    ahead=st.integers(0, 60 * 24 * 60),
    back=st.integers(0, 10_000),
)
@settings(max_examples=150, deadline=None)
def test_whatever_a_clock_ahead_did_the_promise_is_guarded_again(
    hours: Hours, received_at: dt.datetime, ahead: int, back: int
) -> None:
    calendar = WorkingCalendar(hours, PACIFIC)
    promised_by = promise_by(received_at, hours, FOUR_HOURS, PACIFIC)
    first = Course(received_at, promised_by, first_check_at(received_at, calendar))
    wrong = climb(Stage(), first, received_at + dt.timedelta(minutes=ahead), calendar)
    now = received_at + dt.timedelta(minutes=back)

    armed = replace(first, armed_at=wrong.at)
    stage, at = put_right(wrong.stage, armed, now, calendar) or (wrong.stage, wrong.at)

    if now < promised_by:
        assert stage.rung is not Rung.REPEAT
        assert at <= promised_by
    assert at <= max(wrong.at, now)
