from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.thanks import (
    BATCH_DAYS,
    SETTLING_DAYS,
    Received,
    batch_day,
    batch_to_make,
    next_batch_day,
    plan_batches,
)

_DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))
_RECEIVED = st.builds(
    Received,
    st.sampled_from(["k7", "q4", "z9"]),
    _DAYS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def test_each_referral_of_an_office_is_owed_one() -> None:
    day = dt.date(2026, 11, 3)
    (batch,) = plan_batches([Received("k7", day), Received("k7", day), Received("q4", day)])
    assert batch.on == dt.date(2026, 11, 15)
    assert batch.owed == (("k7", 2), ("q4", 1))
    assert batch.count == 3


@pytest.mark.parametrize("why", ["is_private", "is_thanked"])
def test_clients_friends_and_those_thanked_are_owed_none(why: str) -> None:
    said = {why: True}
    assert plan_batches([Received("k7", dt.date(2026, 11, 3), **said)]) == ()


def test_a_drill_is_owed_none() -> None:
    assert plan_batches([Received("k7", dt.date(2026, 11, 3), is_person=False)]) == ()


@settings(deadline=None)
@given(_DAYS)
def test_a_card_goes_out_on_a_fixed_day_and_never_on_the_heels_of_a_referral(
    received_on: dt.date,
) -> None:
    on = batch_day(received_on)
    assert on.day in BATCH_DAYS
    assert SETTLING_DAYS <= (on - received_on).days <= SETTLING_DAYS + 17


@settings(deadline=None)
@given(_DAYS, st.integers(0, 20))
def test_whatever_came_within_one_half_month_goes_out_together(day: dt.date, later: int) -> None:
    """So that the date of a card tells no more than the half month."""
    other = day + dt.timedelta(days=later)
    settled = [one + dt.timedelta(days=SETTLING_DAYS) for one in (day, other)]
    together = next_batch_day(settled[0]) == next_batch_day(settled[1])
    assert (batch_day(day) == batch_day(other)) == together
    if batch_day(day) != batch_day(other):
        assert settled[1] > batch_day(day)


@settings(deadline=None)
@given(st.lists(_RECEIVED, max_size=20), st.lists(_RECEIVED, max_size=20))
def test_no_other_referral_moves_a_card(mine: list[Received], others: list[Received]) -> None:
    alone = {batch.on for batch in plan_batches(mine)}
    assert alone <= {batch.on for batch in plan_batches([*mine, *others])}


@settings(deadline=None)
@given(st.lists(_RECEIVED, max_size=20))
def test_none_is_lost_and_none_is_thanked_twice(received: list[Received]) -> None:
    owed = [one for one in received if one.is_person and not one.is_private and not one.is_thanked]
    assert sum(batch.count for batch in plan_batches(received)) == len(owed)


@pytest.mark.parametrize(
    ("today", "batch"),
    [
        ("2026-11-26", "2026-11-15"),
        ("2026-11-27", "2026-12-01"),
        ("2026-12-01", "2026-12-01"),
        ("2026-12-02", "2026-12-01"),
        ("2026-12-10", "2026-12-01"),
        ("2026-12-11", "2026-12-15"),
        ("2026-12-27", "2026-12-15"),
        ("2026-12-28", "2027-01-01"),
    ],
)
def test_a_batch_is_made_once_nothing_more_gets_into_it(today: str, batch: str) -> None:
    assert batch_to_make(dt.date.fromisoformat(today)).isoformat() == batch


@given(_DAYS)
def test_what_is_made_today_holds_nothing_that_came_later(today: dt.date) -> None:
    batch = batch_to_make(today)
    assert batch.day in BATCH_DAYS
    assert batch_day(today) > batch
    assert (batch - today).days < SETTLING_DAYS
    assert batch_to_make(batch) == batch, "and on its own day it is made still"
