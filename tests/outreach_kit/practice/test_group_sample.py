"""The second sample: a group of four, in two languages, loads whole and needs no advice."""

from __future__ import annotations

import datetime as dt

from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import advise
from outreach_kit.practice.leftovers import find_leftovers
from tests.samples import GROUP_PRACTICE


def test_a_group_of_four_in_two_languages_loads_and_needs_no_advice() -> None:
    group = load_practice(GROUP_PRACTICE)
    assert len(group.clinicians) == 4
    assert group.is_group
    bilingual = [one.slug for one in group.clinicians if "es" in one.facts.languages]
    assert bilingual == ["ana-ruiz", "tomas-delgado"]
    assert all("es" in group.clinician(slug).profile for slug in bilingual)  # type: ignore[union-attr]
    assert list(advise(group, dt.date(2026, 11, 20))) == []
    assert list(find_leftovers(group)) == []
