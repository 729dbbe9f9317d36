"""A clinician as a Person."""

from __future__ import annotations

from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.clinician import License
from outreach_kit.web.addresses import profile_url
from outreach_kit.web.phrases import say_states
from outreach_kit.web.portraits import portrait_name
from outreach_kit.web.site import Site
from outreach_kit.web.structured.graph import Node, name_of
from outreach_kit.web.structured.house import npi


def person(site: Site, clinician: Clinician) -> Node:
    facts, url = clinician.facts, profile_url(clinician)
    portrait = site.assets.get(portrait_name(clinician))
    return {
        "@type": "Person",
        "@id": name_of(site, url, "#person"),
        "name": clinician.name,
        "honorificSuffix": ", ".join(facts.credentials),
        "jobTitle": facts.title,
        "description": facts.niche,
        "url": site.address_of(site.at(url)),
        "image": site.address_of(portrait) if portrait else None,
        "telephone": _own_phone(site.practice, clinician),
        "email": facts.email,
        "knowsLanguage": list(facts.languages),
        "knowsAbout": list(facts.approaches),
        "hasCredential": _license(site, facts.license) if facts.license else None,
        "identifier": npi(facts.npi),
    }


def _own_phone(practice: Practice, clinician: Clinician) -> str | None:
    """Theirs, or that of the place where they work; the practice's stands with the practice."""
    phone = practice.contact_of(clinician).phone
    return phone.e164 if clinician.facts.phone or phone != practice.contact.phone else None


def _license(site: Site, held: License) -> Node:
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": "license",
        "name": held.type,
        "identifier": held.number,
        "validIn": {"@type": "AdministrativeArea", "name": say_states([held.state], site.words)},
    }
