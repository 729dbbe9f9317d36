"""A clinician as the pages show one: portrait or initials, credentials in one line, openings."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician
from outreach_kit.practice.words import ClinicianWords
from outreach_kit.web.addresses import CLINICIANS_URL, profile_url, topic_url
from outreach_kit.web.fields import names_everybody
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.phrases import Openings, say_openings, say_where
from outreach_kit.web.portraits import (
    PORTRAIT_HEIGHT,
    PORTRAIT_WIDTH,
    SMALLER_WIDTHS,
    portrait_name,
)
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign


@frozen
class Portrait:
    src: str
    srcset: str
    """The same in every width that there is."""
    alt: str
    width: int
    height: int


@frozen
class Person:
    name: str
    name_and_credentials: str
    initials: str
    title: str
    pronouns: str
    where: str
    url: str
    niche: str
    niche_in: Foreign | None
    portrait: Portrait | None
    slug: str
    openings: Openings
    openings_href: str
    """Where a page asks who has room now; empty without a form server."""
    reasons: tuple[str, ...]
    """Whom to send."""
    reasons_in: Foreign | None
    topics: Mapping[str, str]
    """Of these reasons, the address of the page that tells a person about it, where there is one."""
    not_fit: tuple[str, ...]
    not_fit_in: Foreign | None
    not_fit_promise: str


def show_person(clinician: Clinician, site: Site, words: Words) -> Person:
    facts = clinician.facts
    told = site.practice.overlay(site.language).clinicians.get(clinician.slug) or ClinicianWords()
    fallen = foreign(site, site.practice.languages[0])
    return Person(
        name=clinician.name,
        name_and_credentials=clinician.name_and_credentials,
        initials=clinician.initials,
        title=facts.title or "",
        pronouns=facts.pronouns or "",
        where=say_where(site.practice, clinician, words),
        url=site.at(profile_url(clinician)),
        niche=facts.niche,
        niche_in=None if told.niche else fallen,
        portrait=show_portrait(clinician, site, words),
        slug=clinician.slug,
        openings=say_openings(facts, words, site.today),
        openings_href=openings_href(site),
        reasons=tuple(reason.text for reason in facts.refer_when),
        reasons_in=None if told.refer_when else fallen,
        topics=link_reasons(clinician, site),
        not_fit=facts.not_fit,
        not_fit_in=None if told.not_fit else fallen,
        not_fit_promise=facts.not_fit_promise,
    )


def link_reasons(clinician: Clinician, site: Site) -> Mapping[str, str]:
    told = {one.slug: topic_url(one) for one in site.practice.topics}
    return {
        reason.text: site.at(told[reason.slug])
        for reason in clinician.facts.refer_when
        if reason.slug in told
    }


def link_to_all(site: Site) -> Link | None:
    """Everybody of a group; None where there is only one."""
    count = len(site.practice.clinicians)
    if count == 1:
        return None
    text = site.words.gettext("All {count} clinicians, and who fits whom").format(
        count=f"{count:,}"
    )
    return Link(text, site.at(CLINICIANS_URL))


def openings_href(site: Site) -> str:
    """Where a page asks who has room now; empty without a form server.

    A large group's pages ask of those alone who stand on them: five thousand counts are most of a
    megabyte. What a script lists there by somebody's answers asks nothing, and shows the dated count.
    """
    asked = site.ask_server("/openings.json")
    return asked if not asked or names_everybody(site.practice) else f"{asked}#few"


def openings_of_found(site: Site) -> str:
    """The same for those whom a script finds by what somebody chose; empty where that would tell."""
    return openings_href(site) if names_everybody(site.practice) else ""


def refer_href(site: Site, slug: str) -> str:
    """The form with that clinician chosen; or the telephone and the fax, where there is no form.

    A large group's form does not list everybody, so there the server's own knows who is meant.
    """
    if site.form_url is None:
        return site.refer_href
    if names_everybody(site.practice):
        return f"{site.refer_href}?clinician={slug}"
    return f"{site.form_url}{site.at(f'/refer/{slug}')}"


def show_portrait(clinician: Clinician, site: Site, words: Words) -> Portrait | None:
    src = site.assets.get(portrait_name(clinician))
    if clinician.portrait is None or src is None:
        return None
    alt = clinician.facts.portrait_alt or words.gettext("Portrait of {name}").format(
        name=clinician.name
    )
    widths = {
        address: width
        for width in (*SMALLER_WIDTHS, PORTRAIT_WIDTH)
        if (address := site.assets.get(portrait_name(clinician, width)))
    }
    choice = ", ".join(f"{address} {width}w" for address, width in widths.items())
    return Portrait(src, choice, alt, PORTRAIT_WIDTH, PORTRAIT_HEIGHT)
