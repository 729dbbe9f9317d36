"""When to try again: the same day, two to three days later, then five to seven days after that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from outreach_kit.frozen import frozen

_PAUSES_DAYS = ((2, 3), (5, 7))


@frozen
class NextTry:
    """The days on which the next try is due; the last of all takes another way than before."""

    first_on: dt.date
    last_on: dt.date
    by_another_way: bool


def plan_next_try(tries: Sequence[dt.datetime], zone: ZoneInfo) -> NextTry | None:
    """What follows these tries, of which none reached anybody; None before the first and after all.

    Several tries on one day, like a call and a text after it, are one step of the rhythm.
    """
    days = sorted({at.astimezone(zone).date() for at in tries})
    if not 0 < len(days) <= len(_PAUSES_DAYS):
        return None
    first, last = _PAUSES_DAYS[len(days) - 1]
    return NextTry(
        first_on=days[-1] + dt.timedelta(days=first),
        last_on=days[-1] + dt.timedelta(days=last),
        by_another_way=len(days) == len(_PAUSES_DAYS),
    )
