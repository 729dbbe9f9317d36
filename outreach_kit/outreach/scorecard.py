"""What comes of each source, its tier, and where the next hour goes.

The formula, over the twelve months before today:

- *good* = referrals that fit + half of those on the edge + half of those nobody has weighed;
- *fit rate* = (fits + half of the edge) / all that were weighed;
- *tier* A from four good referrals a year (one a quarter), B from one, else C; what somebody set by
  hand goes before;
- *worth of an hour* = (1 + good + half of the mismatches) × how long it has been, which is days since
  the last contact by the days of its rhythm, at most 2, and 1 where nobody has been yet. It is 0 while
  a visit would be too soon, or is not wanted. The 1 is what an office may become; a mismatch counts,
  because explaining the niche again is an hour well spent.

No gift depends on any of it.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.outreach.follow_up import FollowUp, Rhythm, Standing, Tier

LOOKED_BACK_DAYS: Final = 365
_GOOD_FOR_A: Final = 4.0
_GOOD_FOR_B: Final = 1.0
_LONGEST_WAIT: Final = 2.0


@frozen
class Tally:
    """What a source sent in those twelve months, without drills, spam and what came twice.

    Seconds run on the clock, nights and weekends included. `outcomes` go by their names; what is
    open has none.
    """

    referrals: int = 0
    fits: int = 0
    edges: int = 0
    mismatches: int = 0
    first_response_s: Sequence[float] = ()
    to_appointment_s: Sequence[float] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)
    last_referral_on: dt.date | None = None
    last_mismatch_on: dt.date | None = None

    @property
    def weighed(self) -> int:
        return self.fits + self.edges + self.mismatches

    @property
    def good(self) -> float:
        return self.fits + (self.edges + self.referrals - self.weighed) / 2

    @property
    def fit_rate(self) -> float | None:
        return (self.fits + self.edges / 2) / self.weighed if self.weighed else None

    @property
    def median_first_response(self) -> dt.timedelta | None:
        return _median(self.first_response_s)

    @property
    def median_to_appointment(self) -> dt.timedelta | None:
        return _median(self.to_appointment_s)


class Hour(StrEnum):
    """What the next hour for a source is best spent on."""

    VISIT = "visit"
    EXPLAIN = "explain"
    """More mismatches than fits: say again whom we help."""
    WAIT = "wait"
    REST = "rest"


@frozen
class Score:
    tier: Tier
    is_tier_set: bool
    hour: Hour
    worth: float


def score(tally: Tally, follow_up: FollowUp, rhythm: Rhythm, set_tier: Tier | None = None) -> Score:
    tier = set_tier or tier_of(tally)
    hour = _hour(tally, follow_up)
    worth = 0.0
    if hour in {Hour.VISIT, Hour.EXPLAIN}:
        worth = (1 + tally.good + tally.mismatches / 2) * _waited(follow_up, rhythm, tier)
    return Score(tier, set_tier is not None, hour, worth)


def tier_of(tally: Tally) -> Tier:
    if tally.good >= _GOOD_FOR_A:
        return Tier.A
    return Tier.B if tally.good >= _GOOD_FOR_B else Tier.C


def add_up(tallies: Iterable[Tally]) -> Tally:
    """All sources together; medians are then over all referrals, and not of medians."""
    every = tuple(tallies)
    outcomes: dict[str, int] = {}
    for one in every:
        for name, count in one.outcomes.items():
            outcomes[name] = outcomes.get(name, 0) + count
    referred = [one.last_referral_on for one in every if one.last_referral_on]
    mismatched = [one.last_mismatch_on for one in every if one.last_mismatch_on]
    return Tally(
        referrals=sum(one.referrals for one in every),
        fits=sum(one.fits for one in every),
        edges=sum(one.edges for one in every),
        mismatches=sum(one.mismatches for one in every),
        first_response_s=[wait for one in every for wait in one.first_response_s],
        to_appointment_s=[wait for one in every for wait in one.to_appointment_s],
        outcomes=outcomes,
        last_referral_on=max(referred, default=None),
        last_mismatch_on=max(mismatched, default=None),
    )


def _hour(tally: Tally, follow_up: FollowUp) -> Hour:
    if follow_up.standing is Standing.RESTING:
        return Hour.REST
    if not follow_up.standing.is_due:
        return Hour.WAIT
    return Hour.EXPLAIN if tally.mismatches > tally.fits + tally.edges else Hour.VISIT


def _waited(follow_up: FollowUp, rhythm: Rhythm, tier: Tier) -> float:
    if follow_up.days_since is None:
        return 1.0
    return min(_LONGEST_WAIT, follow_up.days_since / rhythm.every(tier))


def _median(seconds: Sequence[float]) -> dt.timedelta | None:
    return dt.timedelta(seconds=statistics.median(seconds)) if seconds else None
