"""Parts that more than one sheet shows: the facts at a glance, plans and cost."""

from __future__ import annotations

from typing import Any

from outreach_kit.paper.views.frame import Commission
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.facts import Branch, Fee, FeeKind
from outreach_kit.practice.hours import Week


def at_a_glance(commission: Commission, clinician: Clinician | None) -> list[str]:
    """“Ages 18 to 65”, “In person in Alder Falls”, “Online in WA”, “English”."""
    practice, wording = commission.practice, commission.wording
    _ = wording.gettext
    if clinician is None:
        return [f"{practice.address.city}, {practice.address.region}"]
    facts = clinician.facts
    glance = [_("Ages {ages}").format(ages=wording.ages(facts.ages))]
    if facts.in_person:
        glance.append(_("In person in {city}").format(city=practice.address.city))
    if facts.telehealth:
        glance.append(_("Online in {states}").format(states=", ".join(facts.telehealth)))
    glance.append(wording.languages(facts.languages))
    return glance


def hours_of(practice: Practice) -> Week:
    """When the door is open that the sheet names."""
    door = practice.address
    return (isinstance(door, Branch) and door.hours) or practice.hours


def plans(commission: Commission) -> dict[str, Any]:
    """Heading, plans by name, and what those with another plan can do."""
    _ = commission.wording.gettext
    insurance = commission.practice.insurance
    note = insurance.note
    if note is None and insurance.superbills:
        note = _("For other plans: a superbill to send to the insurer.")
    return {
        "heading": _("In network with") if insurance.plans else _("Insurance"),
        "items": [breakable(plan) for plan in insurance.plans],
        "none": _("Not in network with any plan.")
        if insurance.is_told
        else _("Ask us about your plan."),
        "note": note,
    }


def cost(commission: Commission) -> dict[str, Any]:
    """The first call and the first fee of each kind, a line each; no lines when nothing is priced."""
    practice, wording = commission.practice, commission.wording
    _ = wording.gettext
    lines: list[str] = []
    if minutes := practice.booking.consultation_minutes:
        price = practice.booking.consultation_price
        lines.append(
            _("First call {price}, {minutes} minutes").format(
                price=wording.money(price), minutes=minutes
            )
            if price
            else _("First call free, {minutes} minutes").format(minutes=minutes)
        )
    intake, session = _first(commission, FeeKind.INTAKE), _first(commission, FeeKind.SESSION)
    sliding = _first(commission, FeeKind.SLIDING)
    if intake and session:
        lines.append(
            _("First session {intake}, then {session}").format(
                intake=wording.money(intake.price), session=wording.money(session.price)
            )
        )
    elif one := intake or session:
        lines.append(_("A session is {price}").format(price=wording.money(one.price)))
    if sliding:
        lines.append(_("Sliding scale from {price}").format(price=wording.money(sliding.price)))
    return {"heading": _("Cost"), "lines": lines}


def _first(commission: Commission, kind: FeeKind) -> Fee | None:
    return next((fee for fee in commission.practice.fees if fee.kind is kind), None)
