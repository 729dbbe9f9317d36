"""`/accessibility/`: the statement that people look for who are often shut out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import ACCESSIBILITY_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.accessibility import view_accessibility

_NAME: Final = "accessibility"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(
        site, _NAME, ACCESSIBILITY_URL, _("Accessibility"),
        _("How {practice} makes its site and its door open to everybody, and how to ask for more.")
        .format(practice=site.practice.name),
    )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    view = view_accessibility(site, site.words, frame_of(plan, site))
    return place("accessibility.html", site, view)


ACCESSIBILITY: Final = Kind(_NAME, _plan, _render)
