"""What each kind of page says about itself and about whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from outreach_kit.practice import Clinician, Note
from outreach_kit.web.addresses import (
    CLINICIANS_URL,
    CONTACT_URL,
    FEES_URL,
    HOME_URL,
    NOTES_URL,
    OFFICES_URL,
    TOPICS_URL,
    note_url,
    profile_url,
)
from outreach_kit.web.sharing import card_name
from outreach_kit.web.site import Site
from outreach_kit.web.structured.graph import Node, name_of, write_down
from outreach_kit.web.structured.house import house, house_in_short, offers
from outreach_kit.web.structured.people import person

MOST_PEOPLE: Final = 24
"""The first page of a larger house names its people no more: each has a page that says the same."""


def describe_practice(site: Site) -> Markup:
    """The first page: the practice and who works there, and the website by its name."""
    clinicians = site.practice.clinicians
    people = [person(site, one) for one in clinicians] if len(clinicians) <= MOST_PEOPLE else []
    business = {**house(site), "employee": people}
    return write_down({"@graph": [business, _website(site)] if site.site_url else [business]})


def describe_clinician(site: Site, clinician: Clinician) -> Markup:
    """A profile: a ProfilePage about a Person who works at the practice."""
    alone = not site.practice.is_group
    about = {**person(site, clinician), "worksFor": house(site) if alone else house_in_short(site)}
    page = _page(site, "ProfilePage", profile_url(clinician), clinician.name)
    return write_down({**page, "mainEntity": about})


def describe_contact(site: Site) -> Markup:
    _ = site.words.gettext
    page = _page(site, "ContactPage", CONTACT_URL, _("Contact"))
    # Nothing on this page says how old a count is, or takes the claim back once it is too old.
    timeless = {**house(site), "isAcceptingNewPatients": None}
    return write_down({**page, "mainEntity": timeless})


def describe_fees(site: Site) -> Markup:
    """What a session costs, as offers of the practice."""
    _ = site.words.gettext
    page = _page(site, "WebPage", FEES_URL, _("Fees and insurance"))
    priced = {**house_in_short(site), "makesOffer": offers(site.practice.fees)}
    return write_down({**page, "mainEntity": priced})


def describe_note(site: Site, note: Note) -> Markup:
    """An article; the day is the one that the note carries."""
    practice, url = site.practice, note_url(note)
    alone = None if practice.is_group else practice.clinicians[0]
    card = site.assets.get(card_name(site.language))
    return write_down(
        {
            "@type": "BlogPosting",
            "@id": name_of(site, site.at(url), "#article"),
            "headline": note.title,
            "description": note.description,
            "datePublished": note.on.isoformat(),
            "inLanguage": note.language,
            "url": site.address_of(site.at(url)),
            "image": site.address_of(card) if card else None,
            "author": person(site, alone) if alone else house_in_short(site),
            "publisher": house_in_short(site),
            "mainEntityOfPage": _page(site, "WebPage", url, note.title),
        }
    )


def describe_page(site: Site, page: str, title: str) -> Markup:
    """Any other page, by its address without a language: what it is part of, and the way to it.

    Empty while the site has no public address, because nothing of it could be said then.
    """
    return write_down(_page(site, "WebPage", page, title)) if site.site_url else Markup()


def _page(site: Site, kind: str, page: str, title: str) -> Node:
    whole = site.address_of(site.at(page))
    return {
        "@type": kind,
        "@id": whole,
        "url": whole,
        "name": title,
        "inLanguage": site.language,
        "isPartOf": _website(site) if whole else None,
        "breadcrumb": _breadcrumb(site, page, title) if whole else None,
    }


def _website(site: Site) -> Node:
    return {
        "@type": "WebSite",
        "@id": name_of(site, HOME_URL, "#website"),
        "name": site.practice.name,
        "url": site.address_of(HOME_URL),
        "inLanguage": list(site.practice.languages),
    }


def _breadcrumb(site: Site, page: str, title: str) -> Node:
    """The way from the first page, which ends here."""
    steps = [*_above(site, page), (page, title)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": site.address_of(site.at(url)),
            }
            for place, (url, name) in enumerate(steps, start=1)
        ],
    }


def _above(site: Site, page: str) -> Iterator[tuple[str, str]]:
    """The pages that stand over `page`, as far as there are such."""
    _ = site.words.gettext
    yield HOME_URL, site.practice.name
    parents = {
        OFFICES_URL: _("For offices"),
        NOTES_URL: _("Notes"),
        TOPICS_URL: _("What we help with"),
    }
    if site.practice.is_group:
        parents[CLINICIANS_URL] = _("Clinicians")
    for parent, title in parents.items():
        if page.startswith(parent) and page != parent:
            yield parent, title
