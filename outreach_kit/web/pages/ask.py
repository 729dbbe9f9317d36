"""`/ask/`: “May I ask you something?”, with the form where a server takes it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import ASK_URL
from outreach_kit.web.asking import ask_view, render_ask, say_about
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site

_NAME: Final = "ask"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(site, _NAME, ASK_URL, _("May I ask you something?"), say_about(site))


def _render(plan: PagePlan, site: Site) -> str:
    del plan
    return render_ask(ask_view(site))


ASK: Final = Kind(_NAME, _plan, _render)
