"""`/thanks/`: not to be found, only to be led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from outreach_kit.web.addresses import THANKS_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.thanks import view_thanks

_NAME: Final = "thanks"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    """Without a form there is nothing to thank for."""
    _ = words.gettext
    if site.form_url:
        page = plan_page(
            site, _NAME, THANKS_URL, _("Thank you"),
            _("It came in: what happens next, and by when."),
        )  # fmt: skip
        yield replace(page, listed=False)


def _render(plan: PagePlan, site: Site) -> str:
    return place("thanks.html", site, view_thanks(site, site.words, frame_of(plan, site)))


THANKS: Final = Kind(_NAME, _plan, _render)
