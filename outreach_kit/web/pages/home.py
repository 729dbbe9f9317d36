"""`/`: whom we help, call now, refer now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import HOME_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import OPENINGS_SCRIPT, Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.structured import describe_practice
from outreach_kit.web.views.home import view_home

_NAME: Final = "home"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    yield plan_page(site, _NAME, HOME_URL, site.practice.name, site.practice.niche)


def _render(plan: PagePlan, site: Site) -> str:
    frame = frame_of(plan, site, script=OPENINGS_SCRIPT, json_ld=describe_practice(site))
    return place("home.html", site, view_home(site, site.words, frame))


HOME: Final = Kind(_NAME, _plan, _render)
