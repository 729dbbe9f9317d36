"""The first call, ready to be said: consultation, scheduling, cost and insurance, payment.

Each sentence comes from the practice's own facts. What the facts do not tell becomes a note to the
caller, never an invented sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from outreach_kit.outreach.plans import Network, look_up_plan
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.facts import Fee, FeeKind

_ESTIMATE = (
    "Self-pay: a good-faith estimate in writing is due within 1 business day when the visit is "
    "booked 3 or more business days ahead, and within 3 when it is 10 or more ahead or asked for."
)


@dataclass(frozen=True)
class Call:
    """Who calls whom; texts are empty where nothing was said. `sent_by` names office or person."""

    caller: str
    patient: str
    sent_by: str
    plan: str


@dataclass(frozen=True)
class Part:
    """`says` is read out; `notes` are for the caller alone."""

    heading: str
    says: tuple[str, ...]
    notes: tuple[str, ...] = ()


def write_script(
    practice: Practice, clinician: Clinician, call: Call, now: dt.datetime
) -> tuple[Part, ...]:
    """The opening, then the four things that a first call covers, in that order."""
    today = now.astimezone(practice.time_zone).date()
    return (
        _opening(call),
        _consultation(practice),
        _scheduling(practice, clinician, today),
        _cost(practice, call.plan),
        _payment(practice),
    )


def _opening(call: Call) -> Part:
    who = f"Am I speaking with {call.patient}?" if call.patient else "Whom am I speaking with?"
    asked = f"{call.sent_by} asked me to call you." if call.sent_by else "You asked me to call you."
    return Part(
        "Hello",
        (f"Hello, this is {call.caller}. {who}", f"{asked} Is now a good time to talk?"),
        ("Say who asked only once you know that it is them.",),
    )


def _consultation(practice: Practice) -> Part:
    booking = practice.booking
    minutes = f" of {booking.consultation_minutes} minutes" if booking.consultation_minutes else ""
    price = booking.consultation_price
    cost = "is free" if not price else f"costs {say_price(price)}"
    intake = _fee(practice, FeeKind.INTAKE)
    length = f" takes {intake.minutes} minutes. In it" if intake and intake.minutes else " is where"
    return Part(
        "Consultation",
        (
            f"A first call{minutes} {cost}: we find out whether we are right for you.",
            f"The first session{length} we talk about what brings you and what you want to change.",
        ),
        (booking.note,) if booking.note else (),
    )


def _scheduling(practice: Practice, clinician: Clinician, today: dt.date) -> Part:
    facts = clinician.facts
    says: list[str] = []
    notes: list[str] = []
    openings = facts.openings
    if openings and openings.count and openings.fresh(today):
        many = "one opening" if openings.count == 1 else f"{openings.count} openings"
        first = openings.first_available_on
        begins = f", the first on {say_day(first)}" if first and first >= today else ""
        says.append(f"{clinician.name} has {many}{begins}. Which days and times suit you?")
    else:
        says.append("Which days and times suit you?")
        notes.append("No count of openings of the last two weeks is there: look into the calendar.")
    within = practice.promise.seen_within_days
    if within:
        says.append(f"A first appointment is usually possible within {within} days.")
    states = ", ".join(facts.telehealth)
    if facts.in_person and states:
        says.append(f"We can meet in {practice.address.city}, or online while you are in {states}.")
    elif states:
        says.append(f"We meet online while you are in {states}.")
    return Part("Scheduling", tuple(says), tuple(notes))


def _cost(practice: Practice, typed: str) -> Part:
    insurance = practice.insurance
    network, listed = look_up_plan(typed, insurance.plans)
    plans = ", ".join(insurance.plans)
    says: list[str] = []
    notes: list[str] = []
    match network:
        case Network.IN:
            says.append(
                f"You have {listed}. We are in network, so you pay your plan’s copay or "
                "deductible; your insurer can tell you how much that is."
            )
        case Network.NEAR:
            says.append("What does your insurance card say, word for word?")
            notes.append(f"They wrote “{typed}”; your list has {listed}. Only the card tells.")
        case Network.OUT:
            says.append(f"You have {typed}. We are not in network with it.")
        case Network.NOT_SAID:
            says.append("Would you like to use insurance? Which plan do you have?")
            if plans:
                notes.append(f"In network: {plans}.")
    if network is not Network.IN:
        if insurance.superbills:
            says.append("Out of network you get a superbill from us to send to your insurer.")
        says.extend(_prices(practice))
        notes.append(_ESTIMATE)
    return Part("Cost and insurance", tuple(says), tuple(notes))


def _prices(practice: Practice) -> Iterator[str]:
    intake, session = _fee(practice, FeeKind.INTAKE), _fee(practice, FeeKind.SESSION)
    sliding = _fee(practice, FeeKind.SLIDING)
    if intake and session:
        first, then = say_price(intake.price), say_price(session.price)
        yield f"Without insurance the first session is {first}, and each one after it {then}."
    elif only := session or intake:
        yield f"Without insurance a session is {say_price(only.price)}."
    if sliding:
        yield f"There is a sliding scale, from {say_price(sliding.price)} a session."


def _payment(practice: Practice) -> Part:
    payment = practice.payment
    says = []
    if payment.methods:
        says.append(f"You can pay by {_either(payment.methods)}.")
    says.extend(text for text in (payment.due, payment.cancellation) if text)
    if says:
        return Part("Payment", tuple(says))
    return Part("Payment", (), ("Say how and when you are paid; your practice’s facts do not.",))


def _fee(practice: Practice, kind: FeeKind) -> Fee | None:
    return next((fee for fee in practice.fees if fee.kind is kind), None)


def say_price(amount: Decimal) -> str:
    """“$190”, “$92.50”."""
    whole = amount == amount.to_integral_value()
    return f"${amount:,.0f}" if whole else f"${amount:,.2f}"


def say_day(day: dt.date) -> str:
    """“Monday, November 23”."""
    return f"{day:%A, %B} {day.day}"


def _either(ways: tuple[str, ...]) -> str:
    *before, last = (way[:1].lower() + way[1:] if way[1:2].islower() else way for way in ways)
    return f"{', '.join(before)} or {last}" if before else last
