"""`/404.html`: what a host shows for an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import MISSING_URL
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_file
from outreach_kit.web.site import Site

_NAME: Final = "missing"


@dataclass(frozen=True)
class MissingView:
    frame: Frame
    phone: Phone


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    file = plan_file(site, _NAME, site.at(MISSING_URL))
    yield replace(file, page=MISSING_URL, title=_("Page not found"))


def _render(plan: PagePlan, site: Site) -> str:
    return place("404.html", site, MissingView(frame_of(plan, site), site.practice.contact.phone))


MISSING: Final = Kind(_NAME, _plan, _render)
