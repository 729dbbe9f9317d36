"""`index.json` of the directory: as little of everybody as a card and a choice need, for a script.

Fetched once somebody chooses something, and never before. Lists in the place of names keep five
thousand people small.
"""

from __future__ import annotations

import json
from typing import Final

from outreach_kit.web.directory import By, sort_out
from outreach_kit.web.directory.wording import label_all
from outreach_kit.web.site import Site
from outreach_kit.web.views.cards import show_card

ROW: Final = (
    "slug", "name", "line", "initials", "portrait", "alt", "facts", "openings", "until", "room",
    "first", "without",
    *(by.value for by in By),
)  # fmt: skip
"""What the places of a row mean; the last ones hold places in the lists of `choices`."""


def render_index(site: Site) -> str:
    """Everybody in the directory's order; `choices` are the labels, by the kinds of choices."""
    directory = sort_out(site.practice, site.today)
    labels = label_all(directory, site.words)
    choices = {by: directory.of(by) for by in By}
    places = {
        (by, facet.slug): place
        for by, facets in choices.items()
        for place, facet in enumerate(facets)
    }
    rows = []
    for entry in directory.entries:
        card = show_card(entry, site, labels)
        portrait, openings = card.portrait, card.openings
        rows.append(
            [
                card.slug, card.name, card.line, card.initials,
                portrait.src if portrait else "", portrait.alt if portrait else "",
                card.facts[0], openings.text, openings.fresh_until, int(entry.has_room),
                openings.first_on, openings.without,
                *([places[by, slug] for slug in entry.slugs[by]] for by in By),
            ]
        )  # fmt: skip
    told = {
        "row": ROW,
        "choices": {
            by.value: [[one.slug, labels[by, one.slug]] for one in facets]
            for by, facets in choices.items()
        },
        "people": rows,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
