"""A clinician in a list of many: the few things by which one is told from another."""

from __future__ import annotations

from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.web.addresses import profile_url
from outreach_kit.web.directory import By, Entry
from outreach_kit.web.directory.wording import Labels
from outreach_kit.web.phrases import Openings, say_ages, say_openings
from outreach_kit.web.site import Site
from outreach_kit.web.views.people import Portrait, openings_href, show_portrait

MOST_NEEDS: Final = 3


@frozen
class Card:
    """`portrait`, `initials` and `openings…` are what the macros for people ask for."""

    slug: str
    name: str
    line: str
    """Credentials and what they are called: “LMFT · Marriage and family therapist”."""
    url: str
    initials: str
    portrait: Portrait | None
    needs: tuple[str, ...]
    """The first few, as short as the practice says them."""
    more_needs: int
    facts: tuple[str, ...]
    """Ages, languages, places."""
    openings: Openings
    openings_href: str


def show_card(entry: Entry, site: Site, labels: Labels) -> Card:
    clinician = entry.clinician
    facts = clinician.facts
    needs = tuple(reason.label for reason in facts.refer_when)
    shown = needs if len(needs) <= MOST_NEEDS + 1 else needs[:MOST_NEEDS]
    return Card(
        slug=clinician.slug,
        name=clinician.name,
        line=" · ".join(filter(None, (", ".join(facts.credentials), facts.title))),
        url=site.at(profile_url(clinician)),
        initials=clinician.initials,
        portrait=show_portrait(clinician, site, site.words),
        needs=shown,
        more_needs=len(needs) - len(shown),
        facts=(
            say_ages(facts, site.words),
            ", ".join(labels[By.LANGUAGE, slug] for slug in entry.slugs[By.LANGUAGE]),
            ", ".join(labels[By.PLACE, slug] for slug in entry.slugs[By.PLACE]),
        ),
        openings=say_openings(facts, site.words, site.today),
        openings_href=openings_href(site),
    )
