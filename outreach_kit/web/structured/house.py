"""The practice as a MedicalBusiness: where it is, when it answers, what it costs, whether it has room."""

from __future__ import annotations

from typing import Final

from outreach_kit.practice.facts import Address, Branch, Fee
from outreach_kit.practice.hours import Week
from outreach_kit.web.addresses import HOME_URL
from outreach_kit.web.phrases import say_states
from outreach_kit.web.sharing import card_name
from outreach_kit.web.site import Site
from outreach_kit.web.structured.graph import Node, name_of

HOUSE_TYPES: Final = ("MedicalBusiness", "MedicalOrganization")
"""Only the second can say whether it is accepting new patients."""
_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def house(site: Site) -> Node:
    """All that is known of the practice."""
    practice = site.practice
    identity, contact = practice.identity, practice.contact
    card = site.assets.get(card_name(site.language))
    return {
        **house_in_short(site),
        "description": practice.niche,
        "image": site.address_of(card) if card else None,
        "logo": site.address_of("/apple-touch-icon.png"),
        "telephone": contact.phone.e164,
        "faxNumber": contact.fax.e164 if contact.fax else None,
        "email": contact.email,
        "address": _address(practice.address),
        "location": [_branch(one) for one in practice.facts.sites],
        "areaServed": _states_online(site),
        "openingHoursSpecification": _opening_hours(practice.hours),
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "referrals",
            "telephone": contact.phone.e164,
            "faxNumber": contact.fax.e164 if contact.fax else None,
            "email": contact.email,
            "availableLanguage": list(practice.languages),
        },
        "priceRange": _price_range(practice.fees),
        "currenciesAccepted": "USD" if practice.fees else None,
        "paymentAccepted": ", ".join(practice.payment.methods),
        "isAcceptingNewPatients": is_accepting(site),
        "identifier": npi(identity.npi),
    }


def house_in_short(site: Site) -> Node:
    """Which practice is meant, where another thing names it."""
    return {
        "@type": list(HOUSE_TYPES),
        "@id": name_of(site, HOME_URL, "#practice"),
        "name": site.practice.name,
        "url": site.address_of(site.at(HOME_URL)),
    }


def offers(fees: tuple[Fee, ...]) -> list[Node]:
    return [
        {
            "@type": "Offer",
            "name": fee.name,
            "description": fee.note,
            "price": f"{fee.price:f}",
            "priceCurrency": "USD",
            "itemOffered": {"@type": "Service", "name": fee.name},
        }
        for fee in fees
    ]


def npi(number: str | None) -> Node | None:
    """schema.org's `usNPI` is for physicians alone, so the number goes by its name as an identifier."""
    if number is None:
        return None
    return {"@type": "PropertyValue", "propertyID": "usNPI", "value": number}


def is_accepting(site: Site) -> bool | None:
    """Whether somebody here had room when last counted; None when nobody has counted lately."""
    counts = [
        one.facts.openings.count
        for one in site.practice.clinicians
        if one.facts.openings and one.facts.openings.fresh(site.today)
    ]
    if any(counts):
        return True
    # One who has not counted may have room: only a count of everybody says that there is none.
    return False if counts and len(counts) == len(site.practice.clinicians) else None


def _address(address: Address) -> Node:
    street = ", ".join(filter(None, (address.street, address.unit)))
    return {
        "@type": "PostalAddress",
        "streetAddress": street,
        "postOfficeBoxNumber": address.po_box,
        "addressLocality": address.city,
        "addressRegion": address.region,
        "postalCode": address.postal_code,
        "addressCountry": address.country,
    }


def _branch(place: Branch) -> Node:
    """A further place: what it does not have of its own is the practice's, and stands there."""
    return {
        "@type": "Place",
        "name": place.called,
        "address": _address(place),
        "telephone": place.phone.e164 if place.phone else None,
        "faxNumber": place.fax.e164 if place.fax else None,
        "openingHoursSpecification": _opening_hours(place.hours) if place.hours else None,
    }


def _states_online(site: Site) -> list[Node]:
    codes = dict.fromkeys(
        code for clinician in site.practice.clinicians for code in clinician.facts.telehealth
    )
    return [
        {"@type": "AdministrativeArea", "name": say_states([code], site.words)} for code in codes
    ]


def _opening_hours(hours: Week) -> list[Node]:
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


def _price_range(fees: tuple[Fee, ...]) -> str | None:
    """“$90–$190”: what a search engine shows beside a name, never longer."""
    prices = sorted({fee.price for fee in fees})
    if not prices:
        return None
    return "–".join(f"${price:f}" for price in dict.fromkeys((prices[0], prices[-1])))
