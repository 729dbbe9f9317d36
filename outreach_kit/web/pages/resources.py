"""`/resources/`: crisis lines, and the colleagues who agreed to be named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import RESOURCES_URL
from outreach_kit.web.language import Words
from outreach_kit.web.nation import has_resources
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.resources import view_resources

_NAME: Final = "resources"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if has_resources(site.practice):
        yield plan_page(
            site, _NAME, RESOURCES_URL, _("Crisis lines and more help"),
            _("Crisis lines that answer day and night, and people whom {practice} trusts.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    return place("resources.html", site, view_resources(site, site.words, frame_of(plan, site)))


RESOURCES: Final = Kind(_NAME, _plan, _render)
