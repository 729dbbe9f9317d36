"""Who refers has words of their own; what the folder leaves out is said as the clinician says it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.practice.conftest import Spoil

Problems = Callable[[], tuple[Problem, ...]]


@pytest.fixture(scope="module")
def sample() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def test_sample_speaks_to_four_kinds_of_office(sample: Practice) -> None:
    slugs = [one.slug for one in sample.audiences]
    assert slugs == ["physicians", "schools", "congregations", "agencies"]
    schools = sample.audience("schools")
    assert schools is not None
    assert (schools.person, schools.people, schools.place) == ("student", "students", "school")
    assert sample.audience("banks") is None


def test_audience_without_own_words_has_the_clinicians(sample: Practice) -> None:
    (nora,) = sample.clinicians
    physicians, schools, *_ = sample.audiences
    assert nora.refer_lines(physicians) == tuple(one.text for one in nora.facts.refer_when)
    assert nora.sentence_for(physicians) == nora.recommend
    assert nora.refer_lines(schools) == schools.refer_when
    assert "Her name is Nora Ellison." in nora.sentence_for(schools)


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n"])
def test_folder_that_names_no_audience_speaks_to_physicians(
    folder: Path, content: str | None
) -> None:
    (folder / "audiences.toml").unlink()
    (folder / "trainings.toml").unlink()
    (folder / "notes/after-the-clear-result.md").unlink()
    if content is not None:
        (folder / "audiences.toml").write_text(content, encoding="utf-8")
    practice = load_practice(folder)
    assert [one.slug for one in practice.audiences] == ["physicians"]
    assert practice.audiences[0].people == "patients"
    assert practice.trainings == ()
    told = practice.in_language("es").audiences[0]
    assert (told.slug, told.people) == ("physicians", "pacientes")


def test_audience_may_be_for_some_clinicians_only(folder: Path, spoil: Spoil) -> None:
    spoil("audiences.toml", 'slug = "schools"', 'slug = "schools"\nclinicians = ["nora-ellison"]')
    practice = load_practice(folder)
    for audience in practice.audiences:
        assert practice.clinicians_for(audience) == practice.clinicians


@pytest.mark.parametrize(
    ("old", "new", "key", "says", "advises"),
    [
        ('slug = "schools"', 'slug = "physicians"', "", "Two audiences are called", "own slug"),
        ('slug = "schools"', 'slug = "Schools"', "audience.1.slug", "web address", "small letters"),
        ('name = "Schools"', 'nmae = "Schools"', "audience.1.nmae", "no key", "“name”"),
        ("[[audience]]\nslug = \"s", "[[audiences]]\nslug = \"s", "audiences", "no key", "“audience”"),
        ('person = "student"', "person = 5", "audience.1.person", "Text is expected", "quotes"),
        ('person = "student"', 'person = ""', "audience.1.person", "empty", "Fill it in"),
        ("{name}. Would", "{nmae}. Would", "audience.1.say", "curly bracket", "{name}"),
        ("I see students", "Hello. I see", "audience.1.opening", "one sentence", "Say it in one"),
        (
            'slug = "schools"',
            'slug = "schools"\nclinicians = ["nora"]',
            "audience.1.clinicians.0",
            "Nothing is called “nora”",
            "nora-ellison",
        ),
    ],
)  # fmt: skip
def test_mistake_is_named_with_its_line(
    folder: Path,
    spoil: Spoil,
    problems: Problems,
    old: str,
    new: str,
    key: str,
    says: str,
    advises: str,
) -> None:
    for spare in ("trainings.toml", "notes/after-the-clear-result.md"):
        (folder / spare).unlink()  # they speak of the audiences that are spoilt here
    spoil("audiences.toml", old, new)
    found = [one for one in problems() if one.key == key]
    assert len(found) == 1
    assert found[0].file == "audiences.toml"
    assert says in found[0].what
    assert advises in found[0].todo
    if key:
        rows = (folder / "audiences.toml").read_text("utf-8").splitlines()
        assert (
            new.splitlines()[-1] in rows[found[0].line - 1]
            or new.splitlines()[0] in rows[found[0].line - 1]
        )
