"""A practice that writes from right to left: each of its sheets holds, and no number is torn apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outreach_kit.paper import (
    CATALOGUE,
    MissingGlyphs,
    Paper,
    Press,
    Scope,
    find_sheet,
    plan_sheets,
)
from outreach_kit.paper.views import Commission, SheetView, view_sheet
from outreach_kit.paper.views.directions import direct, isolate
from outreach_kit.paper.views.frame import door_url
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading, right_to_left, strokes
from tests.outreach_kit.paper.conftest import FORM_URL, TIMESTAMP, TODAY, Print, job_for
from tests.outreach_kit.paper.test_printed import assert_inside
from tests.samples import GROUP_PRACTICE

EVERY = [sheet.name for sheet in CATALOGUE if sheet.scope is not Scope.DESK]
MARKS = "\u2066{}\u2069"
AREA, NUMBER = "360", "555-014"


@pytest.fixture(scope="module")
def unlettered(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """Without a font for its own letters."""
    return right_to_left.arabic(tmp_path_factory.mktemp("unlettered"))


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    folder = tmp_path_factory.mktemp("arabic")
    practice = right_to_left.arabic(folder)
    right_to_left.lend_arabic(folder, tmp_path_factory.mktemp("faces"))
    return practice


@pytest.fixture(scope="module")
def guide(arabic: Practice, prints: Print) -> bytes:
    return prints(arabic, "guide").bytes


@pytest.mark.parametrize("name", EVERY)
def test_every_sheet_holds_and_each_number_is_dialled_as_it_reads(
    arabic: Practice, prints: Print, name: str
) -> None:
    row = find_sheet(name)
    paper = Paper.LETTER if Paper.LETTER in row.papers else row.papers[0]
    sheet = prints(arabic, name, paper)
    assert sheet.pages == row.pages
    assert reading.properties(sheet.bytes).language.startswith("ar")
    for text in _seen(sheet.bytes):
        assert text.count(NUMBER) == text.count(f"{AREA}{NUMBER}"), text
    assert_inside(sheet.bytes, name, paper)


def test_the_guide_gives_both_numbers(guide: bytes) -> None:
    seen = " ".join(_seen(guide))
    assert "360555-0142" in seen
    assert "360555-0143" in seen


def test_lines_begin_at_the_right(guide: bytes) -> None:
    width, _ = reading.page_size_mm(guide)
    kicker = strokes.find_words(guide, "REFERRAL GUIDE")
    assert width - kicker.right == pytest.approx(16, abs=1)
    assert strokes.find_words(guide, "Refer when").left > (
        strokes.find_words(guide, "Not the right fit").right
    )


def test_an_address_keeps_its_number_in_front_and_a_sentence_its_stop_behind(guide: bytes) -> None:
    assert strokes.find_words(guide, "214 Harbor St, Suite 3")
    assert strokes.find_words(guide, "I call the patient.")


def test_the_codes_still_open_the_form(guide: bytes) -> None:
    (code,) = reading.codes(guide, dpi=150)
    assert code.text.startswith(f"{FORM_URL}/refer")
    assert code.text in reading.links(guide)


def test_letters_that_no_font_has_are_named_with_their_place(
    unlettered: Practice, prints: Print
) -> None:
    with pytest.raises(MissingGlyphs) as refused:
        prints(unlettered, "first-contact-script")
    assert set("نورة") <= set(refused.value.characters)
    assert "U+0646 ARABIC LETTER NOON" in str(refused.value)
    assert ("clinicians/nora-ellison/clinician.toml", "name") in {
        (problem.file, problem.key) for problem in refused.value.problems
    }


def test_a_system_s_font_is_used_or_the_letters_are_named(
    unlettered: Practice, tmp_path: Path
) -> None:
    press = Press(tmp_path, system_fonts=True)
    try:
        sheet = press.pdf(
            job_for(unlettered, "visit-sheet"),
            unlettered,
            today=TODAY,
            timestamp=TIMESTAMP,
            form_url=None,
            site_url=None,
        )
        fonts, missing = reading.embedded_fonts(sheet.bytes), ""
    except MissingGlyphs as refused:
        fonts, missing = set[str](), "".join(refused.characters)
    assert any(not font.startswith("Source") for font in fonts) or "ن" in missing


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("(360) 555-0142", MARKS.format("(360) 555-0142")),
        ("Call again.", MARKS.format("Call again.")),
        ("12–18", MARKS.format("12–18")),
        ("Regence", MARKS.format("Regence")),
        (
            "اتصل (312) 555-0142 ext. 20481.",
            "اتصل " + MARKS.format("(312)\xa0555-0142 ext. 20481") + ".",
        ),
        ("القلب (ECG سليم)", f"القلب ({MARKS.format('ECG')} سليم)"),
        ("نهر, WA 98999", f"نهر, {MARKS.format('WA 98999')}"),
        ("سليمة.", "سليمة."),
    ],
)
def test_what_runs_to_the_right_is_marked_and_nothing_else(text: str, marked: str) -> None:
    assert isolate(text) == marked


@pytest.mark.parametrize(
    "text",
    ["", " ", "\ufffc", "left", "refer_when:nora", "https://a.example/x y", "<svg x='1'/>", "12.5",
     "tel:+13605550142", "#1f5a5e", "–"],
)  # fmt: skip
def test_what_a_template_needs_as_it_is_stays_as_it_is(text: str) -> None:
    assert isolate(text) == text


def test_a_paragraph_is_marked_as_a_whole_and_a_document_s_title_not_at_all() -> None:
    tree = ["div", {}, ["p", {}, "A ", ["em", {}, "small"], " start."], ["p", {}, "سليمة."]]
    view = direct(SheetView("x.typ", {"frame": {"title": "A title."}, "body": [tree]}))
    assert view.data["frame"] == {"title": "A title."}
    (body,) = view.data["body"]
    assert body[2] == ["p", {}, "\u2066", "A ", ["em", {}, "small"], " start.", "\u2069"]
    assert body[3] == ["p", {}, "سليمة."]


def test_a_sheet_that_runs_to_the_right_has_no_marks() -> None:
    practice = folders.sample()
    view = view_sheet(Commission(job_for(practice, "guide"), practice, TODAY, "en", FORM_URL, None))
    assert "\u2066" not in str(view.data)


def _seen(pdf: bytes) -> list[str]:
    """Each line as it is seen, and as it is seen in the half of a folded card that stands on its head.

    Without brackets: a reader of a line that runs to the left takes them for their mirror images.
    """
    lines = [re.sub("[()]", "", line) for line in strokes.seen_lines(pdf)]
    return [*lines, *(line[::-1] for line in lines)]


@pytest.mark.parametrize(("name", "door"), [("guide", "refer"), ("poster", "hello")])
def test_a_code_opens_the_form_in_the_language_of_its_sheet(name: str, door: str) -> None:
    practice = load_practice(GROUP_PRACTICE)
    jobs = plan_sheets(practice, papers=[Paper.LETTER], only=name)
    codes = {
        job.language: door_url(
            Commission.of(job, practice, TODAY, form_url=FORM_URL, site_url=None)
        )
        for job in jobs
        if job.clinician is None
    }
    assert codes == {"": f"{FORM_URL}/{door}", "es": f"{FORM_URL}/es/{door}"}
