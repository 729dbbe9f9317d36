"""Notes are dated, stand newest first, and a translation has the day of what it translates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.outreach_kit.practice.conftest import Spoil

Problems = Callable[[], tuple[Problem, ...]]
NOTE = "notes/after-the-clear-result.md"


def test_sample_has_two_notes_the_newest_first() -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    assert [(one.slug, one.on) for one in practice.notes] == [
        ("after-the-clear-result", dt.date(2026, 11, 9)),
        ("three-questions-about-sleep", dt.date(2026, 9, 14)),
    ]
    first, second = practice.notes
    assert first.title == "What to say after a clear result"
    assert (first.audiences, second.audiences) == (("physicians",), ())
    assert first.body.text.lstrip().startswith("The result is clear")
    assert first.body.line == 7
    assert str(SAMPLE_PRACTICE / NOTE) in practice.files


def test_translation_takes_the_day_of_what_it_translates(folder: Path) -> None:
    (folder / "notes/after-the-clear-result.es.md").write_text(
        "---\ntitle: Después\n---\nHola.\n", encoding="utf-8"
    )
    practice = load_practice(folder)
    told = [(one.slug, one.language, one.on) for one in practice.notes[:2]]
    day = dt.date(2026, 11, 9)
    assert told == [("after-the-clear-result", "en", day), ("after-the-clear-result", "es", day)]
    assert practice.notes[1].audiences == practice.notes[0].audiences == ("physicians",)
    assert [one.language for one in practice.notes_in("es")] == ["es", "en"]
    assert [one.language for one in practice.notes_in("en")] == ["en", "en"]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ("date: 2026-11-09\n", "", 1, "date", "The note has no date."),
        ("2026-11-09", "9 November", 3, "date", "not a date"),
        ("2026-11-09", "2026-02-30", 3, "date", "not a date"),
        ("2026-11-09", "20261109", 3, "date", "not a date"),
        ("title:", "titel:", 2, "titel", "The note has no such field."),
        ("audiences: physicians", "audiences: doctors", 5, "audiences", "no audience “doctors”"),
        ("The result is", "The <b>result</b> is", 8, "", "HTML"),
    ],
)
def test_mistake_in_a_note_is_named_on_its_line(
    spoil: Spoil, problems: Problems, old: str, new: str, line: int, key: str, says: str
) -> None:
    spoil(NOTE, old, new)
    found = [one for one in problems() if says in one.what]
    assert [(one.file, one.line, one.key) for one in found] == [(NOTE, line, key)]


def test_translation_may_not_name_another_day(folder: Path, problems: Problems) -> None:
    (folder / "notes/after-the-clear-result.es.md").write_text(
        "---\ntitle: Después\ndate: 2026-11-10\n---\nHola.\n", encoding="utf-8"
    )
    (problem,) = problems()
    assert problem.line == 3
    assert "2026-11-10" in problem.what
    assert "2026-11-09" in problem.what


def test_note_told_twice_and_a_name_for_no_address_are_refused(
    folder: Path, problems: Problems
) -> None:
    text = (folder / NOTE).read_text("utf-8")
    (folder / "notes/after-the-clear-result.en.md").write_text(text, encoding="utf-8")
    (folder / "notes/Good News.md").write_text(text, encoding="utf-8")
    assert [one.what for one in problems()] == [
        "“Good News” cannot stand in a web address.",
        "Two files tell “after-the-clear-result” in “en”.",
    ]


@pytest.mark.parametrize("name", ["Our Policies", "Policies", "política", "a--b", "c_d"])
def test_page_whose_name_is_no_address_is_refused(
    folder: Path, problems: Problems, name: str
) -> None:
    (folder / f"pages/{name}.md").write_text("---\ntitle: Ours\n---\nHello.\n", encoding="utf-8")
    (one,) = problems()
    assert (one.file, one.what) == (
        f"pages/{name}.md",
        f"“{name}” cannot stand in a web address.",
    )


def test_what_is_wrong_with_a_page_is_said_once(folder: Path, problems: Problems) -> None:
    (folder / "pages/Ours.md").write_text("Hello.\n", encoding="utf-8")
    assert sorted(one.what for one in problems()) == [
        "The page has no title.",
        "“Ours” cannot stand in a web address.",
    ]


def test_resume_is_optional_and_may_stand_in_each_language(folder: Path) -> None:
    home = folder / "clinicians/nora-ellison"
    assert list(load_practice(folder).clinicians[0].resume) == ["en"]
    (home / "resume.md").rename(home / "resume.es.md")
    assert list(load_practice(folder).clinicians[0].resume) == ["es"]
    (home / "resume.es.md").unlink()
    assert load_practice(folder).clinicians[0].resume == {}
