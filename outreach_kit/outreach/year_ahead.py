"""What a year says about the next one: whom to keep seeing, to explain the niche to, to win back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.outreach.scorecard import Tally

_AT_MOST: Final = 3
_WORTH_KEEPING: Final = 1.0


@frozen
class YearOfSource:
    """`before` is how many it sent in the year before; `was_seen` whether there was any contact."""

    name: str
    tally: Tally
    before: int
    was_seen: bool
    wants_visits: bool


@frozen
class Ahead:
    """Names, three at most in each; nobody is in two of them."""

    keep: tuple[str, ...]
    explain: tuple[str, ...]
    win_back: tuple[str, ...]
    see: tuple[str, ...]


def look_ahead(sources: Iterable[YearOfSource]) -> Ahead:
    """Those who want no visits are left alone, however much they sent."""
    there = [one for one in sources if one.wants_visits]
    taken: set[str] = set()

    def choose(
        holds: Callable[[YearOfSource], bool], worth: Callable[[YearOfSource], float]
    ) -> tuple[str, ...]:
        found = [one for one in there if one.name not in taken and holds(one)]
        names = [one.name for one in sorted(found, key=lambda one: (-worth(one), one.name))]
        taken.update(names[:_AT_MOST])
        return tuple(names[:_AT_MOST])

    explain = choose(
        lambda one: one.tally.mismatches > one.tally.fits + one.tally.edges,
        lambda one: one.tally.mismatches,
    )
    win_back = choose(
        lambda one: one.before > 0 and one.tally.referrals == 0, lambda one: one.before
    )
    see = choose(
        lambda one: one.tally.referrals > 0 and not one.was_seen, lambda one: one.tally.good
    )
    keep = choose(lambda one: one.tally.good >= _WORTH_KEEPING, lambda one: one.tally.good)
    return Ahead(keep, explain, win_back, see)
