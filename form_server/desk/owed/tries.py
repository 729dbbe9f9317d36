"""People who were tried in vain, and whose next try is due: two or three days later, then a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from form_server.desk.owed.item import OwedItem, Sight
from form_server.desk.referral.times import by_day, say_day
from outreach_kit.outreach import plan_next_try


@dataclass(frozen=True)
class TryDue:
    """`last_on` is the last good day for it."""

    referral_id: str
    last_on: date
    by_another_way: bool

    def say(self, today: date) -> str:
        way = ", by another way than before" if self.by_another_way else ""
        if self.last_on < today:
            return f"The next try was due {by_day(say_day(self.last_on, today))}{way}"
        return f"Next try {by_day(say_day(self.last_on, today))}{way}"


def find_tries(sight: Sight) -> list[TryDue]:
    """Those whose day has come, the longest due first."""
    zone = sight.desk.practice().time_zone
    due = []
    for one in sight.desk.ledger.owing.unreached(sight.keyring.inbox_ids):
        following = plan_next_try(one.tried_at, zone)
        if following is not None and following.first_on <= sight.today:
            due.append(TryDue(one.referral_id, following.last_on, following.by_another_way))
    return sorted(due, key=lambda one: (one.last_on, one.referral_id))


def owed_tries(sight: Sight) -> OwedItem | None:
    due = find_tries(sight)
    if not due:
        return None
    text = (
        "1 person is due another try" if len(due) == 1 else f"{len(due)} people are due another try"
    )
    href = f"{url_for('desk.show_owed')}#tries"
    return OwedItem(text, href, is_late=due[0].last_on < sight.today)
