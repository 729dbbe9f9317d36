from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.gifts import (
    CAUTION_CENTS,
    Gift,
    GiftRefused,
    Occasion,
    caution_line,
    check_gift,
    plan_year,
    suggest_gifts,
    sum_gifts,
)

DAY = dt.date(2026, 7, 4)


@dataclass(frozen=True)
class Office:
    """As the desk has it, with a count of referrals that no suggestion may look at."""

    code: str
    name: str = "An office"
    takes_gifts: bool = True
    last_gift_on: dt.date | None = None
    referrals: int = 0


_OFFICES = st.lists(
    st.builds(
        Office,
        st.text("abcdef", min_size=1, max_size=4),
        st.text(max_size=3),
        st.booleans(),
        st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
        st.integers(0, 500),
    ),
    max_size=12,
    unique_by=lambda office: office.code,
)
_DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@settings(deadline=None)
@given(_OFFICES, _DAYS, st.data())
def test_who_refers_how_much_changes_no_suggestion(
    offices: list[Office], today: dt.date, data: st.DataObject
) -> None:
    counts = data.draw(st.permutations([one.referrals for one in offices]))
    permuted = [replace(one, referrals=n) for one, n in zip(offices, counts, strict=True)]
    assert suggest_gifts(permuted, today) == suggest_gifts(offices, today)


@settings(deadline=None)
@given(_OFFICES, _DAYS)
def test_december_is_only_ever_discouraged_and_nobody_who_declined_is_named(
    offices: list[Office], today: dt.date
) -> None:
    welcome = {one.code for one in offices if one.takes_gifts}
    for one in suggest_gifts(offices, today):
        assert one.is_discouraged == (today.month == 12)
        assert set(one.codes) <= welcome
        assert one.codes


@pytest.mark.parametrize("day", [dt.date(2026, 6, 13), DAY])
def test_cookies_for_july_fourth_are_suggested_in_time(day: dt.date) -> None:
    (found,) = suggest_gifts([Office("a"), Office("b", takes_gifts=False)], day)
    assert (found.occasion, found.on, found.codes) == (Occasion.JULY_FOURTH, DAY, ("a",))


def test_after_the_fourth_nothing_is_suggested() -> None:
    assert suggest_gifts([Office("a")], dt.date(2026, 7, 5)) == ()


def test_whoever_had_theirs_is_not_named_again() -> None:
    assert suggest_gifts([Office("a", last_gift_on=dt.date(2026, 7, 2))], DAY) == ()


def test_cookies_come_again_a_year_later() -> None:
    office = Office("a", last_gift_on=dt.date(2025, 10, 1))
    (found,) = suggest_gifts([office], dt.date(2026, 10, 1))
    assert found.occasion is Occasion.AGAIN
    assert suggest_gifts([office], dt.date(2026, 9, 30)) == ()


@pytest.mark.parametrize(
    "what",
    [
        "Starbucks gift card", "a GIFT CERTIFICATE", "cash", "  ", "Visa card", "$50 Starbucks",
        "Amazon, 50 dollars", "Target Card", "Mastercard", "an e-gift", "pre-paid Visa", "20 €",
        "gi\u200bft card", "ｇｉｆｔ ｃａｒｄｓ", "coffee-card", "lottery tickets",
    ],
)  # fmt: skip
def test_money_is_no_gift(what: str) -> None:
    with pytest.raises(GiftRefused):
        check_gift(Gift("k7", what, 1000, DAY))


def test_cookies_are() -> None:
    check_gift(Gift("k7", "Lemon bars and honey", 1800, DAY, shared_by=6))


@pytest.mark.parametrize(
    "what",
    ["Cookies and a card", "A thank-you card, with cookies", "Get-well card", "Playing cards",
     "Season's card", "Starbucks coffee for all", "Card"],
)  # fmt: skip
def test_a_card_to_write_on_is_no_money(what: str) -> None:
    check_gift(Gift("k7", what, 300, DAY))


def test_each_person_is_counted_with_a_share_of_what_the_desk_got() -> None:
    gifts = [
        Gift("k7", "Cookies", 1000, DAY, shared_by=3),
        Gift("k7", "Lunch", 2500, DAY, person="dr-wu"),
        Gift("k7", "Cookies", 9900, dt.date(2025, 7, 4)),
    ]
    (found,) = sum_gifts(gifts, 2026)
    assert (found.person, found.cents, found.caution_cents) == ("dr-wu", 2834, 53500)
    assert not found.is_near


def test_the_line_is_that_of_its_year_or_says_that_it_is_older() -> None:
    assert caution_line(2026) == (53500, True)
    assert caution_line(2027) == (CAUTION_CENTS[max(CAUTION_CENTS)], False)


def test_near_the_line_and_over_it_are_told_apart() -> None:
    near, over = (
        sum_gifts([Gift("k7", "Lunch", cents, DAY, person="dr-wu")], 2026)[0]
        for cents in (42800, 53501)
    )
    assert (near.is_near, near.is_over) == (True, False)
    assert over.is_over


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Gift,
            st.sampled_from(["k7", "q4"]),
            st.just("Cookies"),
            st.integers(0, 9999),
            st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)),
            st.sampled_from(["", "a", "b"]),
            st.integers(1, 9),
        ),
        max_size=10,
    )
)
def test_no_cent_of_a_year_is_left_out(gifts: list[Gift]) -> None:
    for source in ("k7", "q4"):
        found = [one for one in sum_gifts(gifts, 2026) if one.source == source]
        mine = [one for one in gifts if one.source == source and one.on.year == 2026]
        assert bool(found) == bool(mine)
        for one in found:
            own = sum(gift.cents for gift in mine if gift.person == one.person != "")
            shared = sum(gift.cents / gift.shared_by for gift in mine if not gift.person)
            assert own + shared <= one.cents < own + shared + len(mine) + 1


def test_the_year_ahead_names_whose_turn_comes_by_months() -> None:
    offices = [
        Office("a", "Alder", last_gift_on=dt.date(2025, 10, 3)),
        Office("b", "Birch", last_gift_on=dt.date(2026, 3, 20)),
        Office("c", "Cedar", last_gift_on=dt.date(2026, 3, 2)),
        Office("d", "Dogwood", last_gift_on=dt.date(2025, 12, 10)),
        Office("e", "Elder", last_gift_on=dt.date(2026, 6, 30)),
        Office("f", "Fir"),
        Office("g", "Gorse", takes_gifts=False, last_gift_on=dt.date(2026, 3, 2)),
    ]
    today = dt.date(2026, 11, 16)
    found = [(one.occasion, one.on, one.codes) for one in plan_year(offices, today)]
    everybody = ("a", "b", "c", "d", "e", "f")
    assert found == [
        (Occasion.AGAIN, today, ("a",)),
        (Occasion.DECEMBER, dt.date(2026, 12, 1), everybody),
        (Occasion.AGAIN, dt.date(2027, 1, 1), ("d",)),
        (Occasion.AGAIN, dt.date(2027, 3, 1), ("b", "c")),
        (Occasion.JULY_FOURTH, dt.date(2027, 7, 4), everybody),
    ]
    assert plan_year([offices[-1]], today) == ()


@settings(deadline=None)
@given(_OFFICES, _DAYS, st.data())
def test_the_year_ahead_knows_no_count_and_has_december_to_say_no(
    offices: list[Office], today: dt.date, data: st.DataObject
) -> None:
    counts = data.draw(st.permutations([one.referrals for one in offices]))
    permuted = [replace(one, referrals=n) for one, n in zip(offices, counts, strict=True)]
    year = plan_year(offices, today)
    assert plan_year(permuted, today) == year
    assert bool(year) == any(one.takes_gifts for one in offices)
    for one in year:
        assert one.on >= today
        assert one.is_discouraged == (one.occasion is Occasion.DECEMBER)
        assert one.is_discouraged or one.on.month != 12 or one.on == today
