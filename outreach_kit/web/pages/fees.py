"""`/fees/`: what a session costs, which plans are taken, and how one pays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import FEES_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.structured import describe_fees
from outreach_kit.web.views.fees import view_fees

_NAME: Final = "fees"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(
        site, _NAME, FEES_URL, _("Fees and insurance"),
        _("What a session at {practice} costs, which plans it takes, and how payment works.").format(
            practice=site.practice.name
        ),
    )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    frame = frame_of(plan, site, json_ld=describe_fees(site))
    return place("fees.html", site, view_fees(site, site.words, frame))


FEES: Final = Kind(_NAME, _plan, _render)
