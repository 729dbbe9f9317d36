"""By when a good-faith estimate is owed, and why, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

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
