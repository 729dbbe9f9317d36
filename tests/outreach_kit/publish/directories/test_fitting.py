"""Sentences until a field is full."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.publish.directories.fitting import (
    LINE,
    count_characters,
    count_words,
    fit,
)

TOLD = (("It wakes you at night.", "It scares you."), ("You know the plan early.", "We try it."))
WHOLE = "It wakes you at night. It scares you.\n\nYou know the plan early. We try it."
SENTENCES = st.lists(
    st.lists(st.text("ab ñ😀", min_size=1, max_size=60).filter(str.strip), max_size=4), max_size=4
)


def test_what_fits_is_whole() -> None:
    assert fit(TOLD).text == WHOLE
    assert fit(TOLD, count_characters(WHOLE)).text == WHOLE
    assert fit(TOLD, count_characters(WHOLE)).left_out == 0
    assert fit(TOLD, words=count_words(WHOLE)).text == WHOLE


def test_what_does_not_fit_ends_with_a_sentence() -> None:
    fitted = fit(TOLD, 40)
    assert (fitted.text, fitted.left_out) == ("It wakes you at night. It scares you.", 2)
    assert fit(TOLD, words=7).text == "It wakes you at night."


def test_a_sentence_that_announces_what_does_not_come_is_left_out() -> None:
    fitted = fit(TOLD, count_characters(WHOLE) - 1)
    assert (fitted.text, fitted.left_out) == ("It wakes you at night. It scares you.", 2)


def test_a_first_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    fitted = fit((("Whoever reads this, has time.",),), 21)
    assert (fitted.text, fitted.left_out) == ("Whoever reads this…", 1)
    assert fit((("Donaudampfschifffahrt",),), 10).text == ""


def test_a_field_of_lines_has_one_thing_a_line() -> None:
    assert fit((("Regence",), ("Premera",)), between=LINE).text == "Regence\nPremera"


@pytest.mark.parametrize(("text", "count"), [("a", 1), ("ñ", 1), ("😀", 2), ("a\nb", 4), ("", 0)])
def test_characters_are_counted_as_a_browser_counts_at_the_worst(text: str, count: int) -> None:
    assert count_characters(text) == count


@given(SENTENCES, st.integers(1, 200), st.integers(1, 30))
def test_no_text_is_longer_than_its_field(
    told: list[list[str]], characters: int, words: int
) -> None:
    fitted = fit(told, characters, words)
    assert count_characters(fitted.text) <= characters
    assert count_words(fitted.text) <= words
    assert 0 <= fitted.left_out <= sum(map(len, told))
