from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.stock import WEAR, Item, Stock, StockEvent, StockKind, estimate_stock

START = dt.date(2026, 1, 5)
_DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
_EVENTS = st.lists(
    st.builds(
        StockEvent,
        st.sampled_from(Item),
        st.sampled_from(StockKind),
        st.integers(0, 100),
        _DAYS,
    ),
    max_size=12,
)
_REFERRED = st.lists(_DAYS, max_size=12)


def on(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def given_cards(count: int, days: int = 0) -> StockEvent:
    return StockEvent(Item.CARD, StockKind.GIVEN, count, on(days))


def cards(stocks: tuple[Stock, ...]) -> Stock:
    return next(one for one in stocks if one.item is Item.CARD)


def test_cards_go_with_time_and_with_referrals() -> None:
    assert cards(estimate_stock([given_cards(40)], [], on(30))).left == 34
    assert cards(estimate_stock([given_cards(40)], [on(3), on(9)], on(30))).left == 30


def test_what_was_counted_on_the_spot_is_believed() -> None:
    counted = StockEvent(Item.CARD, StockKind.COUNTED, 3, on(20))
    assert cards(estimate_stock([given_cards(40), counted], [on(1)], on(20))).left == 3


def test_what_was_counted_and_then_given_on_a_day_adds_up() -> None:
    counted = StockEvent(Item.CARD, StockKind.COUNTED, 3, on(20))
    assert cards(estimate_stock([given_cards(20, 20), counted], [], on(20))).left == 23


def test_an_office_that_was_given_none_has_no_day_and_lacks_a_full_stack() -> None:
    assert cards(estimate_stock([], [], START)) == Stock(
        Item.CARD, 0, None, is_low=False, to_bring=WEAR[Item.CARD].full
    )


@settings(deadline=None)
@given(_EVENTS, _REFERRED, _DAYS)
def test_nothing_runs_below_zero_and_what_is_brought_fills_up(
    events: list[StockEvent], referred: list[dt.date], today: dt.date
) -> None:
    for one in estimate_stock(events, referred, today):
        assert one.left >= 0
        assert one.left + one.to_bring >= WEAR[one.item].full


@settings(deadline=None)
@given(_EVENTS, _REFERRED, st.integers(0, 400))
def test_it_only_goes_down_while_nobody_brings_any(
    events: list[StockEvent], referred: list[dt.date], days: int
) -> None:
    end = dt.date(2027, 1, 1)
    now, later = (
        estimate_stock(events, referred, day) for day in (end, end + dt.timedelta(days=days))
    )
    assert all(after.left <= before.left for before, after in zip(now, later, strict=True))


@settings(deadline=None)
@given(_EVENTS, _REFERRED, st.integers(1, 50))
def test_a_card_more_is_never_a_card_less(
    events: list[StockEvent], referred: list[dt.date], more: int
) -> None:
    end = dt.date(2027, 1, 1)
    brought = [*events, StockEvent(Item.CARD, StockKind.GIVEN, more, end)]
    before, after = (cards(estimate_stock(one, referred, end)) for one in (events, brought))
    assert after.left == before.left + more


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(0, 200))
def test_without_referrals_it_is_low_on_its_day_and_not_before(count: int, days: int) -> None:
    """The day that is foretold on the first day is the one on which it comes true."""
    events = [given_cards(count)]
    foretold = cards(estimate_stock(events, [], START)).low_on
    today = cards(estimate_stock(events, [], on(days)))
    assert foretold is not None
    assert today.is_low == (on(days) >= foretold)


@pytest.mark.parametrize("item", Item)
@settings(deadline=None)
@given(weekdays=st.lists(st.integers(0, 6), min_size=40, max_size=40), brought=st.integers(1, 9))
def test_two_weeks_before_any_runs_out_it_was_called_low(
    item: Item, weekdays: list[int], brought: int
) -> None:
    """A referral a week comes, on any day of it, and nobody brings any more."""
    referred = [on(7 * week + day) for week, day in enumerate(weekdays)]
    events = [StockEvent(item, StockKind.GIVEN, WEAR[item].full + brought, START)]
    place = list(Item).index(item)
    for days in range(0, 7 * len(weekdays), 5):
        there = estimate_stock(events, referred, on(days))[place]
        if not there.is_low:
            assert (
                estimate_stock(events, referred, on(days + 14))[place].left > 0 or item is Item.PAD
            )
