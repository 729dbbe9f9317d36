"""`/trainings/`: the talks, for a practice that offers any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import TRAININGS_URL
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site

_NAME: Final = "trainings"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if site.practice.trainings:
        yield plan_page(
            site, _NAME, TRAININGS_URL, _("Talks for your team"),
            _("Talks that {practice} gives at offices, schools and congregations.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.views.trainings import view_trainings  # late: many give no talks

    return place("trainings.html", site, view_trainings(site, site.words, frame_of(plan, site)))


TRAININGS: Final = Kind(_NAME, _plan, _render)
