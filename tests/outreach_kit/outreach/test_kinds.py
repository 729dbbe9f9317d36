from __future__ import annotations

import pytest

from outreach_kit.outreach.kinds import Kind, covers, kinds_of, kinds_sent_on, name_kinds, slug_of
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def test_what_a_practice_does_not_take_is_what_it_sends_on(practice: Practice) -> None:
    labels = [kind.label for kind in kinds_sent_on(practice)]
    assert labels == list(practice.clinicians[0].facts.not_fit)
    assert [kind.slug for kind in kinds_of(practice)][-1] == "gad-7"
    assert "other" not in {kind.slug for kind in kinds_of(practice)}


def test_a_reason_is_one_kind_however_it_was_sent(practice: Practice) -> None:
    said = ["panic", "Panic attacks (heart checked)", "Panic attacks, with cardiac causes excluded"]
    assert name_kinds(said, practice) == (Kind("panic", "Panic attacks (heart checked)"),)


def test_something_else_says_nothing_and_free_words_stay(practice: Practice) -> None:
    said = ["other", "Something else", "Hoarding", " "]
    assert name_kinds(said, practice) == (Kind("", "Hoarding"),)


@pytest.mark.parametrize(
    ("words", "label", "is_covered"),
    [
        ("eating disorders", "An eating disorder that needs medical monitoring", True),
        ("grief and loss", "Grief", True),
        ("the of", "Grief", False),
        ("couples", "Grief", False),
    ],
)
def test_words_cover_what_says_the_same_or_less(words: str, label: str, is_covered: bool) -> None:
    assert covers((), (words,), Kind("", label)) is is_covered


def test_a_slug_covers_whatever_the_words() -> None:
    assert covers(("grief",), (), Kind("grief", "Anything"))
    assert not covers(("", "x"), (), Kind("", "Anything"))


def test_slugs_of_lines_are_plain() -> None:
    assert slug_of("Custodia, y visitas: niños") == "custodia-y-visitas-ninos"
    assert len(slug_of("word " * 40)) <= 60
