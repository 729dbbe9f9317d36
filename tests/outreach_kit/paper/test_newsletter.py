"""The letter for the mail: the newest note on two pages, what is fresh, and how to have it stopped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper, SheetTooLong, Source, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TODAY, Print, job_for

NEWEST = "notes/after-the-clear-result.md"
OLDER = "Three questions for somebody who cannot sleep"


@pytest.fixture(scope="module")
def letter(prints: Print) -> bytes:
    return prints(folders.sample(), "newsletter").bytes


@pytest.fixture(scope="module")
def pages(letter: bytes) -> tuple[str, str]:
    first, second = words_of(letter)
    return first, second


def test_the_newest_note_comes_first_and_an_older_one_overleaf(pages: tuple[str, str]) -> None:
    first, second = pages
    assert "What to say after a clear result" in first
    assert "Agree on the day when you will look again" in first
    assert OLDER not in first
    assert OLDER in second
    assert "Loud snoring with pauses in the breath" in second


def test_it_says_whom_to_send_how_and_to_what_talks_to_come(
    letter: bytes, pages: tuple[str, str]
) -> None:
    first, second = pages
    practice = folders.sample()
    assert practice.niche.split(".")[0] in first
    assert "Nora Ellison: 3 openings, counted on November 16, 2026." in first
    assert "Within 4 working hours: I call the patient." in first
    assert [code.text for code in reading.codes(letter, dpi=150)] == [f"{FORM_URL}/refer"]
    assert all(reason.label in second for reason in practice.reasons[:-1])
    assert all(training.title in second for training in practice.trainings)


def test_it_names_its_sender_and_how_to_stop_it(pages: tuple[str, str]) -> None:
    _, second = pages
    for words in (
        "Harbor Street Counseling PLLC",
        "214 Harbor St, Suite 3",
        "Alder Falls, WA 98999",
    ):
        assert words in second
    assert "To stop this letter, call (360) 555-0142 or write to hello@harborstreet" in second


def test_openings_that_went_stale_are_not_shown(sample: Practice) -> None:
    later = TODAY + dt.timedelta(days=30)
    commission = Commission(job_for(sample, "newsletter"), sample, later, "en", FORM_URL, None)
    openings = view_sheet(commission).data["openings"]
    assert openings["lines"] == ["Call for current openings."]


def test_a_long_note_goes_on_overleaf_where_a_block_ends(tmp_path: Path, prints: Print) -> None:
    practice = with_note(tmp_path, paragraphs=18)
    first, second = words_of(prints(practice, "newsletter").bytes)
    assert "It goes on overleaf." in first
    assert "Paragraph 0" in first
    assert "Paragraph 17" in second
    assert OLDER not in second
    assert first.count("end.") + second.count("end.") == 18


def test_no_page_is_empty_when_a_short_note_stands_alone(tmp_path: Path, prints: Print) -> None:
    folders.sample_with(tmp_path)
    (tmp_path / "notes/three-questions-about-sleep.md").unlink()
    _, second = words_of(prints(with_note(tmp_path, paragraphs=1), "newsletter").bytes)
    assert "How to hand somebody over" in second
    assert folders.sample().trainings[0].about in second


def test_a_note_that_no_two_pages_hold_is_named(tmp_path: Path, prints: Print) -> None:
    practice = with_note(tmp_path, paragraphs=40)
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "newsletter")
    (problem,) = refused.value.problems
    assert problem.file == NEWEST
    assert "characters" in problem.todo


def test_nothing_stands_in_the_margin_of_the_second_page(
    tmp_path: Path, letter: bytes, prints: Print
) -> None:
    hard = prints(folders.hard(tmp_path), "newsletter", form_url=None).bytes
    for pdf in (letter, hard):
        document = pdfium.PdfDocument(pdf)
        try:
            page = document[1].get_textpage()
            boxes = [page.get_charbox(index) for index in range(page.count_chars())]
        finally:
            document.close()
        inked = [box for box in boxes if box[2] > box[0]]
        assert len(inked) > 500
        least = 12.6 * reading.PT_PER_MM
        assert min(box[0] for box in inked) >= least
        assert min(box[1] for box in inked) >= least
        assert max(box[2] for box in inked) <= 8.5 * 72 - least


def test_for_one_office_it_carries_name_and_code(sample: Practice) -> None:
    job = job_for(sample, "newsletter", source=Source("k7m2xq", "Lakeside Family Medicine"))
    data = view_sheet(Commission(job, sample, TODAY, "en", FORM_URL, None)).data
    assert data["refer"]["code"]["url"] == f"{FORM_URL}/refer?source=k7m2xq"
    assert data["foot"]["source"] == "Prepared for Lakeside Family Medicine"


def test_without_notes_there_is_no_letter(tmp_path: Path) -> None:
    folders.sample_with(tmp_path)
    for note in (tmp_path / "notes").iterdir():
        note.unlink()
    practice = load_practice(tmp_path)
    with pytest.raises(UsageError, match="Write a note in notes/ first"):
        plan_sheets(practice, papers=[Paper.A4], only="newsletter")


def with_note(folder: Path, paragraphs: int) -> Practice:
    """The sample with a newest note of so many paragraphs, each of some four lines."""
    if not (folder / "practice.toml").exists():
        folders.sample_with(folder)
    body = "\n\n".join(f"Paragraph {n} {'and so on ' * 26}end." for n in range(paragraphs))
    fields = "title: A note\ndate: 2026-11-10\ndescription: A note of some length."
    (folder / NEWEST).write_text(f"---\n{fields}\n---\n\n{body}", encoding="utf-8")
    return load_practice(folder)


def words_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [
            " ".join(page.get_textpage().get_text_bounded().replace("\u200b", "").split())
            for page in document
        ]
    finally:
        document.close()
