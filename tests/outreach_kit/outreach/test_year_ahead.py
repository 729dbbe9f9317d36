from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.outreach.scorecard import Tally
from outreach_kit.outreach.year_ahead import Ahead, YearOfSource, look_ahead


def a_source(
    name: str,
    *,
    fits: int = 0,
    out: int = 0,
    before: int = 0,
    seen: bool = True,
    open_: bool = True,
) -> YearOfSource:
    return YearOfSource(name, Tally(fits + out, fits=fits, mismatches=out), before, seen, open_)


def test_each_year_says_who_is_next() -> None:
    sources = [
        a_source("Best", fits=9),
        a_source("Good", fits=2),
        a_source("Wrong", fits=1, out=4),
        a_source("Gone", before=3),
        a_source("Unseen", fits=3, seen=False),
        a_source("Never"),
        a_source("Friend", fits=20, open_=False),
    ]
    assert look_ahead(sources) == Ahead(
        keep=("Best", "Good"), explain=("Wrong",), win_back=("Gone",), see=("Unseen",)
    )


counts = st.integers(0, 6)
some = st.builds(
    a_source,
    st.text("abcdef", min_size=1, max_size=3),
    fits=counts, out=counts, before=counts, seen=st.booleans(), open_=st.booleans(),
)  # fmt: skip


@given(st.lists(some, max_size=12, unique_by=lambda one: one.name))
def test_nobody_is_named_twice_and_nobody_who_wants_no_visit(sources: list[YearOfSource]) -> None:
    ahead = look_ahead(sources)
    parts = (ahead.keep, ahead.explain, ahead.win_back, ahead.see)
    named = [name for part in parts for name in part]
    assert len(named) == len(set(named))
    assert set(named) <= {one.name for one in sources if one.wants_visits}
    assert all(len(part) <= 3 for part in parts)
    assert look_ahead(list(reversed(sources))) == ahead, "the order of the list says nothing"
