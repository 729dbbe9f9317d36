"""How many are due and how many run low, for pages that say only so much, and say it often.

A survey of thousands takes a good part of what such a page may take, so its counts are kept until a
visit, an office, a setting or the day is another one. A referral alone changes an estimate by a card.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from form_server.ledger import Ledger
from form_server.rounds.survey import survey
from outreach_kit.outreach.follow_up import Standing
from outreach_kit.practice import Practice

_MOST_KEPT = 16
"""One for each set of inboxes that somebody looks into."""


@dataclass(frozen=True)
class RoundsDue:
    """Offices; `forgotten` are among those who are due."""

    due: int
    forgotten: int
    low: int


def count_due(
    ledger: Ledger, practice: Practice, inbox_ids: Sequence[str], now: dt.datetime
) -> RoundsDue:
    seen = survey(ledger, practice, inbox_ids, now)
    standings = [one.follow_up.standing for one in seen.due]
    return RoundsDue(len(standings), standings.count(Standing.FORGOTTEN), len(seen.running_low()))


_Key = tuple[dt.date, tuple[str, ...], str]


@dataclass
class KeptDue:
    """Safe to share between threads: at worst two of them count the same."""

    _kept: dict[_Key, RoundsDue] = field(default_factory=dict)

    def __call__(
        self, ledger: Ledger, practice: Practice, inbox_ids: Sequence[str], now: dt.datetime
    ) -> RoundsDue:
        key = (practice.today(now), tuple(inbox_ids), ledger.outreach_state.read())
        found = self._kept.get(key)
        if found is None:
            found = count_due(ledger, practice, inbox_ids, now)
            newest = list(self._kept.items())[-_MOST_KEPT + 1 :]
            self._kept = {**dict(newest), key: found}
        return found
