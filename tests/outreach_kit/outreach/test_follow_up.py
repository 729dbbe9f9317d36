from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.follow_up import (
    FORGOTTEN_DAYS,
    NUISANCE_DAYS,
    Contacts,
    Rhythm,
    RhythmRefused,
    Standing,
    Tier,
    day_of,
    plan_follow_up,
)

ADDED = dt.date(2026, 1, 5)
LAST = dt.date(2026, 3, 2)
_DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
_FROM, _UNTIL = (dt.datetime(year, 1, 1) for year in (2020, 2032))  # noqa: DTZ001 - a wall clock
_RHYTHMS = st.builds(Rhythm, *[st.integers(NUISANCE_DAYS, FORGOTTEN_DAYS)] * 3)
_CONTACTS = st.builds(
    Contacts,
    added_on=_DAYS,
    last_on=_DAYS,
    next_on=st.none() | _DAYS,
    tier=st.none() | st.sampled_from(Tier),
    every_days=st.none() | st.integers(1, 1000),
)


def after(days: int) -> dt.date:
    return LAST + dt.timedelta(days=days)


def standing(today: dt.date, **said: object) -> Standing:
    contacts = replace(Contacts(ADDED, LAST), **said)  # type: ignore[arg-type]
    return plan_follow_up(contacts, today, Rhythm()).standing


def test_three_months_after_the_last_contact_it_is_due() -> None:
    assert standing(after(89)) is Standing.QUIET
    assert standing(after(90)) is Standing.DUE
    assert standing(after(179)) is Standing.DUE
    assert standing(after(180)) is Standing.FORGOTTEN


def test_whom_nobody_has_met_is_due_for_a_first_visit() -> None:
    new = Contacts(ADDED)
    assert plan_follow_up(new, ADDED, Rhythm()).standing is Standing.FIRST
    late = ADDED + dt.timedelta(days=FORGOTTEN_DAYS)
    assert plan_follow_up(new, late, Rhythm()).standing is Standing.FORGOTTEN


def test_a_tier_has_a_rhythm_of_its_own_and_an_office_too() -> None:
    rhythm = Rhythm.of({"a": 60, "c": 180})
    due = plan_follow_up(Contacts(ADDED, LAST, tier=Tier.A), LAST, rhythm)
    assert due.due_on == after(60)
    own = plan_follow_up(Contacts(ADDED, LAST, tier=Tier.A, every_days=120), LAST, rhythm)
    assert own.due_on == after(120)
    assert rhythm.every(None) == 90


@pytest.mark.parametrize("days", [0, 59, 181])
def test_a_rhythm_that_nags_or_forgets_is_refused(days: int) -> None:
    with pytest.raises(RhythmRefused, match="60 to 180"):
        Rhythm(b=days)


def test_a_day_that_the_office_asked_for_is_kept_to_the_day() -> None:
    assert standing(after(7), next_on=after(7), asked_back=True) is Standing.DUE
    assert standing(after(7), next_on=after(7)) is Standing.QUIET, "our own idea waits"


def test_an_agreed_day_before_the_last_contact_says_nothing() -> None:
    assert standing(after(90), next_on=after(-3), asked_back=True) is Standing.DUE


def test_whoever_wants_no_visit_is_never_due() -> None:
    resting = plan_follow_up(Contacts(ADDED, LAST, rests=True), after(500), Rhythm())
    assert (resting.standing, resting.due_on) == (Standing.RESTING, None)


@settings(deadline=None)
@given(_CONTACTS, st.integers(0, NUISANCE_DAYS - 1), _RHYTHMS)
def test_nobody_is_nagged_under_60_days(contacts: Contacts, days: int, rhythm: Rhythm) -> None:
    assert contacts.last_on is not None
    today = contacts.last_on + dt.timedelta(days=days)
    planned = plan_follow_up(contacts, today, rhythm)
    assert planned.standing is Standing.QUIET
    assert planned.due_on is not None
    assert planned.due_on > today


@settings(deadline=None)
@given(_CONTACTS, st.integers(FORGOTTEN_DAYS, 5000), st.booleans(), _RHYTHMS)
def test_nobody_is_forgotten_past_180_days(
    contacts: Contacts, days: int, asked: bool, rhythm: Rhythm
) -> None:
    assert contacts.last_on is not None
    today = contacts.last_on + dt.timedelta(days=days)
    planned = plan_follow_up(replace(contacts, asked_back=asked), today, rhythm)
    assert planned.standing is Standing.FORGOTTEN


@settings(deadline=None)
@given(_CONTACTS, _DAYS, st.booleans(), _RHYTHMS)
def test_it_turns_due_on_its_day_and_stays_so(
    contacts: Contacts, today: dt.date, asked: bool, rhythm: Rhythm
) -> None:
    planned = plan_follow_up(replace(contacts, asked_back=asked), today, rhythm)
    assert planned.due_on is not None
    assert planned.standing.is_due == (today >= planned.due_on)


@settings(deadline=None)
@given(
    st.datetimes(_FROM, _UNTIL),
    st.sampled_from(["America/Los_Angeles", "America/St_Johns", "Australia/Lord_Howe", "UTC"]),
    st.integers(0, 400),
)
def test_no_change_of_the_clocks_moves_a_day(naive: dt.datetime, name: str, days: int) -> None:
    """Visits on the same wall-clock time, so many days apart, are so many days apart."""
    zone = ZoneInfo(name)
    visited, now = (
        day_of(moment.replace(tzinfo=zone).astimezone(dt.UTC), zone)
        for moment in (naive, naive + dt.timedelta(days=days))
    )
    planned = plan_follow_up(Contacts(visited, visited), now, Rhythm())
    # A time that the clocks skip comes an hour later, which may be past midnight.
    assert planned.days_since is not None
    assert abs(planned.days_since - days) <= (naive.hour in {0, 23})


def test_a_leap_day_is_a_day_like_any_other() -> None:
    visited = dt.date(2028, 2, 29)
    planned = plan_follow_up(Contacts(visited, visited), visited, Rhythm())
    assert planned.due_on == dt.date(2028, 5, 29)
