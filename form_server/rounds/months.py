"""Referrals by month and source, as a chart shows them and the table beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from form_server.ledger import Ledger
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class Month:
    """`first` is its first day; `by_source` has codes, "" for those who came under none."""

    first: dt.date
    by_source: dict[str, int]

    @property
    def count(self) -> int:
        return sum(self.by_source.values())


def count_by_month(
    ledger: Ledger, practice: Practice, inbox_ids: Sequence[str], now: dt.datetime, months: int = 12
) -> tuple[Month, ...]:
    """So many months up to the one of `now`, oldest first; a month without any stands there too."""
    zone = practice.time_zone
    last = practice.today(now).replace(day=1)
    firsts = [_months_before(last, back) for back in range(months - 1, -1, -1)]
    since = dt.datetime.combine(firsts[0], dt.time.min, zone).astimezone(dt.UTC)
    came = ledger.tallies.received(inbox_ids, since, now + dt.timedelta(microseconds=1))
    found: dict[dt.date, Counter[str]] = {first: Counter() for first in firsts}
    for code, moments in came.items():
        for at in moments:
            found[at.astimezone(zone).date().replace(day=1)][code] += 1
    return tuple(Month(first, dict(found[first])) for first in firsts)


def _months_before(first: dt.date, months: int) -> dt.date:
    place = first.year * 12 + first.month - 1 - months
    return dt.date(place // 12, place % 12 + 1, 1)
