"""The few entries at the head of every page, and all the others at its foot, by whom they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.web.addresses import (
    ACCESSIBILITY_URL,
    ASK_URL,
    CLINICIANS_URL,
    CONTACT_URL,
    FEES_URL,
    FIRST_VISIT_URL,
    FRONT_DESK_URL,
    NOTES_URL,
    OFFICES_URL,
    PRINT_URL,
    RESOURCES_URL,
    TOPICS_URL,
    TRAININGS_URL,
    audience_url,
    own_url,
    profile_url,
)
from outreach_kit.web.language import Words
from outreach_kit.web.nation import has_resources
from outreach_kit.web.site import PATIENT_PAGE_URL, Site

LONGEST_NAME: Final = 26
"""A clinician's name of more letters than this takes the room of the other entries."""


@frozen
class Link:
    text: str
    href: str
    current: bool = False


@frozen
class LinkGroup:
    heading: str
    links: tuple[Link, ...]


def main_menu(site: Site, words: Words, url: str) -> tuple[Link, ...]:
    """As many as stand on one line of a phone; the telephone and the form are beside them."""
    _ = words.gettext
    return _mark_current(
        (
            Link(_("For offices"), site.at(OFFICES_URL)),
            _who_is_here(site, words),
            Link(_("First visit"), site.at(FIRST_VISIT_URL)),
            Link(_("Fees"), site.at(FEES_URL)),
        ),
        url,
    )


def footer_menu(site: Site, words: Words, url: str) -> tuple[LinkGroup, ...]:
    _ = words.gettext
    groups = (
        LinkGroup(_("For offices"), tuple(_for_offices(site, words))),
        LinkGroup(_("For patients"), tuple(_for_patients(site, words))),
        LinkGroup(_("The practice"), tuple(_about(site, words))),
    )
    return tuple(replace(one, links=_mark_current(one.links, url)) for one in groups)


def _for_offices(site: Site, words: Words) -> Iterable[Link]:
    _ = words.gettext
    practice = site.practice
    yield Link(_("How to refer"), site.at(OFFICES_URL))
    for audience in practice.audiences[1:]:
        yield Link(audience.name, site.at(audience_url(practice, audience)))
    yield Link(_("For the front desk"), site.at(FRONT_DESK_URL))
    if practice.trainings:
        yield Link(_("Talks for your team"), site.at(TRAININGS_URL))
    yield Link(_("May I ask you something?"), site.at(ASK_URL))
    if practice.notes:
        yield Link(_("Notes"), site.at(NOTES_URL))
    yield Link(_("Print"), site.at(PRINT_URL))


def _for_patients(site: Site, words: Words) -> Iterable[Link]:
    _ = words.gettext
    if site.form_url:
        yield Link(_("I was given your name"), site.at(PATIENT_PAGE_URL))
    if site.practice.topics:
        yield Link(_("What we help with"), site.at(TOPICS_URL))
    yield Link(_("Your first visit"), site.at(FIRST_VISIT_URL))
    yield Link(_("Fees"), site.at(FEES_URL))
    if has_resources(site.practice):
        yield Link(_("Crisis lines and more help"), site.at(RESOURCES_URL))


def _about(site: Site, words: Words) -> Iterable[Link]:
    _ = words.gettext
    yield _who_is_here(site, words)
    yield Link(_("Contact"), site.at(CONTACT_URL))
    yield Link(_("Accessibility"), site.at(ACCESSIBILITY_URL))
    for page in site.practice.pages_in_menu(site.language):
        yield Link(page.title, site.at(own_url(page)))


def _who_is_here(site: Site, words: Words) -> Link:
    _ = words.gettext
    if site.practice.is_group:
        return Link(_("Clinicians"), site.at(CLINICIANS_URL))
    [alone] = site.practice.clinicians
    fits = len(alone.name) <= LONGEST_NAME
    return Link(alone.name if fits else _("About"), site.at(profile_url(alone)))


def _mark_current(links: Sequence[Link], url: str) -> tuple[Link, ...]:
    return tuple(replace(link, current=link.href == url) for link in links)
