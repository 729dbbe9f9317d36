"""`/first-visit/`: the first call and the first visit, for the person who comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import FIRST_VISIT_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.first_visit import view_first_visit

_NAME: Final = "first-visit"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(
        site, _NAME, FIRST_VISIT_URL, _("Your first visit"),
        _("The first call and the first visit at {practice}: what we talk about, when, and what it costs.")
        .format(practice=site.practice.name),
    )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    view = view_first_visit(site, site.words, frame_of(plan, site))
    return place("first-visit.html", site, view)


FIRST_VISIT: Final = Kind(_NAME, _plan, _render)
