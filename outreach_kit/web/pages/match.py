"""`/match/`: who suits somebody, from a few plain questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import MATCH_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site

_NAME: Final = "match"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    if site.practice.is_group:
        _ = words.gettext
        yield plan_page(
            site, _NAME, MATCH_URL, _("Not sure who? Match me"),
            _("A few plain questions, and who at {practice} fits. Nothing is kept or sent.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.views.match import view_match  # late: a practice of one has no such page

    frame = frame_of(plan, site, script="js/match.js", styles=("form.css", "directory.css"))
    return place("match.html", site, view_match(site, frame))


MATCH: Final = Kind(_NAME, _plan, _render)
