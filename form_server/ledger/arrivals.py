"""What came in a period, column by column, for whoever adds it up in more ways than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Arrivals:
    """Each column has an entry for every referral, in one order. Columns, because tens of thousands
    of them are counted for one page.

    `codes` have "" for none, fits and outcomes are the values of theirs, which count faster than
    members of an enumeration. `spans` are numbers, from 0, of the stretches between two edges of the
    period. `response_s` is None before a first contact. `booked` has code, span and seconds up to
    the appointment, of those who got one.
    """

    codes: Sequence[str]
    spans: Sequence[int]
    fits: Sequence[str | None]
    outcomes: Sequence[str | None]
    response_s: Sequence[float | None]
    booked: Sequence[tuple[str, int, float]]
