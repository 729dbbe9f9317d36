"""The domain's rules are told with file and reason, and can be silenced by name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import advise, speech_seconds, speech_words
from outreach_kit.practice.leftovers import find_leftovers
from tests.outreach_kit.practice.conftest import CLINICIAN, Spoil

TODAY = dt.date(2026, 11, 21)
SPEECH = "clinicians/nora-ellison/elevator-speech.md"


def rules(folder: Path, today: dt.date = TODAY) -> list[str]:
    return [one.rule for one in advise(load_practice(folder), today)]


def test_sample_practice_needs_no_advice(folder: Path) -> None:
    assert rules(folder) == []


def test_speech_is_counted_in_words_and_seconds(folder: Path) -> None:
    (clinician,) = load_practice(folder).clinicians
    words = len(speech_words(clinician, "en"))
    assert 75 <= words <= 100
    assert speech_seconds(75) == 30


def test_one_word_and_one_second_are_not_counted_as_several(folder: Path) -> None:
    (folder / SPEECH).write_text("Tired, perhaps?\n")
    [told] = [one for one in advise(load_practice(folder), TODAY) if one.rule == "speech-length"]
    assert "2 words, 1 second." in str(told)


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (SPEECH, "You know how", "You know how " + "really " * 20, "speech-length"),
        (SPEECH, "one more test?", "one more test.", "speech-question"),
        (CLINICIAN, 'credentials = ["LICSW"]', 'credentials = ["heart"]', "credentials-first"),
        ("practice.toml", 'fax = "(360) 555-0143"', "", "no-fax"),
        ("practice.toml", "form_url =", "# form_url =", "no-form"),
        ("practice.toml", 'url = "https://harborstreet.example/book"', "", "no-booking"),
    ],
)
def test_each_rule_finds_its_case(
    folder: Path, spoil: Spoil, name: str, old: str, new: str, rule: str
) -> None:
    spoil(name, old, new)
    if rule == "credentials-first":
        spoil("clinicians/nora-ellison/profile.md", "Your heart", "My heart")
    assert rule in rules(folder)
    spoil("practice.toml", "[promise]", f'[advice]\nsilence = ["{rule}"]\n\n[promise]')
    assert rule not in rules(folder)


@pytest.mark.parametrize(
    ("today", "stale"), [(dt.date(2026, 11, 30), False), (dt.date(2026, 12, 1), True)]
)
def test_openings_go_stale_after_two_weeks(folder: Path, today: dt.date, *, stale: bool) -> None:
    assert ("openings-stale" in rules(folder, today)) is stale


def test_leftovers_of_the_sample_are_found_outside_remarks(folder: Path) -> None:
    (folder / "practice.toml").write_text(
        (folder / "practice.toml").read_text("utf-8") + "# Nora Ellison\n", encoding="utf-8"
    )
    found = list(find_leftovers(load_practice(folder)))
    assert {problem.file for problem in found} == {
        "audiences.toml",
        "clinicians/nora-ellison/resume.md",
        "clinicians/nora-ellison/profile.md",
        SPEECH,
        CLINICIAN,
        "notes/after-the-clear-result.md",
        "notes/three-questions-about-sleep.md",
        "practice.toml",
        "trainings.toml",
        "resources.toml",
        "colleagues.toml",
        *(f"topics/{one.slug}.md" for one in load_practice(folder).topics),
    }
    assert not any("Nora" in problem.what and problem.file == "practice.toml" for problem in found)


def test_every_audience_and_talk_of_the_sample_is_known_as_a_leftover(folder: Path) -> None:
    practice = load_practice(folder)
    found = list(find_leftovers(practice))
    for file, tables in (
        ("audiences.toml", practice.audiences),
        ("trainings.toml", practice.trainings),
    ):
        assert len({one.line for one in found if one.file == file}) == len(tables)
