"""Good-faith estimates that are owed, with their day; for a referral's page and for Today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from form_server.desk.console import Desk
from form_server.desk.referral.times import say_day
from form_server.ledger import Booked
from outreach_kit.outreach.estimates import Because, EstimateDue, plan_estimate
from outreach_kit.practice import Practice
from outreach_kit.promise import WorkingCalendar

_WHY: Final = {
    Because.BOOKED: "1 business day after the booking",
    Because.BOOKED_FAR_AHEAD: "3 business days after the booking",
    Because.ASKED: "3 business days after they asked",
}


@dataclass(frozen=True)
class DueEstimate:
    """`says` is a line for a list: it names nobody."""

    referral_id: str
    receipt: str
    due_on: date
    is_overdue: bool
    says: str


def due_estimates(desk: Desk, inbox_ids: Sequence[str], now: datetime) -> tuple[DueEstimate, ...]:
    """All that are owed in these inboxes, soonest due first."""
    practice = desk.practice()
    today = practice.today(now)
    found = []
    for owed in desk.ledger.bookings.estimates_owed(inbox_ids):
        due = estimate_due(practice, owed.booked, owed.asked_at)
        if due is not None:
            is_overdue = due.due_on < today
            says = f"Good-faith estimate {say_due(due, today)}"
            found.append(DueEstimate(owed.referral_id, owed.receipt, due.due_on, is_overdue, says))
    return tuple(sorted(found, key=lambda one: (one.due_on, one.receipt)))


def estimate_due(
    practice: Practice, booked: Booked | None, asked_at: datetime | None
) -> EstimateDue | None:
    """The day that the rules set for somebody who pays themselves, on the practice's calendar."""
    calendar = WorkingCalendar(practice.hours, practice.time_zone)
    return plan_estimate(
        booked_on=practice.today(booked.booked_at) if booked else None,
        starts_on=practice.today(booked.starts_at) if booked else None,
        asked_on=practice.today(asked_at) if asked_at else None,
        is_working_day=calendar.is_working_day,
    )


def say_due(due: EstimateDue, today: date) -> str:
    """“due tomorrow”, “was due Monday”."""
    verb = "was due" if due.due_on < today else "due"
    return f"{verb} {say_day(due.due_on, today)}"


def say_why(due: EstimateDue) -> str:
    return _WHY[due.because]
