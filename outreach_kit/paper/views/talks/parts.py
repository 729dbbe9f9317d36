"""What the menu of talks and a talk's flyer say alike: how long, for whom, and how to ask for one."""

from __future__ import annotations

from typing import Any

from outreach_kit.paper.views.frame import Commission
from outreach_kit.paper.wording import breakable, breakable_address
from outreach_kit.practice import Audience, Training


def minutes(commission: Commission, training: Training) -> str:
    """“15 or 45 minutes”."""
    _ = commission.wording.gettext
    lengths = commission.wording.either([str(length) for length in training.minutes])
    return _("{lengths} minutes").format(lengths=lengths)


def listeners(commission: Commission, training: Training) -> list[Audience]:
    """The audiences that the talk is for, in their own order; every one when it names none."""
    known = commission.practice.audiences
    return [one for one in known if not training.audiences or one.slug in training.audiences]


def asking(commission: Commission) -> dict[str, Any]:
    """Telephone first, because a date is agreed on by talking."""
    practice = commission.practice
    _ = commission.wording.gettext
    contact = practice.contact
    ways = [{"name": _("Phone"), "text": contact.phone.display, "href": contact.phone.href}]
    if contact.email:
        text = contact.email.replace("@", "\u200b@")
        ways.append({"name": _("E-mail"), "text": text, "href": f"mailto:{contact.email}"})
    if commission.site_url:
        text = breakable_address(commission.site_url)
        ways.append({"name": _("Online"), "text": text, "href": commission.site_url})
    return {"ways": ways, "hours": list(commission.wording.hours(practice.hours))}


def speaker(commission: Commission) -> str:
    """The one clinician of a practice of one; else the practice, which sends whoever knows most."""
    clinician = commission.clinician
    return breakable(clinician.name_and_credentials if clinician else commission.practice.name)


def place(commission: Commission) -> str:
    """Where the talk is: the office, and which room there; empty where neither is known."""
    source, room = commission.job.source, commission.job.talk.place
    return breakable(", ".join(part for part in (room, source.name if source else "") if part))
