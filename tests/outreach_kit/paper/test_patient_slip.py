"""The patient's slip: what happens next, three to a sheet, and nothing about a patient."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outreach_kit.paper import Paper, SheetTooLong, Source
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TODAY, Print, job_for
from tests.outreach_kit.paper.cutting import CutSheet, bookmarks
from tests.outreach_kit.web.reading_ease import grade


@pytest.fixture(scope="module", params=[Paper.LETTER, Paper.A4])
def cut(request: pytest.FixtureRequest, sample: Practice, prints: Print) -> CutSheet:
    pdf = prints(sample, "patient-slip", request.param).bytes
    return CutSheet(pdf, request.param.size_mm, columns=1, rows=3)


@pytest.fixture(scope="module")
def slips(sample: Practice, prints: Print) -> bytes:
    return prints(sample, "patient-slip").bytes


@pytest.fixture(scope="module")
def text(slips: bytes) -> str:
    return reading.text_of(slips)


def test_it_is_cut_in_three_where_the_marks_stand(cut: CutSheet) -> None:
    assert len(cut.marks) == 4
    assert max(cut.off_cut_mm(mark) for mark in cut.marks) < 0.1
    assert cut.words_within(9.4) == []


def test_it_says_who_calls_from_where_by_when_and_at_what_cost(text: str) -> None:
    for words in (
        "Nora Ellison will call you", "(360) 555-0142", "I call you within 4 working hours.",
        "The first visit can most often be within 10 days.",
        "The first call takes 15 minutes and is free.", "$190 and each one after it $160",
        "Some visits cost $90.", "Regence, Premera, Kaiser PPO", "Call 911.", "call or text 988",
        "Missed the call? Call back.",
    ):  # fmt: skip
        assert text.count(words) == 3


def test_nothing_is_left_to_be_filled_in_about_a_patient(text: str, cut: CutSheet) -> None:
    for word in ("name:", "birth", "reason", "diagnos", "____"):
        assert word not in text.lower()
    assert cut.rules == []


def test_its_words_ask_for_eight_years_of_school_and_ten_points(
    sample: Practice, slips: bytes
) -> None:
    data = view_sheet(_commission(sample)).data
    said = [
        *data["when"]["lines"], *data["cost"]["lines"], *data["missed"]["lines"],
        *data["not_safe"]["lines"],
    ]  # fmt: skip
    assert grade(" ".join(said)) <= 6
    sizes = reading.font_sizes(slips)
    assert min(sizes[word] for word in ("within", "costs", "911.")) >= 10
    assert sizes["555-0142"] >= 18


def test_its_codes_open_the_patient_s_door(slips: bytes) -> None:
    codes = reading.codes(slips)
    assert [code.text for code in codes] == [f"{FORM_URL}/hello"] * 3
    assert all(code.side_mm >= 26.7 for code in codes)


def test_only_the_first_slip_is_read_aloud(slips: bytes) -> None:
    tags = reading.tags(slips)
    assert [tags.count(tag) for tag in ("Title", "H1", "Figure")] == [1, 4, 1]
    assert len(bookmarks(slips)) == 4


def test_without_a_form_the_booking_page_is_behind_the_code(sample: Practice) -> None:
    data = view_sheet(_commission(sample, form_url=None)).data
    assert data["code"]["url"] == "https://harborstreet.example/book"
    assert "booking page" in data["code"]["alt"]
    assert data["missed"]["lines"][-1] == "Or scan and pick a time."


def test_without_form_and_booking_a_message_is_left(tmp_path: Path) -> None:
    data = view_sheet(_commission(folders.hard(tmp_path), form_url=None)).data
    assert data["code"] is None
    assert data["missed"]["lines"][-1] == "Leave a message with a good time."
    assert data["cost"]["lines"] == ["Ask about the cost in the first call."]


def test_for_one_office_it_carries_name_and_code(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "patient-slip", source=Source("k7m2xq", "Lakeside Family Medicine")).bytes
    assert f"{FORM_URL}/hello?source=k7m2xq" in reading.links(pdf)
    assert reading.text_of(pdf).count("Prepared for Lakeside Family Medicine") == 3


def test_in_a_group_the_practice_calls_or_the_one_clinician(tmp_path: Path) -> None:
    practice = folders.group(tmp_path)
    data = view_sheet(_commission(practice)).data
    assert data["heading"] == "Harbor Street Counseling PLLC will call you"
    assert data["when"]["lines"][0] == "We call you within 4 working hours."


def _commission(practice: Practice, form_url: str | None = FORM_URL) -> Commission:
    job = job_for(practice, "patient-slip", Paper.LETTER)
    return Commission.of(job, practice, TODAY, form_url=form_url, site_url=None)


def test_so_many_plans_as_it_said_would_hold_do_hold(tmp_path: Path, prints: Print) -> None:
    with pytest.raises(SheetTooLong) as refused:
        prints(_with_plans(tmp_path / "many", 20), "patient-slip")
    (problem,) = refused.value.problems
    assert problem.key == "insurance.plans"
    assert problem.todo.startswith("Cut ")
    keep = refused.value.overflows[0].keep["plans"]
    text = reading.text_of(prints(_with_plans(tmp_path / "kept", keep), "patient-slip").bytes)
    assert f"number {keep}" in text


def _with_plans(folder: Path, count: int) -> Practice:
    plans = '["Regence", "Premera", "Kaiser PPO"]'
    many = json.dumps([f"A health plan with a long name, number {n + 1}" for n in range(count)])
    return folders.sample_with(folder, ("practice.toml", plans, many))
