"""Laying words over facts, whatever part of them is there: nothing else changes, nothing is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.complaints import model_in
from outreach_kit.practice.facts import Facts
from outreach_kit.practice.plain import as_plain, unsaid
from outreach_kit.practice.translation import lay_words
from outreach_kit.practice.words import FACTS_OF, ClinicianWords
from tests.samples import GROUP_PRACTICE

GROUP: Practice = load_practice(GROUP_PRACTICE)
ANA = GROUP.clinicians[0].facts
WHOLE: dict[str, Any] = as_plain(GROUP.overlays["es"].clinicians["ana-ruiz"], unsaid)
TEXTS = sorted(set(WHOLE) - {"refer_when"})


def without(keys: set[str], reasons: set[int]) -> ClinicianWords:
    """Ana's Spanish words, some of them lost."""
    kept: dict[str, Any] = {key: value for key, value in WHOLE.items() if key not in keys}
    kept["refer_when"] = [
        one for place, one in enumerate(WHOLE["refer_when"]) if place not in reasons
    ]
    return ClinicianWords.model_validate(kept)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(TEXTS)), st.sets(st.integers(0, 2)))
def test_each_text_is_either_told_or_stays(keys: set[str], reasons: set[int]) -> None:
    words = without(keys, reasons)
    told = lay_words(ANA, words)
    whole = lay_words(ANA, without(set(), set()))
    for key in type(ANA).model_fields:
        if key == "refer_when":
            continue
        source = ANA if key in keys else whole
        assert getattr(told, key) == getattr(source, key), key
    for place, reason in enumerate(told.refer_when):
        source_reasons = ANA.refer_when if place in reasons else whole.refer_when
        assert reason == source_reasons[place]


def test_no_words_change_nothing() -> None:
    assert lay_words(ANA, None) is ANA
    assert lay_words(ANA, ClinicianWords()) is ANA
    assert lay_words(ANA, ClinicianWords(not_fit=())) is ANA


def test_every_word_that_can_be_translated_is_a_key_of_the_facts() -> None:
    """A text that was renamed in one model and not in the other could never be laid over."""
    assert len(FACTS_OF) == 5
    for words, facts in FACTS_OF.items():
        _compare(words, facts)


def _compare(words: type[Facts], facts: type[Facts]) -> None:
    for key, described in words.model_fields.items():
        assert key in facts.model_fields, f"{facts.__name__}.{key}"
        inner = model_in(described.annotation)
        if inner is not None:
            table = model_in(facts.model_fields[key].annotation)
            assert table is not None
            assert issubclass(inner, Facts)
            assert issubclass(table, Facts)
            _compare(inner, table)
