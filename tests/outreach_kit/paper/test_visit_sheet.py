"""The visit sheet: what stands in which order, what is left to write in, and for whom it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.paper import Paper, SheetTooLong, Source, find_sheet, plan_sheets
from outreach_kit.paper.views import Commission, SheetView, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading, strokes
from tests.outreach_kit.paper.conftest import TODAY, Print, job_for

NAME = "visit-sheet"
LAKESIDE = Source("k7m2xq", "Lakeside Family Medicine")
QUESTIONS = (
    "“How can I help your patients?”",
    "“What needs do you see most?”",
    "“Is there anyone you are worried about now?”",
)


@pytest.fixture(scope="module")
def printed(sample: Practice, prints: Print) -> bytes:
    return prints(sample, NAME, source=LAKESIDE).bytes


def view(practice: Practice, today: dt.date = TODAY, which: int = 0) -> SheetView:
    job = plan_sheets(practice, papers=[Paper.LETTER], only=NAME)[which]
    return view_sheet(Commission(job, practice, today, "en", None, None))


def test_it_calms_then_greets_then_listens_and_asks_last(printed: bytes) -> None:
    text = reading.text_of(printed)
    order = (
        "For them this visit is routine.", "At the front desk", "“How is your day going?”",
        "Listen first", *QUESTIONS, "Write needs, not names.", "Ask last",
        "“I have 3 openings as of November 16, the first on November 23.”",
        "“I can usually see somebody within about 10 days.”",
        "“May I count on you to send them to me?”",
    )  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_it_packs_cards_and_brochures_and_shows_the_resume_only_if_asked(printed: bytes) -> None:
    text = reading.text_of(printed)
    for words in ("Business cards", "keep cards, so bring both", "Referral pads", "Cookies"):
        assert words in text
    assert "Résumé: packed, and shown only if they ask" in text


def test_for_one_office_it_carries_the_name_and_the_code_and_opens_no_door(
    printed: bytes, sample: Practice, prints: Print
) -> None:
    text = reading.text_of(printed)
    assert reading.font_sizes(printed)["Lakeside"] > 20
    assert text.count("k7m2xq") == 2
    assert reading.codes(printed) == []
    without = reading.text_of(prints(sample, NAME).bytes)
    assert "Office" in without
    assert "ode k7m2xq" not in without


def test_it_is_part_of_what_is_made_for_one_office(sample: Practice) -> None:
    assert find_sheet(NAME).for_one_office
    names = {job.sheet.name for job in plan_sheets(sample, papers=[Paper.A4], source=LAKESIDE)}
    assert NAME in names
    assert job_for(sample, NAME, Paper.A4, LAKESIDE).filename == "visit-sheet-k7m2xq-a4.pdf"


def test_there_are_two_lines_or_more_to_write_on_under_each_question(
    printed: bytes, tmp_path: Path, prints: Print
) -> None:
    long_named = Source(
        "k7m2xq", "Wollstonecraft-Featherstonehaugh Community Health Center, " + "x" * 21
    )
    crowded = prints(folders.hard(tmp_path), NAME, form_url=None, source=long_named).bytes
    for pdf in (printed, crowded):
        asked = [strokes.find_words(pdf, words) for words in QUESTIONS]
        below = [*asked[1:], strokes.find_words(pdf, "Write needs, not names.")]
        rules = [rule for rule in strokes.rules(pdf) if 100 < rule.width < 125]
        for question, following in zip(asked, below, strict=True):
            between = [rule for rule in rules if following.top < rule.bottom < question.bottom]
            assert len(between) >= 2
            assert question.bottom - max(one.top for one in between) >= 5
            assert min(one.bottom for one in between) - following.top >= 1.5


@pytest.fixture
def with_openings(tmp_path: Path) -> Callable[[int], Practice]:
    """The sample with so many more clinicians of long names, two openings each."""

    def write(count: int) -> Practice:
        folders.sample_with(tmp_path)
        for number in range(count):
            folders.write_clinician(
                tmp_path,
                f"clinician-{number}",
                name=" ".join(["Maximiliana Featherstonehaugh von Hohenlohe"] * 4) + f" {number}",
                more="openings = { count = 2, on = 2026-11-16 }",
                reasons=["Grief"],
                unfit=["Mania"],
            )
        return load_practice(tmp_path)

    return write


def test_more_openings_than_there_is_room_for_are_said_to_be_cut(
    with_openings: Callable[[int], Practice], prints: Print
) -> None:
    with pytest.raises(SheetTooLong) as refused:
        prints(with_openings(7), NAME)
    assert {one.key for one in refused.value.problems} == {"openings"}
    assert "of 8 lines" in str(refused.value)


def test_the_openings_of_many_are_told_together(with_openings: Callable[[int], Practice]) -> None:
    (line,) = view(with_openings(9)).data["ask"]["openings"]
    assert line == "“Harbor Street Counseling PLLC has 21 openings as of November 16.”"


def test_a_count_that_went_stale_is_to_be_written_in(sample: Practice) -> None:
    ask = view(sample, TODAY + dt.timedelta(days=30)).data["ask"]
    assert ask["openings"] == []
    assert ask["count"]["openings"] == "Openings, counted today"
    assert view(sample).data["ask"]["count"] is None


def test_a_first_day_that_has_passed_is_not_offered(sample: Practice) -> None:
    (line,) = view(sample, dt.date(2026, 11, 25)).data["ask"]["openings"]
    assert line == "“I have 3 openings as of November 16.”"


def test_a_school_is_asked_about_its_students(sample: Practice) -> None:
    jobs = plan_sheets(sample, papers=[Paper.LETTER], only=NAME)
    school = next(job for job in jobs if job.edition == "schools")
    data = view_sheet(Commission(school, sample, TODAY, "en", None, None)).data
    assert data["listen"]["questions"][0] == "“How can I help your students?”"
    assert data["kicker"] == "Visit sheet: Schools"
    assert school.filename == "visit-sheet-schools-letter.pdf"


def test_a_group_names_whose_openings_they_are_and_each_of_them_has_one_too(tmp_path: Path) -> None:
    practice = folders.group(tmp_path)
    ask = view(practice).data["ask"]
    assert ask["openings"] == ["“Nora Ellison has 3 openings as of November 16.”"]
    assert ask["question"] == "“May we count on you to send them to us?”"
    jobs = plan_sheets(practice, papers=[Paper.LETTER], only=NAME)
    ben = next(
        n for n, job in enumerate(jobs) if job.clinician and job.clinician.slug == "ben-osei"
    )
    assert view(practice, which=ben).data["ask"]["openings"] == []
    assert "Ben Osei" in view(practice, which=ben).data["frame"]["title"]


def test_the_front_desk_is_named_where_the_names_are_known(sample: Practice, prints: Print) -> None:
    known = Source("k7m2xq", "Lakeside", ("Dana Whitfield", "Lee Ortiz"))
    text = reading.text_of(prints(sample, NAME, source=known).bytes)
    assert text.index("At the front desk") < text.index("Dana Whitfield, Lee Ortiz")
    assert text.index("Dana Whitfield, Lee Ortiz") < text.index("Their names")
