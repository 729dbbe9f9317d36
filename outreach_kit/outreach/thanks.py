"""Thank-yous: one for each referral received, whatever came of it, sent in batches on fixed days.

A batch goes out twice a month, on days that no referral moves, with everything in it that came before
the last few days. So the date of a card tells nobody when a patient called, and no card follows a
referral closely enough to be matched with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from outreach_kit.frozen import frozen

BATCH_DAYS: Final = (1, 15)
"""Of a month."""
SETTLING_DAYS: Final = 5
"""What came later than that before a batch waits for the next."""


@frozen
class Received:
    """One referral as far as a thank-you is concerned: nothing of the patient.

    `is_private` is a client, a friend or a directory; `is_person` false for a drill or spam.
    """

    source: str
    on: dt.date
    is_private: bool = False
    is_person: bool = True
    is_thanked: bool = False


@frozen
class Batch:
    """The cards of one day; `owed` says how many referrals each source is thanked for."""

    on: dt.date
    owed: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _, count in self.owed)


def is_owed(received: Received) -> bool:
    return received.is_person and not received.is_private and not received.is_thanked


def batch_day(received_on: dt.date) -> dt.date:
    """The day on which a referral's thank-you goes out, which depends on its half month alone."""
    return next_batch_day(received_on + dt.timedelta(days=SETTLING_DAYS))


def next_batch_day(day: dt.date) -> dt.date:
    """The first batch day that is not before this day."""
    for batch in BATCH_DAYS:
        if day.day <= batch:
            return day.replace(day=batch)
    following = day.replace(day=28) + dt.timedelta(
        days=4
    )  # in the next month, whatever this one is
    return following.replace(day=BATCH_DAYS[0])


def batch_to_make(today: dt.date) -> dt.date:
    """The batch whose cards can be made: the coming one once nothing more gets into it; until then
    the one before, of which something may be late."""
    coming = next_batch_day(today)
    if today > coming - dt.timedelta(days=SETTLING_DAYS):
        return coming
    earlier = [day for day in BATCH_DAYS if day < coming.day]
    return coming.replace(day=earlier[-1]) if earlier else _before(coming)


def _before(first: dt.date) -> dt.date:
    """The last batch day of the month before."""
    return (first - dt.timedelta(days=1)).replace(day=BATCH_DAYS[-1])


def plan_batches(received: Iterable[Received]) -> tuple[Batch, ...]:
    """Everything owed, by the day it goes out; a day that has passed is late and stays in its place."""
    by_day: dict[dt.date, dict[str, int]] = {}
    for one in received:
        if is_owed(one):
            sources = by_day.setdefault(batch_day(one.on), {})
            sources[one.source] = sources.get(one.source, 0) + 1
    return tuple(Batch(on, tuple(sorted(by_day[on].items()))) for on in sorted(by_day))
