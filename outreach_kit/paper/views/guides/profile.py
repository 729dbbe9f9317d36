"""The niche profile: one clinician on one page, the patient first and the résumé last."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.views.crisis import crisis
from outreach_kit.paper.views.frame import (
    PRACTICE_FILE,
    Commission,
    Place,
    SheetView,
    clinician_file,
    door_code,
    foot,
    frame,
    in_language,
    passages_of,
)
from outreach_kit.paper.views.sections import cost, hours_of, plans
from outreach_kit.paper.wording import breakable, breakable_address
from outreach_kit.practice import Clinician
from outreach_kit.practice.prose import Node, parse_prose, plain_text

BODY_SIZES_PT: Final = (13.0, 12.5, 12.0, 11.5, 11.0, 10.75, 10.5, 10.25, 10.0)
OPENING_WORDS: Final = 130
"""So much of the profile stands on the page at most; the rest is on the website."""


def view_profile(commission: Commission) -> SheetView:
    """The page of the job's clinician."""
    clinician = commission.clinician or commission.practice.clinicians[0]
    facts, practice = clinician.facts, commission.practice
    _ = commission.wording.gettext
    insurance = plans(commission)
    opening = _opening(clinician, commission.language)
    lists = {
        "refer_when": len(facts.refer_when),
        "not_fit": len(facts.not_fit),
        "approaches": len(facts.approaches),
        "plans": len(insurance["items"]),
    }
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Niche profile: {name}").format(name=clinician.name_and_credentials),
            description=facts.niche,
            keywords=[*facts.approaches, practice.name, practice.address.city],
        ),
        "sizes_pt": BODY_SIZES_PT,
        "lists": {key: count for key, count in lists.items() if count},
        "kicker": _("Niche profile"),
        "practice": breakable(practice.name),
        "name": breakable(clinician.name),
        "credentials": breakable(", ".join(facts.credentials)),
        "role": ", ".join(filter(None, (facts.title, facts.pronouns))),
        "portrait": portrait_drawing(clinician, practice.name),
        "initials": clinician.initials,
        "niche": facts.niche,
        "opening": opening,
        "refer": {
            "heading": _("Refer when"),
            "items": [breakable(reason.text) for reason in facts.refer_when],
        },
        "not_fit": {
            "heading": _("Not the right fit"),
            "items": [breakable(item) for item in facts.not_fit],
            "promise": facts.not_fit_promise,
        },
        "approaches": {
            "heading": _("Approaches"),
            "items": [breakable(approach) for approach in facts.approaches],
        },
        "facts": _facts(commission, clinician),
        "plans": insurance,
        "cost": cost(commission),
        "reach": _reach(commission, clinician),
        "licence": _licence(commission, clinician),
        "crisis": crisis(commission),
        "foot": foot(commission),
    }
    file = clinician_file(clinician)
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists={
            "refer_when": Place(file, ("refer_when",)),
            "not_fit": Place(file, ("not_fit",)),
            "approaches": Place(file, ("approaches",)),
            "plans": Place(PRACTICE_FILE, ("insurance", "plans")),
        },
        passages=passages_of(commission, clinician),
    )


def _opening(clinician: Clinician, language: str) -> list[Node]:
    """The paragraphs before the profile's first heading, whole ones only, as far as they are short."""
    blocks: list[Node] = []
    words = 0
    for block in parse_prose(in_language(clinician.profile, language).text)[2:]:
        words += len(plain_text(block).split())
        if block[0] != "p" or words > OPENING_WORDS:
            break
        blocks.append(block)
    return blocks


def _facts(commission: Commission, clinician: Clinician) -> list[dict[str, Any]]:
    """What people ask first, each a name and its lines."""
    practice, wording, facts = commission.practice, commission.wording, clinician.facts
    _ = wording.gettext
    sessions = []
    if facts.in_person:
        sessions.append(_("In person in {city}").format(city=practice.address.city))
    if facts.telehealth:
        sessions.append(_("Online in {states}").format(states=", ".join(facts.telehealth)))
    rows = [
        (_("Ages"), [wording.ages(facts.ages)]),
        (_("Sessions"), sessions),
        (_("Languages"), [wording.languages(facts.languages)]),
        (_("Hours"), list(wording.hours(hours_of(practice)))),
    ]
    return [{"name": name, "lines": lines} for name, lines in rows if lines]


def _reach(commission: Commission, clinician: Clinician) -> dict[str, Any]:
    """Every way to the clinician, own ones before the practice's, and where to park."""
    practice = commission.practice
    _ = commission.wording.gettext
    contact, booking = practice.contact, practice.booking
    phone = clinician.facts.phone or contact.phone
    ways = [{"name": _("Phone"), "text": phone.display, "href": phone.href}]
    if contact.fax:
        ways.append({"name": _("Fax"), "text": contact.fax.display, "href": ""})
    if email := clinician.facts.email or contact.email:
        ways.append({"name": _("E-mail"), "text": _split_email(email), "href": f"mailto:{email}"})
    if url := clinician.facts.booking_url or booking.url:
        ways.append({"name": _("Booking"), "text": breakable_address(url), "href": url})
    code = door_code(commission)
    if code is not None:
        ways.append({"name": _("Referrals"), "text": code["text"], "href": code["url"]})
    address = practice.address
    return {
        "heading": _("How to reach {name}").format(name=breakable(clinician.first_name)),
        "ways": ways,
        "where": {
            "name": _("Mail") if address.po_box else _("Where"),
            "lines": [*address.lines, *filter(None, (address.parking, address.access))],
        },
        "code": code,
        "scan": _("Offices: scan to refer. It takes a minute."),
    }


def _split_email(email: str) -> str:
    return email.replace("@", "\u200b@")


def _licence(commission: Commission, clinician: Clinician) -> str:
    """“Licensed Independent Clinical Social Worker, WA LW 00000000 · NPI 1234567893”."""
    _ = commission.wording.gettext
    parts = []
    if licence := clinician.facts.license:
        parts.append(f"{licence.type}, {licence.state} {licence.number}")
    if npi := clinician.facts.npi or commission.practice.identity.npi:
        parts.append(_("NPI {number}").format(number=npi))
    return " · ".join(parts)
