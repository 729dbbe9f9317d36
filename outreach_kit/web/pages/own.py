"""The pages of the owner's own words, each at the name of its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outreach_kit.web.addresses import own_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import Site

_NAME: Final = "own"


@dataclass(frozen=True)
class ProseView:
    frame: Frame
    title: str
    description: str
    body: Markup


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    for page in site.practice.pages:
        if page.language == site.language:
            yield plan_page(
                site, _NAME, own_url(page), page.title, page.description, subject=page.slug
            )


def _render(plan: PagePlan, site: Site) -> str:
    page = next(
        one
        for one in site.practice.pages
        if one.slug == plan.subject and one.language == site.language
    )
    view = ProseView(frame_of(plan, site), page.title, page.description, prose_html(page.body))
    return place("prose.html", site, view)


OWN: Final = Kind(_NAME, _plan, _render)
