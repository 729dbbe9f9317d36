"""The two faces of a business card, the same for the printer at home and for a print shop."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.frame import Commission, door_code
from outreach_kit.paper.wording import breakable, breakable_address
from outreach_kit.practice import Clinician

FRONT_SIZES_PT: Final = (9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0, 7.75, 7.5)
BACK_SIZES_PT: Final = FRONT_SIZES_PT
QR_ON_A_CARD_MM: Final = 20.0


def front(commission: Commission, clinician: Clinician) -> dict[str, Any]:
    """Who it is, whom they help, and the two ways to reach them."""
    practice, facts = commission.practice, clinician.facts
    phone = facts.phone or practice.contact.phone
    return {
        "sizes_pt": FRONT_SIZES_PT,
        "name": breakable(clinician.name),
        "credentials": [breakable(one) for one in facts.credentials],
        "niche": breakable(facts.niche),
        "phone": phone.display,
        "where": _where(commission, clinician),
    }


def back(commission: Commission, clinician: Clinician) -> dict[str, Any]:
    """The door of the person who was given the card, and the promise to whoever gives it."""
    practice = commission.practice
    _ = commission.wording.gettext
    code = door_code(commission, symbol_mm=QR_ON_A_CARD_MM)
    source = commission.job.source
    phone = clinician.facts.phone or practice.contact.phone
    return {
        "sizes_pt": BACK_SIZES_PT,
        "practice": breakable(practice.name),
        "code": code,
        "heading": _("Scan to ask for a call.") if code else _("Call, or leave a message."),
        "phone": phone.display,
        "answer": answer_line(commission),
        "promise": breakable(clinician.facts.not_fit_promise),
        "source": _("This card is from {office}.").format(office=breakable(source.name))
        if source
        else None,
    }


def _where(commission: Commission, clinician: Clinician) -> str:
    """Where to book, else the site, else the e-mail address, else the town."""
    practice = commission.practice
    url = clinician.facts.booking_url or practice.booking.url or commission.site_url
    if url:
        return breakable_address(url)
    if email := clinician.facts.email or practice.contact.email:
        return email.replace("@", "\u200b@")
    return f"{practice.address.city}, {practice.address.region}"


def answer_line(commission: Commission) -> str:
    """“We call back within 4 working hours.”"""
    promise, ngettext = commission.practice.promise, commission.wording.ngettext
    if promise.working_hours is not None:
        return ngettext(
            "We call back within {count} working hour.",
            "We call back within {count} working hours.",
            promise.working_hours,
        ).format(count=promise.working_hours)
    days = promise.working_days or 1
    return ngettext(
        "We call back within {count} working day.",
        "We call back within {count} working days.",
        days,
    ).format(count=days)
