"""When to come back to a source: every three months, never under 60 days, in red after 180.

Days are dates on the practice's calendar, so that no change of the clocks moves any of them. Only a
day that the office itself asked for may come sooner than 60 days: that is a promise, and no nagging.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from outreach_kit.errors import HandoffError
from outreach_kit.frozen import frozen

NUISANCE_DAYS: Final = 60
USUAL_DAYS: Final = 90
FORGOTTEN_DAYS: Final = 180


class Tier(StrEnum):
    """How much a source is worth an hour; where it comes from is the scorecard's to say."""

    A = "a"
    B = "b"
    C = "c"


class RhythmRefused(HandoffError):
    """A rhythm under which offices would be nagged, or forgotten."""

    def __init__(self, tier: Tier, days: int) -> None:
        self.tier = tier
        self.days = days
        super().__init__(
            f"Every {days} days for {tier.value.upper()} is too "
            f"{'often' if days < NUISANCE_DAYS else 'seldom'}. Choose {NUISANCE_DAYS} to "
            f"{FORGOTTEN_DAYS} days."
        )


@frozen
class Rhythm:
    """Days between two contacts, by tier; raises RhythmRefused outside 60 to 180."""

    a: int = USUAL_DAYS
    b: int = USUAL_DAYS
    c: int = USUAL_DAYS

    def __post_init__(self) -> None:
        for tier in Tier:
            if not NUISANCE_DAYS <= self.every(tier) <= FORGOTTEN_DAYS:
                raise RhythmRefused(tier, self.every(tier))

    @classmethod
    def of(cls, days: Mapping[str, int]) -> Self:
        """From “a”, “b”, “c” and their days; what is missing is as usual."""
        return cls(**{tier.value: days.get(tier.value, USUAL_DAYS) for tier in Tier})

    def every(self, tier: Tier | None) -> int:
        """As for B where nobody knows the tier yet."""
        return {Tier.A: self.a, Tier.B: self.b, Tier.C: self.c}[tier or Tier.B]


class Standing(StrEnum):
    RESTING = "resting"
    """Nobody wants a visit: a directory, a friend, or an office that said so."""
    QUIET = "quiet"
    FIRST = "first"
    """Nobody has been there yet."""
    DUE = "due"
    FORGOTTEN = "forgotten"

    @property
    def is_due(self) -> bool:
        return self in {Standing.FIRST, Standing.DUE, Standing.FORGOTTEN}


@frozen
class Contacts:
    """What the rule knows of one source.

    `next_on` was agreed at the last contact; `asked_back` says that the office asked for that day.
    `every_days` is the source's own rhythm.
    """

    added_on: dt.date
    last_on: dt.date | None = None
    next_on: dt.date | None = None
    asked_back: bool = False
    tier: Tier | None = None
    every_days: int | None = None
    rests: bool = False


@frozen
class FollowUp:
    """`due_on` is None for a source at rest; `days_since` counts from the last contact."""

    standing: Standing
    due_on: dt.date | None
    days_since: int | None


def day_of(at: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The practice's date at a moment."""
    return at.astimezone(zone).date()


def plan_follow_up(contacts: Contacts, today: dt.date, rhythm: Rhythm) -> FollowUp:
    since = None if contacts.last_on is None else (today - contacts.last_on).days
    if contacts.rests:
        return FollowUp(Standing.RESTING, None, since)
    if contacts.last_on is None:
        waits = (today - contacts.added_on).days
        standing = Standing.FORGOTTEN if waits >= FORGOTTEN_DAYS else Standing.FIRST
        return FollowUp(standing, contacts.added_on, None)
    due_on = _due_on(contacts, contacts.last_on, rhythm)
    if today >= contacts.last_on + dt.timedelta(days=FORGOTTEN_DAYS):
        return FollowUp(Standing.FORGOTTEN, due_on, since)
    return FollowUp(Standing.DUE if today >= due_on else Standing.QUIET, due_on, since)


def _due_on(contacts: Contacts, last_on: dt.date, rhythm: Rhythm) -> dt.date:
    next_on = contacts.next_on
    if next_on is not None and next_on > last_on:
        if contacts.asked_back:
            return min(next_on, last_on + dt.timedelta(days=FORGOTTEN_DAYS))
        days = (next_on - last_on).days
    else:
        days = contacts.every_days or rhythm.every(contacts.tier)
    return last_on + dt.timedelta(days=min(max(days, NUISANCE_DAYS), FORGOTTEN_DAYS))
