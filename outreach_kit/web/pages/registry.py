"""All kinds of pages in the order of a visit, the site's rows from them, and each row's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from outreach_kit.errors import ContentError, Problem
from outreach_kit.practice import Page
from outreach_kit.web.addresses import own_url
from outreach_kit.web.discovery import render_sitemap
from outreach_kit.web.fallbacks import unmark
from outreach_kit.web.language import Words
from outreach_kit.web.nested import nest_data, nest_page
from outreach_kit.web.pages.accessibility import ACCESSIBILITY
from outreach_kit.web.pages.ask import ASK
from outreach_kit.web.pages.contact import CLINICIAN_CARDS, CONTACT, PRACTICE_CARD
from outreach_kit.web.pages.directory import DIRECTORY, DIRECTORY_INDEX
from outreach_kit.web.pages.fees import FEES
from outreach_kit.web.pages.files import CNAME, HEADERS, NO_JEKYLL, ROBOTS, SHARED_FACTS
from outreach_kit.web.pages.first_visit import FIRST_VISIT
from outreach_kit.web.pages.forms import OFFICE_FORM, PATIENT_FORM
from outreach_kit.web.pages.front_desk import FRONT_DESK
from outreach_kit.web.pages.home import HOME
from outreach_kit.web.pages.kind import Kind
from outreach_kit.web.pages.match import MATCH
from outreach_kit.web.pages.missing import MISSING
from outreach_kit.web.pages.notes import FEED, NOTE, NOTES
from outreach_kit.web.pages.offices import OFFICES
from outreach_kit.web.pages.own import OWN
from outreach_kit.web.pages.prints import PRINTS
from outreach_kit.web.pages.profiles import PROFILES
from outreach_kit.web.pages.resources import RESOURCES
from outreach_kit.web.pages.thanks import THANKS
from outreach_kit.web.pages.topics import TOPIC, TOPICS
from outreach_kit.web.pages.trainings import TRAININGS
from outreach_kit.web.plan import PagePlan, plan_file
from outreach_kit.web.site import FORM_PAGE_URL, PATIENT_PAGE_URL, Site

_DESK_URL: Final = "/desk/"
"""Where the form server also serves the site, a page here would never be seen."""


def plan_pages(site: Site) -> tuple[PagePlan, ...]:
    """All files of the site in all its languages except its assets: pages first, in order of a visit.

    Raises ContentError when a page of the owner's own would lie where one of these already is.
    """
    told = [site.in_language(language) for language in site.practice.languages]
    pages = [row for one in told for row in _rows(PAGES, one)]
    files = [row for one in told for row in _rows(FILES, one)]
    reserved = {one.at(page) for one in told for page in (FORM_PAGE_URL, PATIENT_PAGE_URL)}
    taken = {row.url for row in (*pages, *files) if row.kind != OWN.name} | reserved
    own = [
        (page, site.in_language(page.language).at(own_url(page)))
        for page in site.practice.pages
        if page.language in site.practice.languages
    ]
    if clashes := [(page, url) for page, url in own if url in taken or url == _DESK_URL]:
        raise ContentError(_explain_clash(page, url) for page, url in clashes)
    return (*pages, *files)


def render_page(plan: PagePlan, site: Site) -> str:
    """The text of one planned file: HTML, or plain text for the files that machines read."""
    text = _KINDS[plan.kind].render(plan, site.in_language(plan.language))
    if plan.path.endswith(".html"):
        return nest_page(text, site.lies_in)
    return unmark(nest_data(text, site.lies_in) if plan.path.endswith(".json") else text)


def _rows(kinds: Iterable[Kind], site: Site) -> Iterator[PagePlan]:
    for kind in kinds:
        yield from kind.plan(site, site.words)


def _explain_clash(page: Page, url: str) -> Problem:
    return Problem(
        page.body.file,
        1,
        "",
        "The desk answers at /desk/."
        if url == _DESK_URL
        else f"The site makes {url} itself, from the facts of the practice.",
        "Give the file another name.",
    )


def _plan_sitemap(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    if site.is_main and site.site_url:
        yield plan_file(site, "sitemap.xml", "/sitemap.xml")


def _render_sitemap(plan: PagePlan, site: Site) -> str:
    del plan
    return render_sitemap(site, plan_pages(site))


_SITEMAP: Final = Kind("sitemap.xml", _plan_sitemap, _render_sitemap)

PAGES: Final[tuple[Kind, ...]] = (
    HOME,
    OFFICES,
    FRONT_DESK,
    OFFICE_FORM,
    PATIENT_FORM,
    TOPICS,
    TOPIC,
    FIRST_VISIT,
    FEES,
    RESOURCES,
    CONTACT,
    ACCESSIBILITY,
    TRAININGS,
    ASK,
    PRINTS,
    DIRECTORY,
    MATCH,
    PROFILES,
    NOTES,
    NOTE,
    OWN,
)
FILES: Final[tuple[Kind, ...]] = (
    MISSING,
    THANKS,
    ROBOTS,
    HEADERS,
    CNAME,
    NO_JEKYLL,
    SHARED_FACTS,
    PRACTICE_CARD,
    CLINICIAN_CARDS,
    DIRECTORY_INDEX,
    FEED,
    _SITEMAP,
)
_KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in (*PAGES, *FILES)})
