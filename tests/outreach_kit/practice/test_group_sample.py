"""The second sample: a group of four, whole in two languages, loads and needs hardly any advice."""

from __future__ import annotations

import datetime as dt

import pytest

from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.advice import advise
from outreach_kit.practice.leftovers import find_leftovers
from tests.samples import GROUP_PRACTICE


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def test_a_group_of_four_loads(group: Practice) -> None:
    assert len(group.clinicians) == 4
    assert group.is_group
    bilingual = [one.slug for one in group.clinicians if "es" in one.facts.languages]
    assert bilingual == ["ana-ruiz", "tomas-delgado"]
    assert list(find_leftovers(group)) == []


def test_the_group_lacks_nothing_but_the_numbers_that_only_the_register_gives(
    group: Practice,
) -> None:
    found = advise(group, dt.date(2026, 11, 20))
    assert {one.rule for one in found} == {"no-npi"}
    assert [one.problem.file.split("/")[1] for one in found] == [
        one.slug for one in group.clinicians
    ]


def test_every_text_of_the_group_is_there_in_spanish(group: Practice) -> None:
    assert group.untranslated("es") == ()
    assert len(group.untranslated("fr")) > 80


def test_the_group_in_spanish_says_the_same_facts_in_other_words(group: Practice) -> None:
    told = group.in_language("es")
    assert told.niche.startswith("Ayudamos a niños")
    assert [one.price for one in told.fees] == [one.price for one in group.fees]
    assert [one.slug for one in told.reasons] == [one.slug for one in group.reasons]
    for before, after in zip(group.clinicians, told.clinicians, strict=True):
        assert after.facts.niche != before.facts.niche
        assert after.facts.npi == before.facts.npi
        assert set(after.profile) == {"en", "es"}
    assert {one.people for one in told.audiences} == {"pacientes", "estudiantes", "feligreses"}


def test_each_audience_of_the_group_meets_those_who_are_for_it(group: Practice) -> None:
    physicians, schools, _ = group.audiences
    assert group.clinicians_for(physicians) == group.clinicians
    samuel, tomas = group.clinicians_for(schools)
    assert (samuel.slug, tomas.slug) == ("samuel-okonkwo", "tomas-delgado")
    assert "Tomás Delgado speaks with parents first" in tomas.sentence_for(schools)
