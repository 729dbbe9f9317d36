"""The panel of the first appointment: when it is, and which estimate it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.panel import Panel
from form_server.desk.referral.times import say_moment
from form_server.desk.replies.owed import estimate_due, say_due, say_why
from form_server.ledger import Booked, Fit
from outreach_kit.outreach import Network, look_up_plan
from outreach_kit.practice import Practice

OUT_CAUTION: Final = (
    "You marked this as out. Before you book: is there a colleague who is right for them?"
)


@dataclass(frozen=True)
class EstimateView:
    """`says` tells how the estimate stands; an empty address is a button that is not shown."""

    says: str
    is_overdue: bool
    make: str
    give: str
    take_back: str
    ask: str


@dataclass(frozen=True)
class BookingView:
    """`when` is empty while nothing is booked; `day` and `time` fill the form."""

    when: str
    moment: str
    day: str
    time: str
    self_pay: bool
    earliest: str
    book: str
    cancel: str
    is_open: bool
    is_unfolded: bool
    estimate: EstimateView
    caution: str


def build_booking(case: Case) -> BookingView | None:
    if case.said is None or "drill" in case.referral.flags:
        return None
    ledger, referral, practice = case.desk.ledger, case.referral, case.practice
    booked = ledger.bookings.get(referral.id)
    known = ledger.bookings.estimate(referral.id)
    if booked is None and (not case.is_open or not case.was_tried):
        return None
    local = booked.starts_at.astimezone(practice.time_zone) if booked else None
    typed = case.typed
    return BookingView(
        when=say_moment(booked.starts_at, case.now, practice.time_zone) if booked else "",
        moment=booked.starts_at.isoformat() if booked else "",
        day=typed.get("starts_on", local.strftime("%Y-%m-%d") if local else ""),
        time=typed.get("starts_time", local.strftime("%H:%M") if local else ""),
        self_pay=known.self_pay if known else _seems_self_pay(case.said.plan, practice),
        earliest=practice.today(case.now).isoformat(),
        book=url_for("desk.book_appointment", referral_id=referral.id),
        cancel=url_for("desk.cancel_appointment", referral_id=referral.id),
        is_open=case.is_open,
        is_unfolded="starts_on" in typed,
        estimate=_view_estimate(case, booked),
        caution=OUT_CAUTION if case.is_open and referral.fit is Fit.OUT else "",
    )


def _seems_self_pay(plan: str, practice: Practice) -> bool:
    """Unless their plan is one that the practice takes; whoever books knows better."""
    return look_up_plan(plan, practice.insurance.plans)[0] is not Network.IN


def _view_estimate(case: Case, booked: Booked | None) -> EstimateView:
    referral_id, practice = case.referral.id, case.practice
    known = case.desk.ledger.bookings.estimate(referral_id)
    make = url_for("desk.show_estimate", referral_id=referral_id)
    give = url_for("desk.give_estimate", referral_id=referral_id)
    ask = url_for("desk.ask_estimate", referral_id=referral_id) if case.is_open else ""
    if known is not None and known.given_at is not None:
        when = say_moment(known.given_at, case.now, practice.time_zone)
        take_back = url_for("desk.take_estimate_back", referral_id=referral_id)
        says = f"Good-faith estimate given {when}."
        return EstimateView(
            says, is_overdue=False, make=make, give="", take_back=take_back, ask=ask
        )
    counts = known is not None and known.self_pay
    asked_at = known.asked_at if known else None
    due = estimate_due(practice, booked if counts else None, asked_at)
    if due is None:
        says = "No good-faith estimate is due." if known else ""
        return EstimateView(says, is_overdue=False, make=make, give="", take_back="", ask=ask)
    today = practice.today(case.now)
    says = f"Good-faith estimate {say_due(due, today)}: {say_why(due)}."
    is_overdue = due.due_on < today
    return EstimateView(says, is_overdue, make=make, give=give, take_back="", ask="")


PANEL: Final = Panel("replies/booking.html", build_booking)
