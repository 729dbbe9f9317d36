"""The résumé: packed for every visit, and handed over only to somebody who asks for it."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.frame import (
    Commission,
    Place,
    SheetView,
    foot,
    frame,
    in_language,
)
from outreach_kit.paper.views.talks.prose import blocks_of
from outreach_kit.paper.wording import breakable, breakable_address
from outreach_kit.practice import Clinician

SIZES_PT: Final = (12.0, 11.75, 11.5, 11.25, 11.0, 10.75, 10.5)
"""What does not stand on one page at the last of these runs on to another."""


def view_resume(commission: Commission) -> SheetView:
    """The clinician's own text, with licence, numbers and ways to reach them beside it."""
    clinician = commission.clinician or commission.practice.clinicians[0]
    if not clinician.resume:
        raise ValueError("a clinician without resume.md has no résumé")
    facts, practice = clinician.facts, commission.practice
    _ = commission.wording.gettext
    prose = in_language(clinician.resume, commission.language)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Résumé: {name}").format(name=clinician.name_and_credentials),
            description=_("Practice, training and licence of {name}.").format(name=clinician.name),
            keywords=[commission.job.sheet.name, *facts.credentials, practice.name],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {},
        "kicker": _("Résumé"),
        "practice": breakable(practice.name),
        "name": breakable(clinician.name),
        "credentials": breakable(", ".join(facts.credentials)),
        "role": ", ".join(filter(None, (facts.title, facts.pronouns))),
        "niche": facts.niche,
        "blocks": blocks_of(prose.text),
        "facts": _facts(commission, clinician),
        "mark": _("Only if asked"),
        "foot": {**foot(commission), "facts": [practice.name, *practice.address.lines]},
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists={"resume": Place(prose.file, ())},
    )


def _facts(commission: Commission, clinician: Clinician) -> list[dict[str, Any]]:
    """Each a name and its lines, the licence first: it is what somebody who asks wants to check."""
    practice, wording, facts = commission.practice, commission.wording, clinician.facts
    _ = wording.gettext
    contact = practice.contact
    phone, email = facts.phone or contact.phone, facts.email or contact.email
    licence = facts.license
    npi = facts.npi or practice.identity.npi
    rows = [
        (_("License"), [licence.type, f"{licence.state} {licence.number}"] if licence else []),
        (_("NPI"), [npi] if npi else []),
        (_("Phone"), [phone.display]),
        (_("Fax"), [contact.fax.display] if contact.fax else []),
        (_("E-mail"), [email.replace("@", "\u200b@")] if email else []),
        (_("Online"), [breakable_address(commission.site_url)] if commission.site_url else []),
        (_("Mail"), list(practice.mailing_address.lines)),
        (_("Approaches"), list(facts.approaches)),
        (_("Languages"), [wording.languages(facts.languages)]),
    ]
    return [
        {"name": name, "lines": [breakable(line) for line in lines]}
        for name, lines in rows
        if lines
    ]
