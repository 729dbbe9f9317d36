"""A practice from the door of one of its clinicians. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outreach_kit.practice.facts import Branch, Contact, Facts, Place

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice
    from outreach_kit.practice.people import Clinician


def reach(practice: Practice, clinician: Clinician) -> Contact:
    """The practice's ways to be reached, the clinician's own and those of their door in their place."""
    door = _door_of(practice, clinician)
    contact = door.lay_contact(practice.contact) if isinstance(door, Branch) else practice.contact
    own = {"phone": clinician.facts.phone, "email": clinician.facts.email}
    return contact.model_copy(update={key: one for key, one in own.items() if one})


def tell_of_one(practice: Practice, clinician: Clinician) -> Practice:
    """The practice with one door, who answers there, and the plans that this one takes."""
    door, plans = _door_of(practice, clinician), practice.plans_of(clinician)
    if door == practice.address and plans == practice.insurance.plans:
        return practice
    own: dict[str, Facts] = {
        "address": door,
        "mailing_address": practice.mailing_address,
        "insurance": practice.insurance.model_copy(update={"plans": plans}),
    }
    if isinstance(door, Branch):
        own["contact"] = door.lay_contact(practice.contact)
        own["hours"] = door.lay_hours(practice.hours)
    return replace(practice, facts=practice.facts.model_copy(update=own))


def _door_of(practice: Practice, clinician: Clinician) -> Place:
    """Where they see people first; the main door for one who sees them online."""
    return (practice.sites_of(clinician) or practice.sites)[0]
