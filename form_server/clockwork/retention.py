"""Retention: purges closed referrals and questions when their time is over; each leaves a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.clockwork.recurring import next_hour
from form_server.ledger import Ledger
from form_server.ledger.purging import Deletion
from outreach_kit.practice import Practice

HOUR: Final = 3  # at night: purging folds the write-ahead log, which holds up writers
_AT_ONCE: Final = 50


@dataclass(frozen=True)
class Retention:
    """`days` after closing; 0 keeps everything."""

    practice: Practice
    ledger: Ledger
    days: int

    def next_at(self, after: datetime) -> datetime | None:
        if not self.days:
            return None
        return next_hour(after, HOUR, self.practice.time_zone, weekly=False)

    def purge(self, now: datetime) -> int:
        """How many were purged."""
        purging, purged = self.ledger.purging, 0
        rule = f"retention {self.days} days"
        while due := purging.closed_before(now - timedelta(days=self.days), _AT_ONCE):
            purged += sum(purging.purge(Deletion(one, now, rule)) for one in due)
        questions = self.ledger.question_removal
        while due := questions.closed_before(now - timedelta(days=self.days), _AT_ONCE):
            purged += sum(questions.purge(Deletion(one, now, rule)) for one in due)
        if purged:
            self.ledger.truncate_wal()  # the envelopes' bytes lie in it until then
        return purged
