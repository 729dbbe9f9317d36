"""`/print/`: the sheets that anybody may print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import PRINT_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.prints import view_prints

_NAME: Final = "prints"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(
        site, _NAME, PRINT_URL, _("To print"),
        _("The referral guide and cards of {practice}, ready to print.").format(
            practice=site.practice.name
        ),
    )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    return place("print.html", site, view_prints(site, site.words, frame_of(plan, site)))


PRINTS: Final = Kind(_NAME, _plan, _render)
