"""The first call, ready to be said: consultation, scheduling, cost and insurance, payment.

Each sentence comes from the practice's own facts. What the facts do not tell becomes a note to the
caller, never an invented sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from outreach_kit.first_call.plans import Network, look_up_plan
from outreach_kit.first_call.voice import ENGLISH, Voice
from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.facts import Fee, FeeKind


@frozen
class Call:
    """Who calls whom; texts are empty where nothing was said. `sent_by` names office or person.

    `by_hand` stands for what is only known when the call is made, like a count of openings, on a
    script that is printed long before; it is empty for a call that is made now.
    """

    caller: str
    patient: str
    sent_by: str
    plan: str
    by_hand: str = ""


@frozen
class Part:
    """`says` is read out; `notes` are for the caller alone."""

    heading: str
    says: tuple[str, ...]
    notes: tuple[str, ...] = ()


def write_script(
    practice: Practice, clinician: Clinician, call: Call, now: dt.datetime, voice: Voice = ENGLISH
) -> tuple[Part, ...]:
    """The opening, then the four things that a first call covers, in that order."""
    today = now.astimezone(practice.time_zone).date()
    return (
        _opening(call, voice),
        _consultation(practice, voice),
        _scheduling(practice, clinician, call, today, voice),
        _cost(practice, call, voice),
        _payment(practice, voice),
    )


def _opening(call: Call, voice: Voice) -> Part:
    _ = voice.gettext
    if call.patient:
        hello = _("Hello, this is {caller}. Am I speaking with {patient}?")
    else:
        hello = _("Hello, this is {caller}. Whom am I speaking with?")
    if call.sent_by:
        asked = _("{office} asked me to call you. Is now a good time to talk?")
    else:
        asked = _("You asked me to call you. Is now a good time to talk?")
    return Part(
        _("Hello"),
        (
            hello.format(caller=call.caller, patient=call.patient),
            asked.format(office=call.sent_by),
        ),
        (_("Say who asked only once you know that it is them."),),
    )


def _consultation(practice: Practice, voice: Voice) -> Part:
    _ = voice.gettext
    booking = practice.booking
    minutes, price = booking.consultation_minutes, booking.consultation_price
    if price and minutes:
        first = _(
            "A first call of {minutes} minutes costs {price}: we find out whether we are right for you."
        )
    elif price:
        first = _("A first call costs {price}: we find out whether we are right for you.")
    elif minutes:
        first = _(
            "A first call of {minutes} minutes is free: we find out whether we are right for you."
        )
    elif "consultation_price" in booking.model_fields_set:
        first = _("A first call is free: we find out whether we are right for you.")
    else:
        first = ""  # nobody said that it is free
    intake = _fee(practice, FeeKind.INTAKE)
    if intake and intake.minutes:
        session = _(
            "The first session takes {minutes} minutes. In it we talk about what brings you and what "
            "you want to change."
        ).format(minutes=intake.minutes)
    else:
        session = _(
            "The first session is where we talk about what brings you and what you want to change."
        )
    return Part(
        _("Consultation"),
        (*([first.format(minutes=minutes, price=voice.money(price))] if first else ()), session),
        (booking.note,) if booking.note else (),
    )


def _scheduling(
    practice: Practice, clinician: Clinician, call: Call, today: dt.date, voice: Voice
) -> Part:
    _ = voice.gettext
    facts = clinician.facts
    says: list[str] = []
    notes: list[str] = []
    if call.by_hand:
        says.append(
            _("{name} has {count} openings, the first on {day}.").format(
                name=clinician.name, count=call.by_hand, day=call.by_hand
            )
        )
        notes.append(_("Look into the calendar before you call, and count."))
    elif counted := _counted(clinician, today, voice):
        says.append(counted)
    else:
        notes.append(
            _("No count of openings of the last two weeks is there: look into the calendar.")
        )
    says.append(_("Which days and times suit you?"))
    if within := practice.promise.seen_within_days:
        says.append(
            voice.ngettext(
                "A first appointment is usually possible within {count} day.",
                "A first appointment is usually possible within {count} days.",
                within,
            ).format(count=within)
        )
    states = voice.either(facts.telehealth) if facts.telehealth else ""
    if facts.in_person and states:
        says.append(
            _("We can meet in {city}, or online while you are in {states}.").format(
                city=voice.either(_cities(practice, clinician)), states=states
            )
        )
    elif states:
        says.append(_("We meet online while you are in {states}.").format(states=states))
    return Part(_("Scheduling"), tuple(says), tuple(notes))


def _cities(practice: Practice, clinician: Clinician) -> list[str]:
    """Where they see people, each city once."""
    return list(dict.fromkeys(one.city for one in practice.sites_of(clinician)))


def _counted(clinician: Clinician, today: dt.date, voice: Voice) -> str:
    """How many openings there are; empty when none was counted, or too long ago."""
    openings = clinician.facts.openings
    if openings is None or not openings.count or not openings.fresh(today):
        return ""
    first = openings.first_available_on
    if first is None or first < today:
        return voice.ngettext(
            "{name} has one opening.", "{name} has {count} openings.", openings.count
        ).format(name=clinician.name, count=openings.count)
    return voice.ngettext(
        "{name} has one opening, the first on {day}.",
        "{name} has {count} openings, the first on {day}.",
        openings.count,
    ).format(name=clinician.name, count=openings.count, day=voice.day(first))


def _cost(practice: Practice, call: Call, voice: Voice) -> Part:
    _ = voice.gettext
    insurance = practice.insurance
    network, listed = look_up_plan(call.plan, insurance.plans)
    plans = ", ".join(insurance.plans)
    says: list[str] = []
    notes: list[str] = []
    match network:
        case Network.IN:
            says.append(
                _(
                    "You have {plan}. We are in network, so you pay your plan’s copay or deductible; "
                    "your insurer can tell you how much that is."
                ).format(plan=listed)
            )
        case Network.NEAR:
            says.append(_("What does your insurance card say, word for word?"))
            notes.append(
                _("They wrote “{typed}”; your list has {plan}. Only the card tells.").format(
                    typed=call.plan, plan=listed
                )
            )
        case Network.OUT:
            says.append(_("You have {plan}. We are not in network with it.").format(plan=call.plan))
        case Network.NOT_SAID:
            says.append(_("Would you like to use insurance? Which plan do you have?"))
            if plans:
                notes.append(_("In network: {plans}.").format(plans=plans))
            if plans and call.by_hand:
                says.append(
                    _(
                        "If we are in network with it, you pay your plan’s copay or deductible; your "
                        "insurer can tell you how much that is."
                    )
                )
    if network is not Network.IN:
        if insurance.superbills:
            says.append(_("Out of network you get a superbill from us to send to your insurer."))
        says.extend(_prices(practice, voice))
        notes.append(
            _(
                "Self-pay: a good-faith estimate in writing is due within 1 business day when the "
                "visit is booked 3 or more business days ahead, and within 3 when it is 10 or more "
                "ahead or asked for."
            )
        )
    return Part(_("Cost and insurance"), tuple(says), tuple(notes))


def _prices(practice: Practice, voice: Voice) -> Iterator[str]:
    _ = voice.gettext
    intake, session = _fee(practice, FeeKind.INTAKE), _fee(practice, FeeKind.SESSION)
    sliding = _fee(practice, FeeKind.SLIDING)
    if intake and session:
        yield _(
            "Without insurance the first session is {first}, and each one after it {then}."
        ).format(first=voice.money(intake.price), then=voice.money(session.price))
    elif only := session or intake:
        yield _("Without insurance a session is {price}.").format(price=voice.money(only.price))
    if sliding:
        yield _("There is a sliding scale, from {price} a session.").format(
            price=voice.money(sliding.price)
        )


def _payment(practice: Practice, voice: Voice) -> Part:
    _ = voice.gettext
    payment = practice.payment
    says = []
    if payment.methods:
        says.append(_("You can pay by {ways}.").format(ways=_either(payment.methods, voice)))
    says.extend(text for text in (payment.due, payment.cancellation) if text)
    if says:
        return Part(_("Payment"), tuple(says))
    note = _("Say how and when you are paid; your practice’s facts do not.")
    return Part(_("Payment"), (), (note,))


def _fee(practice: Practice, kind: FeeKind) -> Fee | None:
    return next((fee for fee in practice.fees if fee.kind is kind), None)


def _either(ways: tuple[str, ...], voice: Voice) -> str:
    *before, last = (way[:1].lower() + way[1:] if way[1:2].islower() else way for way in ways)
    if not before:
        return last
    return voice.gettext("{others} or {last}").format(others=", ".join(before), last=last)
