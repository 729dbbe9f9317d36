"""The part of schema.org that we speak: each type's parents and own properties, and what these hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

PARENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Thing": (),
    "Intangible": ("Thing",),
    "CreativeWork": ("Thing",),
    "Organization": ("Thing",),
    "Place": ("Thing",),
    "Person": ("Thing",),
    "LocalBusiness": ("Organization", "Place"),
    "MedicalBusiness": ("LocalBusiness",),
    "MedicalOrganization": ("Organization",),
    "AdministrativeArea": ("Place",),
    "WebSite": ("CreativeWork",),
    "WebPage": ("CreativeWork",),
    "ProfilePage": ("WebPage",),
    "ContactPage": ("WebPage",),
    "Article": ("CreativeWork",),
    "SocialMediaPosting": ("Article",),
    "BlogPosting": ("SocialMediaPosting",),
    "BreadcrumbList": ("ItemList",),
    "ItemList": ("Intangible",),
    "ListItem": ("Intangible",),
    "Offer": ("Intangible",),
    "Service": ("Intangible",),
    "ContactPoint": ("Intangible",),
    "PostalAddress": ("ContactPoint",),
    "OpeningHoursSpecification": ("Intangible",),
    "PropertyValue": ("Intangible",),
    "EducationalOccupationalCredential": ("CreativeWork",),
}

PROPERTIES: Final[Mapping[str, frozenset[str]]] = {
    type_: frozenset(names.split())
    for type_, names in {
        "Thing": "name description url image identifier mainEntityOfPage sameAs alternateName",
        "CreativeWork": (
            "headline datePublished dateModified inLanguage author publisher isPartOf mainEntity about"
        ),
        "Organization": (
            "address areaServed contactPoint email employee faxNumber hasOfferCatalog location logo "
            "makesOffer telephone knowsLanguage knowsAbout legalName"
        ),
        "Place": "address faxNumber geo logo openingHoursSpecification telephone",
        "Person": (
            "address email faxNumber hasCredential honorificPrefix honorificSuffix jobTitle knowsAbout "
            "knowsLanguage telephone worksFor workLocation"
        ),
        "LocalBusiness": "currenciesAccepted openingHours paymentAccepted priceRange",
        "MedicalOrganization": "healthPlanNetworkId isAcceptingNewPatients medicalSpecialty",
        "WebPage": "breadcrumb lastReviewed mainContentOfPage reviewedBy significantLink",
        "Article": "articleBody articleSection wordCount",
        "ItemList": "itemListElement itemListOrder numberOfItems",
        "ListItem": "item position nextItem previousItem",
        "Offer": "availability itemOffered price priceCurrency offeredBy",
        "Service": "provider serviceType areaServed",
        "ContactPoint": (
            "areaServed availableLanguage contactType email faxNumber hoursAvailable telephone"
        ),
        "PostalAddress": (
            "addressCountry addressLocality addressRegion postalCode postOfficeBoxNumber streetAddress"
        ),
        "OpeningHoursSpecification": "closes dayOfWeek opens validFrom validThrough",
        "PropertyValue": "propertyID value unitText",
        "EducationalOccupationalCredential": (
            "credentialCategory educationalLevel recognizedBy validIn"
        ),
    }.items()
}

HOLDS: Final[Mapping[str, str]] = {
    "address": "PostalAddress",
    "location": "Place",
    "areaServed": "AdministrativeArea",
    "validIn": "AdministrativeArea",
    "openingHoursSpecification": "OpeningHoursSpecification",
    "contactPoint": "ContactPoint",
    "employee": "Person",
    "worksFor": "Organization",
    "publisher": "Organization",
    "makesOffer": "Offer",
    "itemOffered": "Service",
    "hasCredential": "EducationalOccupationalCredential",
    "isPartOf": "CreativeWork",
    "breadcrumb": "BreadcrumbList",
    "itemListElement": "ListItem",
    "mainEntityOfPage": "WebPage",
}
"""Which type a property's things must be of, where they are things and no text."""


def kinds_of(node: Mapping[str, Any]) -> set[str]:
    """Its types and all above them. Raises KeyError for one that is not in the table."""
    said = node["@type"]
    waiting, found = [said] if isinstance(said, str) else list(said), set()
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting.extend(PARENTS[kind])
    return found


def find_faults(value: Any, held_by: str = "") -> Iterator[str]:
    """What schema.org would not know: a type, a property of a type, or a thing of the wrong type."""
    if isinstance(value, list):
        for one in value:
            yield from find_faults(one, held_by)
    if not isinstance(value, dict):
        if value in (None, "", [], {}):
            yield f"{held_by} is empty"
        return
    if "@graph" in value:
        yield from find_faults(value["@graph"])
        return
    try:
        kinds = kinds_of(value)
    except KeyError as error:
        yield f"{held_by} holds something of the unknown type {error}"
        return
    allowed = {name for kind in kinds for name in PROPERTIES.get(kind, ())}
    for name, inner in value.items():
        if name.startswith("@"):
            continue
        if name not in allowed:
            yield f"{name} is no property of {value['@type']}"
        yield from find_faults(inner, name)
    if held_by in HOLDS and HOLDS[held_by] not in kinds:
        yield f"{held_by} holds a {value['@type']}"
