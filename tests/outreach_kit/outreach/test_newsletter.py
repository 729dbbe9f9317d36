from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.newsletter import (
    QUARTER_DAYS,
    LeftOut,
    Reader,
    first_day_that_counts,
    free_on,
    plain_address,
    plan_mailing,
)

DAY = dt.date(2026, 11, 16)
_ADDRESSES = st.sampled_from(["", " ", "a@x.example", "A@X.example", "b@x.example", " b@X.example"])
_DATES = st.none() | st.dates(dt.date(2024, 1, 1), DAY)
_READERS = st.lists(
    st.builds(
        Reader,
        st.text(),
        _ADDRESSES,
        st.sampled_from(["", "schools"]),
        st.just("k7"),
        _DATES,
        _DATES,
    ),
    max_size=12,
)


def reader(address: str = "priya@mill.example", **said: object) -> Reader:
    return Reader("Priya", address, **{"agreed_on": DAY, **said})  # type: ignore[arg-type]


def why(one: Reader, *unsubscribed: str) -> LeftOut | None:
    left = plan_mailing([one], set(unsubscribed), {""}).left_out
    return left[0][1] if left else None


def test_who_agreed_or_was_met_gets_it() -> None:
    assert why(reader()) is None
    assert why(reader(agreed_on=None, met_on=DAY)) is None
    assert why(reader(agreed_on=None)) is LeftOut.NEVER_MET


def test_who_unsubscribed_never_gets_it_however_it_is_spelled() -> None:
    assert why(reader(" Priya@MILL.example"), "priya@mill.example") is LeftOut.UNSUBSCRIBED


def test_the_others_are_named_with_the_reason() -> None:
    assert why(reader("")) is LeftOut.NO_ADDRESS
    assert why(reader(audience="schools")) is LeftOut.OTHER_AUDIENCE
    two = plan_mailing([reader(), reader("PRIYA@mill.example")], set())
    assert [left for _, left in two.left_out] == [LeftOut.SAME_ADDRESS]


def lately(mailed_on: dt.date, today: dt.date) -> set[str]:
    """The reader's address, where they were written to within the quarter."""
    return {"priya@mill.example"} if mailed_on >= first_day_that_counts(today) else set()


def test_once_a_quarter_at_most_for_each_reader() -> None:
    mailed_on = DAY - dt.timedelta(days=QUARTER_DAYS - 1)
    both = plan_mailing(
        [reader("Priya@mill.example"), reader("sam@mill.example")],
        set(),
        None,
        lately(mailed_on, DAY),
    )
    assert [one.address for one in both.readers] == ["sam@mill.example"]
    assert [why for _, why in both.left_out] == [LeftOut.TOO_SOON]
    assert free_on(mailed_on) == DAY + dt.timedelta(days=1)
    assert not lately(mailed_on, free_on(mailed_on))


@settings(deadline=None)
@given(_READERS, st.sets(st.sampled_from(["a@x.example", "b@x.example"])))
def test_each_address_once_and_nobody_who_may_not(
    candidates: list[Reader], unsubscribed: set[str]
) -> None:
    mailing = plan_mailing(candidates, unsubscribed)
    addresses = [plain_address(one.address) for one in mailing.readers]
    assert len(addresses) == len(set(addresses))
    assert not unsubscribed & set(addresses)
    assert all(one.agreed_on or one.met_on for one in mailing.readers)
    assert len(mailing.readers) + len(mailing.left_out) == len(candidates)
    reached = {plain_address(one.address) for one in candidates if one.agreed_on and one.address}
    assert reached - unsubscribed - {""} <= set(addresses)


@settings(deadline=None)
@given(st.lists(st.dates(dt.date(2025, 1, 1), DAY), max_size=8))
def test_what_one_reader_gets_by_the_rule_is_a_quarter_apart(days: list[dt.date]) -> None:
    got: list[dt.date] = []
    for day in sorted(days):
        before = lately(got[-1], day) if got else set()
        if plan_mailing([reader()], set(), None, before).readers:
            got.append(day)
    assert all((later - earlier).days >= QUARTER_DAYS for earlier, later in pairwise(got))
    assert not days or got
