"""`/404.html`: what a host shows for an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import HOME_URL, MISSING_URL
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_file
from outreach_kit.web.site import Site

_NAME: Final = "missing"


@frozen
class Elsewhere:
    """The same words in another language of the site, for whoever reads that one."""

    language: str
    direction: str
    heading: str
    link: Link


@frozen
class MissingView:
    frame: Frame
    phone: Phone
    others: tuple[Elsewhere, ...]


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    file = plan_file(site, _NAME, site.at(MISSING_URL))
    yield replace(file, page=MISSING_URL, title=_("Page not found"))


def _render(plan: PagePlan, site: Site) -> str:
    frame = frame_of(plan, site, languages=())
    others = tuple(
        _say_in(site.in_language(one.language)) for one in frame.tongues if not one.is_here
    )
    return place("404.html", site, MissingView(frame, site.practice.contact.phone, others))


def _say_in(site: Site) -> Elsewhere:
    """A host shows one page for whatever is missing, in whichever language it was asked for."""
    _ = site.words.gettext
    return Elsewhere(
        language=site.language,
        direction=site.words.direction,
        heading=_("This page is not here"),
        link=Link(_("The first page"), site.at(HOME_URL)),
    )


MISSING: Final = Kind(_NAME, _plan, _render)
