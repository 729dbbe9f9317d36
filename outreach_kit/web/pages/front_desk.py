"""`/front-desk/`: one screen for whoever answers an office's telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import FRONT_DESK_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.front_desk import view_front_desk

_NAME: Final = "front-desk"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(
        site, _NAME, FRONT_DESK_URL, _("For the front desk"),
        _("On one screen: the numbers of {practice}, its hours, what to say and what happens next.")
        .format(practice=site.practice.name),
    )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    view = view_front_desk(site, site.words, frame_of(plan, site))
    return place("front-desk.html", site, view)


FRONT_DESK: Final = Kind(_NAME, _plan, _render)
