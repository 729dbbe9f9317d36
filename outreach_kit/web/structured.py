"""What machines read about the practice: schema.org as JSON-LD, ready to stand in a script element."""

from __future__ import annotations

import json
from typing import Any, Final

from markupsafe import Markup

from outreach_kit.practice import Clinician, Note
from outreach_kit.practice.facts import Hours
from outreach_kit.web.addresses import HOME_URL, note_url, profile_url
from outreach_kit.web.html import trusted
from outreach_kit.web.site import Site

_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def describe_practice(site: Site) -> Markup:
    """The home page's description: a MedicalBusiness and the people who work there."""
    people = [_person(site, clinician) for clinician in site.practice.clinicians]
    return _dump({**_business(site), "employee": people})


def describe_clinician(site: Site, clinician: Clinician) -> Markup:
    """A profile's description: a ProfilePage about a Person."""
    person = {**_person(site, clinician), "worksFor": _business(site)}
    return _dump({"@type": "ProfilePage", "mainEntity": person})


def describe_contact(site: Site) -> Markup:
    return _dump({"@type": "ContactPage", "mainEntity": _business(site)})


def describe_note(site: Site, note: Note) -> Markup:
    """An article's description; the day is the one that the note carries."""
    practice = site.practice
    alone = None if practice.is_group else practice.clinicians[0]
    return _dump(
        {
            "@type": "BlogPosting",
            "headline": note.title,
            "description": note.description or None,
            "datePublished": note.on.isoformat(),
            "inLanguage": note.language,
            "url": site.address_of(site.at(note_url(note))),
            "author": _person(site, alone) if alone else _business(site),
            "publisher": _business(site),
        }
    )


def _business(site: Site) -> dict[str, Any]:
    practice, address = site.practice, site.practice.address
    street = ", ".join(filter(None, (address.street, address.unit)))
    business: dict[str, Any] = {
        "@type": "MedicalBusiness",
        "name": practice.name,
        "description": practice.niche,
        "url": site.address_of(site.at(HOME_URL)),
        "telephone": practice.contact.phone.e164,
        "faxNumber": practice.contact.fax.e164 if practice.contact.fax else None,
        "email": practice.contact.email,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": street or None,
            "postOfficeBoxNumber": address.po_box,
            "addressLocality": address.city,
            "addressRegion": address.region,
            "postalCode": address.postal_code,
            "addressCountry": address.country,
        },
        "openingHoursSpecification": _opening_hours(practice.hours),
    }
    return business


def _opening_hours(hours: Hours) -> list[dict[str, str]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{day}",
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
        }
        for day, spans in zip(_DAYS, hours.week, strict=True)
        for opens, closes in spans
    ]


def _person(site: Site, clinician: Clinician) -> dict[str, Any]:
    facts = clinician.facts
    return {
        "@type": "Person",
        "name": clinician.name,
        "honorificSuffix": ", ".join(facts.credentials) or None,
        "jobTitle": facts.title,
        "description": facts.niche,
        "url": site.address_of(site.at(profile_url(clinician))),
        "knowsLanguage": list(facts.languages),
        "knowsAbout": list(facts.approaches) or None,
        "identifier": {"@type": "PropertyValue", "propertyID": "US NPI", "value": facts.npi}
        if facts.npi
        else None,
    }


def _dump(thing: dict[str, Any]) -> Markup:
    """JSON that cannot end the script element it stands in, whatever the owner wrote."""
    whole = {"@context": "https://schema.org", **thing}
    text = json.dumps(_without_gaps(whole), ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return trusted(text)


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_gaps(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_gaps(one) for one in value]
    return value
