"""Each rule finds a text that is wrong, and leaves one alone that is nearly so."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import CHECKS, Advice, Look, advise
from outreach_kit.practice.advice.unfinished import STARTER_SPEECH, STARTER_WORDS
from outreach_kit.publish.starter import write_starter
from tests.outreach_kit.practice.advice.cases import CASES, Case
from tests.outreach_kit.practice.advice.sayings import (
    PRACTICE,
    SPANISH,
    TODAY,
    profile_begins,
    profile_says,
)
from tests.outreach_kit.practice.advice.spoiling import NORA, portrait, put, write


def found(folder: Path, rule: str) -> list[Advice]:
    return [one for one in advise(load_practice(folder), TODAY) if one.rule == rule]


def test_every_rule_has_a_case_and_its_own_name() -> None:
    names = [check.rule.name for check in CHECKS]
    assert len(set(names)) == len(names) >= 30
    assert {one.rule for one in CASES} == set(names)


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.rule)
def test_rule_finds_what_is_wrong_and_says_where_why_and_what_to_do(
    folder: Path, one: Case
) -> None:
    for edit in one.bad:
        edit(folder)
    findings = found(folder, one.rule)
    assert findings
    for advice in findings:
        problem = advice.problem
        lines = (folder / problem.file).read_text("utf-8").splitlines()
        assert 0 <= problem.line <= len(lines)
        assert problem.rule == one.rule
        assert problem.why == advice.why
        assert all(
            text.endswith((".", "?”", "”")) for text in (problem.what, problem.todo, advice.why)
        )


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.rule)
def test_rule_leaves_alone_what_is_only_near(folder: Path, one: Case) -> None:
    for edit in one.good:
        edit(folder)
    assert found(folder, one.rule) == []


@pytest.mark.parametrize(
    ("rule", "sentence", "line"),
    [
        ("openings-in-words", "I have two openings.", 4),
        ("event-past", "It begins on 3 March 2026.", 4),
        ("crisis-lines", "If you are in a crisis, wait for the session.", 4),
    ],
)
def test_line_is_that_of_the_sentence(folder: Path, rule: str, sentence: str, line: int) -> None:
    profile_says(sentence)(folder)
    assert [one.problem.line for one in found(folder, rule)] == [line]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("credentials-first", "Licenciada en psicología, le escucho."),
        ("resume-first", "Me llamo Nora y le escucho."),
        ("openings-in-words", "Aceptamos nuevos pacientes."),
        ("event-past", "El taller empieza el 3 de marzo de 2026."),
        ("crisis-lines", "Si piensa en suicidarse, dígamelo."),
    ],
)
def test_spanish_texts_are_read_as_well(folder: Path, rule: str, text: str) -> None:
    SPANISH(folder)
    write(f"{NORA}/profile.es.md", text)(folder)
    assert [one.problem.file for one in found(folder, rule)] == [f"{NORA}/profile.es.md"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I work with families in crisis and with emergency physicians.",
        "Many come after an hour in an emergency room.",
        "She was licensed to drive, and a client has an opening in the diary.",
        "The clinic of March 3, 2018 taught me to wait.",
        "It takes some degree of courage to begin in 2019.",
        "You will have good days with open doors.",
    ],
)
def test_harmless_sentences_are_left_alone(folder: Path, sentence: str) -> None:
    profile_says(sentence)(folder)
    assert advise(load_practice(folder), TODAY) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "If you are in crisis, write to me.",
        "In an emergency, leave a message.",
        "Some people think of killing themselves.",
        "This page is not for emergencies.",
    ],
)
def test_words_of_danger_ask_for_the_crisis_line(folder: Path, sentence: str) -> None:
    profile_says(sentence)(folder)
    assert len(found(folder, "crisis-lines")) == 1


@pytest.mark.parametrize(
    ("who", "visits"),
    [
        ("Nora alone reads it.", "Visits are not followed."),
        ("Nobody but her sees what you write.", "We do not count visitors."),
        ("Only the clinician opens it.", "We keep no statistics."),
    ],
)
def test_privacy_can_be_told_in_plain_words(folder: Path, who: str, visits: str) -> None:
    page = folder / "pages/privacy.md"
    told = f"The form asks for a name. {who} It is kept for seven years. {visits}"
    page.write_text(f"---\ntitle: Privacy\n---\n{told}\n", "utf-8")
    assert found(folder, "privacy-silent") == []
    page.write_text(f"---\ntitle: Privacy\n---\n{told.replace(who, '')}\n", "utf-8")
    assert "who reads it" in found(folder, "privacy-silent")[0].problem.what


def test_what_looks_like_markup_in_a_note_is_read_as_it_stands(folder: Path) -> None:
    note = "Ring <twice>, or see [Zoe](desk). We have two openings left."
    put(PRACTICE, "Free parking behind the building, off Second Avenue.", note)(folder)
    (one,) = found(folder, "openings-in-words")
    assert (one.problem.file, one.problem.key) == (PRACTICE, "address.parking")


def test_a_heading_is_not_the_first_sentence(folder: Path) -> None:
    profile_begins("# About me\n\nI am a licensed therapist. Your heart")(folder)
    assert [one.problem.line for one in found(folder, "resume-first")] == [3]
    assert [one.problem.line for one in found(folder, "credentials-first")] == [3]


def test_every_question_of_the_starter_is_known_when_it_stays(tmp_path: Path) -> None:
    answers = {
        "name": "Bell", "clinician": "Ann Bell", "phone": "(360) 555-0199", "city": "Town",
        "state": "WA", "zip": "98101", "niche": "I help adults who cannot sleep.",
    }  # fmt: skip
    write_starter(tmp_path / "new", answers, TODAY)
    found_at = [one.problem.line for one in found(tmp_path / "new", "starter-words")]
    assert len(found_at) == len(STARTER_WORDS) + len(STARTER_SPEECH)


@pytest.mark.parametrize("alt", ["", "Nora Ellison", "nora.png", "A portrait", "Mi foto"])
def test_a_file_name_or_a_bare_word_is_no_description(folder: Path, alt: str) -> None:
    portrait(alt)(folder)
    assert len(found(folder, "portrait-alt")) == 1


def test_texts_of_one_file_that_lack_a_translation_are_told_once(folder: Path) -> None:
    SPANISH(folder)
    files = [one.problem.file for one in found(folder, "untranslated")]
    assert len(files) == len(set(files)) > 4


def test_other_languages_are_not_judged_by_english(folder: Path) -> None:
    put(PRACTICE, 'languages = ["en"]', 'languages = ["de"]')(folder)
    profile_begins("I am a licensed therapist, and I have two openings. Your heart")(folder)
    rules = {one.rule for one in advise(load_practice(folder), TODAY)}
    assert rules == set()


@pytest.mark.parametrize(
    ("language", "words", "missing"),
    [
        ("en", "We use no cookies.", "what the form asks for, who reads it or how long it is kept"),
        ("en", "The form asks for a name. Only I read it. I keep it for a year.", "whether visits are followed"),
        ("es", "Usamos cookies.", "what the form asks for, who reads it or how long it is kept"),
        ("es", "El formulario pide un nombre. Solo yo lo leo. Sin cookies.", "how long it is kept"),
        ("es", "El formulario pide un nombre. Nadie más lo lee. Se borra al año. Sin cookies.", ""),
        ("de", "Kein Wort davon.", ""),
    ],
)  # fmt: skip
def test_the_page_on_privacy_is_asked_for_what_it_owes(
    folder: Path, language: str, words: str, missing: str
) -> None:
    put(PRACTICE, 'languages = ["en"]', f'languages = ["{language}"]')(folder)
    (folder / "pages/privacy.md").write_text(f"---\ntitle: Privacy\n---\n\n{words}\n", "utf-8")
    told = [one.problem for one in found(folder, "privacy-silent")]
    assert [one.what for one in told] == ([f"The page does not say {missing}."] if missing else [])
    assert all(one.file == "pages/privacy.md" for one in told)


def test_nothing_is_looked_for_that_is_silenced(folder: Path) -> None:
    put(PRACTICE, "fax =", "# fax =")(folder)
    put(PRACTICE, "[promise]", '[advice]\nsilence = ["no-fax"]\n\n[promise]')(folder)
    assert found(folder, "no-fax") == []


def test_a_text_is_taken_apart_once_for_all_rules(folder: Path) -> None:
    practice = load_practice(folder)
    look = Look(practice, TODAY)
    prose = practice.clinicians[0].profile["en"]
    assert look.sentences(prose) is look.sentences(prose)
