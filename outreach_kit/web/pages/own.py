"""The pages of the owner's own words, each at the name of its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.web.addresses import own_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign, told_in

_NAME: Final = "own"


@frozen
class ProseView:
    frame: Frame
    title: str
    description: str
    body: Markup
    said_in: Foreign | None


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    for page in site.practice.pages_in(site.language):
        yield plan_page(site, _NAME, own_url(page), page.title, page.description, subject=page.slug)


def _render(plan: PagePlan, site: Site) -> str:
    practice = site.practice
    page = practice.page_in(site.language, plan.subject)
    if page is None:
        raise LookupError(f"no page is called {plan.subject!r}")
    view = ProseView(
        frame=frame_of(
            plan,
            site,
            body=page.body,
            languages=told_in(site, practice.page_in_all_languages(page.slug), page.slug),
        ),
        title=page.title,
        description=page.description,
        body=prose_html(page.body, folder=site.folder),
        said_in=foreign(site, page.language),
    )
    return place("prose.html", site, view)


OWN: Final = Kind(_NAME, _plan, _render)
