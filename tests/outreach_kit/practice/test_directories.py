"""When a text was pasted into a directory, and which facts have changed since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import Look, advise
from outreach_kit.practice.fingerprint import Kind, changed_since, fingerprint
from tests.outreach_kit.practice.advice.spoiling import second_clinician
from tests.outreach_kit.practice.conftest import CLINICIAN, Spoil
from tests.outreach_kit.web.things import TODAY

Problems = Callable[[], tuple[Problem, ...]]
PROFILE = "clinicians/nora-ellison/profile.md"
SAMPLE = load_practice(SAMPLE_PRACTICE)
NOW = fingerprint(SAMPLE, SAMPLE.clinicians[0])


def list_in(folder: Path, text: str) -> None:
    (folder / "directories.toml").write_text(f"[[directory]]\n{text}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        (CLINICIAN, "stop fearing their bodies", "trust their bodies", [Kind.NICHE]),
        (PROFILE, "three in the morning", "four in the morning", [Kind.PROFILE]),
        (CLINICIAN, "youngest = 18", "youngest = 16", [Kind.APPROACHES]),
        ("practice.toml", "consultation_price = 0", "consultation_price = 20", [Kind.FEES]),
        ("practice.toml", '"Regence", ', "", [Kind.PLANS]),
        (CLINICIAN, 'telehealth = ["WA"]', 'telehealth = ["OR", "WA"]', [Kind.PLACE]),
        ("practice.toml", 'fax = "(360) 555-0143"\n', "", []),
        (
            PROFILE,
            "did not read the report. They still",
            "did not read the report.\nThey still",
            [],
        ),
    ],
)
def test_a_fingerprint_tells_which_kind_of_fact_has_changed(
    folder: Path, spoil: Spoil, file: str, old: str, new: str, changed: list[Kind]
) -> None:
    spoil(file, old, new)
    practice = load_practice(folder)
    assert list(changed_since(NOW, fingerprint(practice, practice.clinicians[0]))) == changed


def test_an_older_fingerprint_is_compared_in_what_it_knew() -> None:
    assert list(changed_since(NOW[:9], NOW)) == []


def test_it_is_the_same_in_every_language() -> None:
    told = SAMPLE.in_language("es")
    assert fingerprint(told, told.clinicians[0]) == NOW


def test_advice_names_the_directory_the_day_and_everything_that_changed(
    folder: Path, spoil: Spoil
) -> None:
    list_in(folder, f'name = "psychology-today"\npasted_on = 2026-11-02\nfacts = "{NOW}"')
    spoil("practice.toml", "price = 160", "price = 165")
    spoil(CLINICIAN, "stop fearing their bodies", "trust their bodies")
    spoil("practice.toml", '"Regence", ', "")
    (told,) = (
        one.problem
        for one in advise(load_practice(folder), TODAY)
        if one.rule == "directory-outdated"
    )
    assert (told.file, told.line) == ("directories.toml", 4)
    assert told.what == (
        "Your Psychology Today text was pasted on 2026-11-02, before your niche, fees and insurance "
        "changed."
    )


def test_a_group_says_whose_entry_it_is(folder: Path, problems: Problems) -> None:
    second_clinician()(folder)
    list_in(folder, 'name = "zencare"')
    (problem,) = problems()
    assert problem.key == "directory.0.clinician"
    assert "ada-lund" in problem.todo

    list_in(folder, 'name = "zencare"\nclinician = "ada-lund"')
    practice = load_practice(folder)
    whose = practice.whose_listing(practice.listings[0])
    assert whose
    assert whose.name == "Ada Lund"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('name = "zencare"\nclinician = "nobody"', "clinician"),
        ('name = "Psychology Today"', "name"),
        ('name = "zencare"\npasted_on = 2026-11-02\nfacts = "what I wrote"', "facts"),
        (f'name = "zencare"\nfacts = "{NOW}"', ""),
        ('name = "zencare"\n[[directory]]\nname = "zencare"', ""),
    ],
)
def test_what_cannot_be_compared_is_refused(
    folder: Path, problems: Problems, text: str, key: str
) -> None:
    list_in(folder, text)
    (problem,) = problems()
    assert problem.file == "directories.toml"
    assert problem.key.endswith(key)


def test_an_entry_that_was_never_pasted_is_left_alone(folder: Path) -> None:
    list_in(folder, 'name = "zencare"\nurl = "https://zencare.co/provider/nora"')
    practice = load_practice(folder)
    assert Look(practice, TODAY).practice.listings[0].pasted_on is None
    assert not [one for one in advise(practice, TODAY) if one.rule.startswith("directory-")]
