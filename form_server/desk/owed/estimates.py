"""Good-faith estimates that the law wants in somebody's hands by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from form_server.desk.owed.item import OwedItem, Sight
from form_server.desk.referral.times import say_day
from outreach_kit.outreach.estimates import plan_estimate
from outreach_kit.promise import WorkingCalendar


@dataclass(frozen=True)
class EstimateDueFor:
    referral_id: str
    due_on: date

    def say(self, today: date) -> str:
        day = say_day(self.due_on, today)
        return f"Estimate was due {day}" if self.due_on < today else f"Estimate due {day}"


def find_estimates(sight: Sight) -> list[EstimateDueFor]:
    """Soonest due first; bookings that call for none are left out."""
    practice = sight.desk.practice()
    zone = practice.time_zone
    calendar = WorkingCalendar(practice.hours, zone)
    found = []
    for one in sight.desk.ledger.bookings.estimates_owed(sight.keyring.inbox_ids):
        due = plan_estimate(
            booked_on=one.booked.booked_at.astimezone(zone).date() if one.booked else None,
            starts_on=one.booked.starts_at.astimezone(zone).date() if one.booked else None,
            asked_on=one.asked_at.astimezone(zone).date() if one.asked_at else None,
            is_working_day=calendar.is_working_day,
        )
        if due is not None:
            found.append(EstimateDueFor(one.referral_id, due.due_on))
    return sorted(found, key=lambda one: (one.due_on, one.referral_id))


def owed_estimates(sight: Sight) -> OwedItem | None:
    due = find_estimates(sight)
    if not due:
        return None
    what = "1 cost estimate is" if len(due) == 1 else f"{len(due)} cost estimates are"
    day = say_day(due[0].due_on, sight.today)
    is_late = due[0].due_on < sight.today
    when = f"the first was due {day}" if is_late else f"the first {day}"
    text = f"{what} owed, {when}" if len(due) > 1 else f"{what} owed, due {day}"
    return OwedItem(text, f"{url_for('desk.show_owed')}#estimates", is_late=is_late)
