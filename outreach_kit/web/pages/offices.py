"""`/for-offices/` and, for each further audience, a page below it in that audience's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import OFFICES_URL, audience_url
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import OPENINGS_SCRIPT, Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.views.offices import view_offices

PHYSICIANS: Final = "physicians"
"""The audience in whose words the guide for offices is written; any other is called “them”."""
_NAME: Final = "offices"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    practice = site.practice
    town = f"{practice.address.city}, {practice.address.region}"
    first = practice.audiences[0]
    yield plan_page(
        site, _NAME, OFFICES_URL, _("For offices"),
        _("Whom to send to {practice} in {town}, whom not, what to say, and what happens next.")
        .format(practice=practice.name, town=town),
        subject=first.slug,
    )  # fmt: skip
    for audience in practice.audiences[1:]:
        yield plan_page(
            site, _NAME, audience_url(practice, audience), audience.name,
            _("For {who}: whom to send to {practice}, what to say, and what happens next.")
            .format(who=audience.who, practice=practice.name),
            subject=audience.slug,
        )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    audience = site.practice.audience(plan.subject)
    if audience is None:
        raise LookupError(f"no audience is called {plan.subject!r}")
    is_guide = plan.page == OFFICES_URL and audience.slug == PHYSICIANS
    frame = frame_of(plan, site, script=OPENINGS_SCRIPT)
    view = view_offices(site, site.words, frame, audience)
    return place("for-offices.html" if is_guide else "audience.html", site, view)


OFFICES: Final = Kind(_NAME, _plan, _render)
