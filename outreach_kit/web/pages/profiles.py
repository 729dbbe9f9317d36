"""`/clinicians/<slug>/`: each clinician's own page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import profile_url
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import OPENINGS_SCRIPT, Kind, clinician_of, frame_of, place
from outreach_kit.web.phrases import say_where
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.structured import describe_clinician
from outreach_kit.web.views.profile import view_profile

_NAME: Final = "profile"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    for clinician in site.practice.clinicians:
        where = say_where(site.practice, clinician, words)
        yield plan_page(
            site, _NAME, profile_url(clinician), clinician.name_and_credentials,
            f"{clinician.name}, {where}. {clinician.facts.niche}", subject=clinician.slug,
        )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    clinician = clinician_of(plan, site)
    json_ld = describe_clinician(site, clinician)
    frame = frame_of(
        plan, site, script=OPENINGS_SCRIPT, json_ld=json_ld, shared_as="profile", about=clinician
    )
    return place("profile.html", site, view_profile(site, site.words, frame, clinician))


PROFILES: Final = Kind(_NAME, _plan, _render)
