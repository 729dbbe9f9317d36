"""A character that no font has is named with its place; a font of one's own makes it printable."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from outreach_kit.errors import ContentError, Problem
from outreach_kit.paper import (
    MissingGlyphs,
    Paper,
    Press,
    Source,
    gather_problems,
    plan_sheets,
)
from outreach_kit.paper.fonts import gather_fonts
from outreach_kit.paper.glyphs import unprintable
from outreach_kit.practice import load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import TIMESTAMP, TODAY, Print, job_for
from tests.samples import GROUP_PRACTICE

CLINICIAN = "clinicians/nora-ellison/clinician.toml"
SPEECH = "clinicians/nora-ellison/elevator-speech.md"


def test_the_character_its_file_line_and_key_are_named(tmp_path: Path, prints: Print) -> None:
    practice = folders.sample_with(tmp_path, (CLINICIAN, "A GAD-7 score", "A 日 GAD-7 score"))
    with pytest.raises(MissingGlyphs) as refused:
        prints(practice, "guide")
    assert refused.value.characters == ("日",)
    (problem,) = refused.value.problems
    assert problem.file == CLINICIAN
    assert problem.key == "refer_when.3.text"
    written = (tmp_path / CLINICIAN).read_text(encoding="utf-8").splitlines()
    assert "日" in written[problem.line - 1]
    assert "“日” (U+65E5 CJK UNIFIED IDEOGRAPH-65E5)" in problem.what


def test_every_place_and_every_character_is_named_at_once(tmp_path: Path, prints: Print) -> None:
    practice = folders.sample_with(
        tmp_path,
        (CLINICIAN, 'name = "Nora Ellison"', 'name = "Nora 日本 Ellison"'),
        ("practice.toml", "214 Harbor St", "214 Harbor 🙂 St"),
    )
    with pytest.raises(MissingGlyphs) as refused:
        prints(practice, "guide")
    assert refused.value.characters == ("日", "本", "🙂")
    assert {problem.key for problem in refused.value.problems} == {"name", "address.street"}


def test_a_character_in_the_speech_is_named_with_its_line(tmp_path: Path, prints: Print) -> None:
    practice = folders.sample_with(tmp_path, (SPEECH, "symptoms are real", "symptoms 日 are real"))
    with pytest.raises(MissingGlyphs) as refused:
        prints(practice, "elevator-card")
    assert [(one.file, one.line) for one in refused.value.problems] == [(SPEECH, 2)]


@pytest.mark.parametrize(
    ("sheet", "file", "before", "key"),
    [
        ("talks-menu", "trainings.toml", "A corner of the break room", "training.0.needs"),
        ("resume", "clinicians/nora-ellison/resume.md", "Tidewater Hospital", ""),
        ("newsletter", "notes/after-the-clear-result.md", "Both halves", ""),
        ("newsletter", "notes/after-the-clear-result.md", "What to say after", "title"),
    ],
)
def test_a_character_in_what_is_handed_over_is_named(
    tmp_path: Path, prints: Print, sheet: str, file: str, before: str, key: str
) -> None:
    practice = folders.sample_with(tmp_path, (file, before, f"日 {before}"))
    with pytest.raises(MissingGlyphs) as refused:
        prints(practice, sheet)
    (problem,) = refused.value.problems
    assert (problem.file, problem.key) == (file, key)
    written = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    assert key == "title" or "日" in written[problem.line - 1]


def test_a_character_in_a_translated_text_is_named_in_its_own_file(
    tmp_path: Path, press: Press
) -> None:
    shutil.copytree(GROUP_PRACTICE, tmp_path, dirs_exist_ok=True)
    spanish = tmp_path / "clinicians/ana-ruiz/clinician.es.toml"
    text = spanish.read_text(encoding="utf-8").replace("Una pareja que", "Una 日 pareja que")
    spanish.write_text(text, encoding="utf-8")
    practice = load_practice(tmp_path)
    ana = practice.clinician("ana-ruiz")
    jobs = plan_sheets(practice, papers=[Paper.LETTER], only="niche-profile")
    (job,) = (one for one in jobs if one.clinician == ana and one.language == "es")
    with pytest.raises(MissingGlyphs) as refused:
        press.pdf(job, practice, today=TODAY, timestamp=TIMESTAMP, form_url=None, site_url=None)
    (problem,) = refused.value.problems
    assert (problem.file, problem.key) == (
        "clinicians/ana-ruiz/clinician.es.toml", "refer_when.1.text",
    )  # fmt: skip
    assert "日" in text.splitlines()[problem.line - 1]


def test_a_character_in_an_office_s_name_is_named(tmp_path: Path, prints: Print) -> None:
    with pytest.raises(MissingGlyphs) as refused:
        prints(folders.sample_with(tmp_path), "guide", source=Source("k7", "日 Clinic"))
    assert [one.file for one in refused.value.problems] == ["日 Clinic"]


def test_a_font_of_the_practice_s_own_fills_the_gap(tmp_path: Path, prints: Print) -> None:
    practice = folders.sample_with(tmp_path, (CLINICIAN, "A GAD-7 score", "A 日 GAD-7 score"))
    with pytest.raises(MissingGlyphs):
        prints(practice, "guide")
    _make_font(tmp_path / "fonts", tmp_path / "cache", "日")
    pdf = prints(practice, "guide").bytes
    assert "A 日 GAD-7 score" in reading.text_of(pdf)
    assert any(name.startswith("Helper") for name in reading.embedded_fonts(pdf))


def test_greek_cyrillic_and_accents_are_printed_as_they_are(tmp_path: Path, prints: Print) -> None:
    words = "Ångström Łódź İğdır Привет Ελλάδα"
    practice = folders.sample_with(tmp_path, (CLINICIAN, "A GAD-7 score", words))
    assert words in reading.text_of(prints(practice, "guide").bytes)


def test_the_system_s_fonts_are_asked_before_a_character_is_refused(tmp_path: Path) -> None:
    practice = folders.sample_with(tmp_path, (CLINICIAN, "A GAD-7 score", "A \u0378 GAD-7 score"))
    press = Press(tmp_path / "cache", system_fonts=True)
    with pytest.raises(MissingGlyphs):  # a code point that is assigned to nothing
        press.pdf(
            job_for(practice, "guide"),
            practice,
            today=TODAY,
            timestamp=TIMESTAMP,
            form_url=None,
            site_url=None,
        )


def test_escaped_characters_in_a_complaint_are_read() -> None:
    said = 'the text `"\\u{200d}\\"日"` could not be displayed with font `"X"`'
    assert unprintable(said) == {"\u200d", '"', "日"}


@pytest.mark.parametrize(
    ("char", "named"),
    [
        ("日", "“日” (U+65E5 CJK UNIFIED IDEOGRAPH-65E5)"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\ue000", "U+E000 unnamed"),
        ("\u0951", "“◌\u0951” (U+0951 DEVANAGARI STRESS SIGN UDATTA)"),
    ],
)
def test_a_character_that_nobody_sees_is_told_by_its_number_alone(char: str, named: str) -> None:
    [problem] = MissingGlyphs({("profile.md", 3, ""): frozenset(char)}).problems
    assert problem.what == f"No font has {named}."
    assert (problem.file, problem.line) == ("profile.md", 3)


def test_a_line_that_several_sheets_cannot_print_is_told_once_with_all_that_they_lack() -> None:
    line, other = ("profile.md", 3, ""), ("profile.md", 9, "")
    too_long = Problem("profile.md", 3, "", "It is too long.", "Shorten it.")
    sheets = [
        MissingGlyphs({line: frozenset("日")}),
        ContentError([too_long]),
        MissingGlyphs({line: frozenset("日本"), other: frozenset("本")}),
    ]
    told = [(one.line, one.what.count("U+")) for one in gather_problems(sheets)]
    assert told == [(3, 0), (3, 2), (9, 1)]


def _make_font(folder: Path, press_cache: Path, character: str) -> None:
    """A face of the house under another name, with one of its shapes lent to `character`."""
    font = TTFont(gather_fonts(press_cache) / "SourceSansPro-Regular.otf")
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = table.cmap[ord("A")]
    for record in font["name"].names:
        if record.nameID in {1, 4, 6, 16}:
            record.string = "Helper"
    font["CFF "].cff.fontNames[0] = "Helper"
    folder.mkdir()
    font.save(folder / "helper.otf")
