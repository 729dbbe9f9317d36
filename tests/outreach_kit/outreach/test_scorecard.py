from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.follow_up import FollowUp, Rhythm, Standing, Tier
from outreach_kit.outreach.scorecard import Hour, Tally, add_up, score, tier_of

DAY = dt.date(2026, 11, 16)
DUE = FollowUp(Standing.DUE, DAY, 90)
_SECONDS = st.lists(st.floats(0, 1e7), max_size=6)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    fits, edges, mismatches, unweighed = (draw(st.integers(0, 20)) for _ in range(4))
    return Tally(
        fits + edges + mismatches + unweighed,
        fits,
        edges,
        mismatches,
        draw(_SECONDS),
        draw(_SECONDS),
        draw(st.dictionaries(st.sampled_from(["attended", "redirected"]), st.integers(1, 9))),
        draw(st.none() | st.dates()),
        draw(st.none() | st.dates()),
    )


_STANDINGS = st.builds(FollowUp, st.sampled_from(Standing), st.just(DAY), st.integers(0, 900))


def test_the_figures_of_a_source_are_medians_and_shares() -> None:
    tally = Tally(5, 2, 1, 1, [60.0, 600.0, 6000.0], [86400.0, 172800.0])
    assert tally.fit_rate == 2.5 / 4
    assert tally.good == 3.0
    assert tally.median_first_response == dt.timedelta(minutes=10)
    assert tally.median_to_appointment == dt.timedelta(days=1.5)


def test_without_referrals_there_is_no_rate_and_no_median() -> None:
    none = Tally()
    assert (none.fit_rate, none.median_first_response, none.good) == (None, None, 0)


@pytest.mark.parametrize(
    ("tally", "tier"),
    [
        (Tally(4, fits=4), Tier.A),
        (Tally(8), Tier.A),
        (Tally(7), Tier.B),
        (Tally(1, fits=1), Tier.B),
        (Tally(9, mismatches=9), Tier.C),
        (Tally(), Tier.C),
    ],
)
def test_a_tier_is_what_fits_in_a_year(tally: Tally, tier: Tier) -> None:
    assert tier_of(tally) is tier


def test_a_tier_set_by_hand_goes_before() -> None:
    found = score(Tally(), DUE, Rhythm(), Tier.A)
    assert (found.tier, found.is_tier_set) == (Tier.A, True)


def test_an_hour_explains_where_mismatches_outweigh() -> None:
    assert score(Tally(3, fits=1, mismatches=2), DUE, Rhythm()).hour is Hour.EXPLAIN
    assert score(Tally(4, fits=2, mismatches=2), DUE, Rhythm()).hour is Hour.VISIT


def test_a_new_office_is_worth_an_hour_and_a_good_one_more() -> None:
    new = score(Tally(), FollowUp(Standing.FIRST, DAY, None), Rhythm())
    good = score(Tally(4, fits=4), DUE, Rhythm())
    assert 0 < new.worth < good.worth


def test_medians_of_all_are_over_all_referrals() -> None:
    both = add_up([Tally(1, first_response_s=[60.0]), Tally(2, first_response_s=[120.0, 180.0])])
    assert both.median_first_response == dt.timedelta(minutes=2)


@settings(deadline=None)
@given(tallies(), _STANDINGS)
def test_no_hour_goes_where_a_visit_would_nag(tally: Tally, follow_up: FollowUp) -> None:
    found = score(tally, follow_up, Rhythm())
    assert (found.worth > 0) <= follow_up.standing.is_due
    assert (found.hour in {Hour.VISIT, Hour.EXPLAIN}) == follow_up.standing.is_due


@settings(deadline=None)
@given(tallies(), _STANDINGS)
def test_one_more_that_fits_never_lowers_a_source(tally: Tally, follow_up: FollowUp) -> None:
    more = replace(tally, referrals=tally.referrals + 1, fits=tally.fits + 1)
    assert tier_of(more) <= tier_of(tally)
    assert score(more, follow_up, Rhythm()).worth >= score(tally, follow_up, Rhythm()).worth


@settings(deadline=None)
@given(st.lists(tallies(), max_size=5))
def test_the_whole_is_the_sum_of_its_sources(every: list[Tally]) -> None:
    whole = add_up(every)
    assert whole.referrals == sum(one.referrals for one in every)
    assert whole.weighed == sum(one.weighed for one in every)
    assert sum(whole.outcomes.values()) == sum(sum(one.outcomes.values()) for one in every)
    assert len(whole.first_response_s) == sum(len(one.first_response_s) for one in every)
