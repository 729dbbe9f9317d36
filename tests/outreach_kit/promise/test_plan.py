from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice.facts import Hours, Promise
from outreach_kit.promise import (
    Course,
    Rung,
    Stage,
    WorkingCalendar,
    climb,
    first_check_at,
    is_open,
    promise_by,
)
from outreach_kit.promise.deadline import open_time_between
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
Taken = list[tuple[Rung, dt.datetime]]


def follow(
    received_at: dt.datetime,
    promised_by: dt.datetime,
    calendar: WorkingCalendar,
    *,
    turns: int,
    paused_at: dt.datetime | None = None,
    asleep_until: dt.datetime | None = None,
) -> Taken:
    """What the ladder does when it is climbed on time, or not before the server is up again.

    A pause is looked at when it happens, as a commit that pauses wakes the clock.
    """
    stage, at = Stage(), first_check_at(received_at, calendar)
    taken: Taken = []
    before = received_at
    for _ in range(turns):
        now = max(at, asleep_until or at)
        if paused_at and before < paused_at < now:
            now = paused_at
        known_pause = paused_at if paused_at and paused_at <= now else None
        turn = climb(stage, Course(received_at, promised_by, at, known_pause), now, calendar)
        before = now
        assert turn.at > now
        taken += [(rung, now) for rung in turn.taken]
        stage, at = Stage.parse(str(turn.stage)), turn.at
    return taken


def test_rungs_of_a_morning() -> None:
    taken = follow(MONDAY_9, pacific(2026, 3, 2, 13), CALENDAR, turns=6)

    assert taken == [
        (Rung.CHECK, pacific(2026, 3, 2, 9, 5)),
        (Rung.REMIND, pacific(2026, 3, 2, 11)),
        (Rung.CHANNEL, pacific(2026, 3, 2, 11, 40)),
        (Rung.PERSON, pacific(2026, 3, 2, 12, 20)),
        (Rung.BROKEN, pacific(2026, 3, 2, 13)),
        (Rung.REPEAT, pacific(2026, 3, 3, 9)),
    ]


def test_pause_holds_the_ladder_and_resumes_it_before_the_deadline() -> None:
    paused_at = pacific(2026, 3, 2, 9, 1)
    taken = follow(MONDAY_9, pacific(2026, 3, 2, 13), CALENDAR, turns=6, paused_at=paused_at)

    before = [rung for rung, at in taken if at < pacific(2026, 3, 2, 12)]
    assert before == []
    assert [rung for rung, _ in taken[:4]] == [Rung.REMIND, Rung.CHANNEL, Rung.PERSON, Rung.BROKEN]
    assert taken[2][1] < pacific(2026, 3, 2, 12, 45)


def test_pause_just_before_the_deadline_tells_everybody_at_once() -> None:
    paused_at = pacific(2026, 3, 2, 12, 10)
    promised_by = pacific(2026, 3, 2, 12, 30)
    received_at = pacific(2026, 3, 2, 10, 30)
    taken = follow(received_at, promised_by, CALENDAR, turns=8, paused_at=paused_at)

    after = [(rung, at) for rung, at in taken if paused_at < at < promised_by]
    assert {rung for rung, _ in after} == {Rung.REMIND, Rung.CHANNEL, Rung.PERSON}
    assert {at for _, at in after} == {pacific(2026, 3, 2, 12, 25)}


def test_referral_at_night_climbs_from_the_opening_on() -> None:
    received_at = pacific(2026, 3, 2, 23, 30)
    promised_by = promise_by(received_at, HARBOR, FOUR_HOURS, PACIFIC)
    taken = follow(received_at, promised_by, CALENDAR, turns=3)

    assert [at for _, at in taken] == [
        pacific(2026, 3, 3, 9),
        pacific(2026, 3, 3, 11),
        pacific(2026, 3, 3, 11, 40),
    ]


def test_night_is_left_alone_while_the_promise_holds() -> None:
    received_at = pacific(2026, 3, 2, 16)
    promised_by = promise_by(received_at, HARBOR, FOUR_HOURS, PACIFIC)
    back_at = pacific(2026, 3, 2, 22)
    taken = follow(received_at, promised_by, CALENDAR, turns=4, asleep_until=back_at)

    assert taken[0][1] == pacific(2026, 3, 3, 9)


def test_broken_promise_is_told_at_night_too() -> None:
    promised_by = pacific(2026, 3, 2, 13)
    back_at = pacific(2026, 3, 3, 2)
    taken = follow(MONDAY_9, promised_by, CALENDAR, turns=1, asleep_until=back_at)

    assert (Rung.BROKEN, back_at) in taken
    assert {at for _, at in taken} == {back_at}


def test_repeats_grow_sparse() -> None:
    taken = follow(MONDAY_9, pacific(2026, 3, 2, 13), CALENDAR, turns=13)
    days = [at.astimezone(PACIFIC).date() for rung, at in taken if rung is Rung.REPEAT]

    gaps = [
        sum(CALENDAR.is_working_day(a + dt.timedelta(days=n + 1)) for n in range((b - a).days))
        for a, b in pairwise(days)
    ]
    assert gaps[:4] == [1, 1, 1, 1]
    assert set(gaps[4:]) == {5}


def test_pause_after_the_deadline_holds_until_the_next_morning() -> None:
    course = Course(
        MONDAY_9,
        pacific(2026, 3, 2, 13),
        armed_at=pacific(2026, 3, 3, 9),
        paused_at=pacific(2026, 3, 3, 8, 50),
    )
    turn = climb(Stage(Rung.REPEAT, count=1), course, pacific(2026, 3, 3, 9), CALENDAR)

    assert turn.taken == ()
    assert turn.at == pacific(2026, 3, 4, 9)


def test_pause_after_the_last_open_hour_waits_for_the_deadline() -> None:
    deadline = pacific(2026, 3, 3, 9)
    paused_at = pacific(2026, 3, 2, 20)
    taken = follow(MONDAY_9, deadline, CALENDAR, turns=6, paused_at=paused_at)

    assert {at for _, at in taken if at > paused_at} == {deadline}


@pytest.mark.parametrize("text", ["", "nothing", "remind", "remind 0 x", "siren 0 0"])
def test_stage_that_cannot_be_read_begins_anew(text: str) -> None:
    assert Stage.parse(text) == Stage()


@settings(deadline=None)
@given(
    opening_hours(),
    st.sampled_from(ZONES),
    moments(),
    st.one_of(
        st.builds(lambda n: Promise(working_hours=n), st.integers(1, 12)),
        st.builds(lambda n: Promise(working_days=n), st.integers(1, 3)),
    ),
    st.none() | st.integers(0, 4 * 1440),
)
def test_second_person_is_told_in_open_hours_before_every_deadline(
    hours: Hours,
    zone: ZoneInfo,
    received_at: dt.datetime,
    promise: Promise,
    pause_after_min: int | None,
) -> None:
    calendar = WorkingCalendar(hours, zone)
    promised_by = promise_by(received_at, hours, promise, zone)
    paused_at = (
        None if pause_after_min is None else received_at + dt.timedelta(minutes=pause_after_min)
    )
    taken = follow(received_at, promised_by, calendar, turns=10, paused_at=paused_at)

    persons = [at for rung, at in taken if rung is Rung.PERSON]
    assert persons
    assert persons[0] <= promised_by
    if not paused_at and open_time_between(received_at, promised_by, calendar):
        assert persons[0] < promised_by
    if paused_at and open_time_between(paused_at, promised_by, calendar):
        assert paused_at < persons[-1] < promised_by
    assert [at for rung, at in taken if rung is Rung.BROKEN] == [promised_by]
    for rung, at in taken:
        day = at.astimezone(zone).date()
        at_closing = any(at == closes for _, closes in calendar.spans_on(day))
        assert rung is Rung.BROKEN or at_closing or is_open(at, calendar)
    for rung in (Rung.REMIND, Rung.CHANNEL, Rung.PERSON):
        count = sum(one is rung for one, _ in taken)
        assert count <= (1 if paused_at is None else 2)
