"""The menu of talks: how long, for whom, and what they take home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.outreach_kit.practice.conftest import Spoil

Problems = Callable[[], tuple[Problem, ...]]


def test_sample_offers_three_talks_to_those_whom_they_are_for() -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    assert [(one.slug, one.minutes) for one in practice.trainings] == [
        ("clear-work-up", (15,)),
        ("sleepless", (15, 45)),
        ("beside-panic", (30, 60)),
    ]
    physicians, schools, *_ = practice.audiences
    assert [one.slug for one in practice.trainings_for(physicians)] == [
        "clear-work-up",
        "sleepless",
    ]
    assert [one.slug for one in practice.trainings_for(schools)] == ["beside-panic"]
    assert practice.training("sleepless") is practice.trainings[1]
    assert practice.training("juggling") is None


def test_talk_without_audiences_is_for_everybody(folder: Path, spoil: Spoil) -> None:
    spoil("trainings.toml", 'audiences = ["physicians"]\n', "")
    practice = load_practice(folder)
    for audience in practice.audiences:
        assert practice.trainings[0] in practice.trainings_for(audience)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("minutes = 15\n", 'minutes = "15"\n', "training.0.minutes", "list is expected"),
        ("minutes = 15\n", "minutes = 0\n", "training.0.minutes.0", "at least 5"),
        ("minutes = 15\n", "minutes = true\n", "training.0.minutes", "list is expected"),
        ("minutes = 15\n", "minutes = []\n", "training.0.minutes", "Name at least one"),
        ("[15, 45]", "[45, 15]", "training.1.minutes", "do not rise"),
        ("[15, 45]", "[15, 15]", "training.1.minutes", "do not rise"),
        ('["physicians"]', '["bankers"]', "training.0.audiences.0", "Nothing is called “bankers”"),
        ("For everybody", "One. Two. For everybody", "training.2.about", "3 sentences"),
        ('slug = "sleepless"', 'slug = "clear-work-up"', "", "Two trainings are called"),
        ('needs = "A room with', 'need = "A room with', "training.2.need", "no key “need”"),
        ("minutes = 15\n", "", "training.0.minutes", "“minutes” is missing"),
    ],
)
def test_mistake_is_named(
    spoil: Spoil, problems: Problems, old: str, new: str, key: str, says: str
) -> None:
    spoil("trainings.toml", old, new)
    (problem,) = problems()
    assert (problem.file, problem.key) == ("trainings.toml", key)
    assert says in f"{problem.what} {problem.todo}"
    assert problem.line > 0 or not key
