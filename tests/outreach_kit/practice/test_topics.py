"""What a reason means to the person who has it: a text for each reason, in each language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import advise
from tests.outreach_kit.practice.conftest import Spoil
from tests.samples import GROUP_PRACTICE

Problems = Callable[[], tuple[Problem, ...]]
TEXT = "---\ntitle: A title\ndescription: A line.\n---\n\nSome words.\n"


def test_the_sample_tells_every_reason_in_the_order_of_the_guide() -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    topics = practice.topics_in("en")
    assert [one.slug for one in topics] == ["panic", "ibs-insomnia", "reassurance", "gad-7"]
    assert topics[0].title == "Panic attacks, when your heart has been checked"
    assert topics[0].body.text.lstrip().startswith("It comes out of nowhere.")
    assert str(SAMPLE_PRACTICE / "topics/panic.md") in practice.files


def test_the_samples_own_advice_finds_nothing_in_its_topics() -> None:
    for folder in (SAMPLE_PRACTICE, GROUP_PRACTICE):
        practice = load_practice(folder)
        assert len(practice.topics) >= 4
        day = max(one.facts.openings.on for one in practice.clinicians if one.facts.openings)
        told = [one.problem for one in advise(practice, day)]
        assert [one for one in told if one.file.startswith(("topics/", "resources"))] == []


def test_a_topic_is_told_in_the_language_asked_for_and_else_in_the_main_one() -> None:
    practice = load_practice(GROUP_PRACTICE)
    assert {one.language for one in practice.topics_in("es")} == {"es"}
    assert {one.language for one in practice.topics_in("en")} == {"en"}
    assert {one.language for one in practice.topics_in("fr")} == {"en"}
    slugs = [one.slug for one in practice.topics_in("es")]
    assert slugs == [one.slug for one in practice.topics_in("en")]


def test_a_topic_without_its_reason_is_refused_with_the_nearest(
    folder: Path, problems: Problems
) -> None:
    (folder / "topics/panics.md").write_text(TEXT, encoding="utf-8")
    (folder / "topics/grief.md").write_text(TEXT, encoding="utf-8")
    near, far = sorted(problems(), key=lambda one: one.file, reverse=True)
    assert (near.file, near.todo) == ("topics/panics.md", "Did you mean panic.md?")
    assert far.what == "No clinician has a reason “grief”."
    assert far.todo.endswith("panic, ibs-insomnia, reassurance, gad-7.")


def test_a_translation_needs_what_it_translates(folder: Path, problems: Problems) -> None:
    (folder / "topics/panic.md").rename(folder / "topics/panic.es.md")
    (problem,) = problems()
    assert problem.file == "topics/panic.es.md"
    assert problem.todo == "Write topics/panic.md in “en” first."


def test_reasons_that_could_not_be_read_refuse_no_topic(spoil: Spoil, problems: Problems) -> None:
    spoil("clinicians/nora-ellison/clinician.toml", 'slug = "panic"', 'slug = "Panic!"')
    assert {one.file for one in problems()} == {"clinicians/nora-ellison/clinician.toml"}


def test_html_in_a_topic_and_a_field_it_does_not_have_are_refused(
    folder: Path, problems: Problems
) -> None:
    (folder / "topics/panic.md").write_text(
        "---\ntitle: A\ndate: 2026-11-01\n---\n\n<b>Words</b>\n", encoding="utf-8"
    )
    assert [(one.line, one.key) for one in problems()] == [(3, "date"), (6, "")]


def test_what_begins_with_a_stroke_or_a_dot_is_passed_over(folder: Path) -> None:
    before = load_practice(folder)
    for place in ("topics/_draft.md", "pages/_draft.md", "notes/_draft.md", "topics/.hidden.md"):
        (folder / place).write_text("Not yet.", encoding="utf-8")
    after = load_practice(folder)
    assert (after.topics, after.pages, after.notes) == (before.topics, before.pages, before.notes)


def test_a_topic_that_reads_too_hard_is_told(folder: Path) -> None:
    hard = "Psychophysiological hyperarousal perpetuates gastrointestinal symptomatology. " * 12
    (folder / "topics/panic.md").write_text(TEXT + hard, encoding="utf-8")
    practice = load_practice(folder)
    found = [one for one in advise(practice, practice.notes[0].on) if one.rule == "reading-grade"]
    assert [one.problem.file for one in found] == ["topics/panic.md"]


def test_a_missing_translation_is_reported(folder: Path) -> None:
    practice = load_practice(folder)
    told = {one.home for one in practice.untranslated("es")}
    assert {"topics/panic.es.md", "resources.es.toml"} <= told
