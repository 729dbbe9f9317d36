"""Which sheets are planned for whom, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.errors import UsageError
from outreach_kit.paper import (
    CATALOGUE,
    Paper,
    Source,
    SourceRefused,
    UnknownSheet,
    find_sheet,
    plan_sheets,
)
from outreach_kit.places import PAPER
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders

BOTH = (Paper.LETTER, Paper.A4)
LAKESIDE = Source("k7m2xq", "Lakeside Family Medicine")


def test_every_row_has_a_mould_and_a_name_of_its_own() -> None:
    assert len({sheet.name for sheet in CATALOGUE}) == len(CATALOGUE)
    for sheet in CATALOGUE:
        assert (PAPER / sheet.template).is_file()


def test_a_practice_of_one_gets_each_sheet_once_on_each_paper(sample: Practice) -> None:
    wanted = {"niche-profile", "elevator-card"}
    jobs = plan_sheets(sample, papers=BOTH)
    assert [job.filename for job in jobs if job.sheet.name in wanted] == [
        "nora-ellison-niche-profile-letter.pdf",
        "nora-ellison-niche-profile-a4.pdf",
        "nora-ellison-elevator-card-letter.pdf",
        "nora-ellison-elevator-card-a4.pdf",
    ]
    assert len({job.filename for job in jobs}) == len(jobs)


def test_a_sheet_for_each_audience_keeps_its_plain_name_for_the_first(sample: Practice) -> None:
    jobs = plan_sheets(sample, papers=[Paper.LETTER], only="guide")
    assert [(job.filename, job.edition) for job in jobs] == [
        ("guide-letter.pdf", ""),
        ("guide-schools-letter.pdf", "schools"),
        ("guide-congregations-letter.pdf", "congregations"),
        ("guide-agencies-letter.pdf", "agencies"),
    ]


def test_a_group_gets_a_guide_for_all_and_one_for_each(tmp_path: Path) -> None:
    jobs = plan_sheets(folders.group(tmp_path), papers=[Paper.LETTER], only="guide")
    assert [job.filename for job in jobs if not job.edition] == [
        "guide-letter.pdf",
        "ben-osei-guide-letter.pdf",
        "nora-ellison-guide-letter.pdf",
    ]


def test_nobody_in_a_group_gets_a_sheet_for_an_audience_that_is_sent_to_others(
    tmp_path: Path,
) -> None:
    folders.group(tmp_path)
    audiences = tmp_path / "audiences.toml"
    text = audiences.read_text(encoding="utf-8")
    text = text.replace('slug = "schools"\n', 'slug = "schools"\nclinicians = ["ben-osei"]\n')
    audiences.write_text(text, encoding="utf-8")
    jobs = plan_sheets(load_practice(tmp_path), papers=[Paper.A4], only="guide")
    assert [job.filename for job in jobs if job.edition == "schools"] == [
        "guide-schools-a4.pdf",
        "ben-osei-guide-schools-a4.pdf",
    ]


def test_for_one_office_only_sheets_that_can_carry_it_are_planned(sample: Practice) -> None:
    jobs = plan_sheets(sample, papers=[Paper.A4], source=LAKESIDE)
    names = [job.filename for job in jobs]
    assert {"guide-k7m2xq-a4.pdf", "nora-ellison-niche-profile-k7m2xq-a4.pdf"} <= set(names)
    assert all(job.sheet.for_one_office and "k7m2xq" in job.filename for job in jobs)
    assert "elevator-card" not in {job.sheet.name for job in jobs}


def test_a_paper_named_twice_is_printed_once(sample: Practice) -> None:
    assert len(plan_sheets(sample, papers=[Paper.A4, Paper.A4], only="resume")) == 1


def test_an_unknown_sheet_is_refused_with_the_names_there_are(sample: Practice) -> None:
    with pytest.raises(UnknownSheet, match="guide, niche-profile, ") as refused:
        plan_sheets(sample, papers=BOTH, only="giude")
    assert all(sheet.name in str(refused.value) for sheet in CATALOGUE)


def test_a_sheet_without_a_door_is_not_made_for_an_office(sample: Practice) -> None:
    with pytest.raises(UsageError, match="Leave out --source"):
        plan_sheets(sample, papers=BOTH, only="elevator-card", source=LAKESIDE)


@pytest.mark.parametrize("code", ["", "a b", "-a", "a-", "é", "a" * 33, "a/b", "a\n", "../a"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        Source(code, "Lakeside")
    assert refused.value.field == "code"


@pytest.mark.parametrize("name", ["", "  ", "Lake\nside", "x" * 81, "a\x00b"])
def test_an_office_that_cannot_be_printed_is_refused(name: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        Source("k7", name)
    assert refused.value.field == "name"


@given(st.text(max_size=40))
def test_a_code_is_refused_or_safe_in_a_file_name(code: str) -> None:
    try:
        source = Source(code, "Lakeside")
    except SourceRefused:
        return
    assert source.code.isascii()
    assert not set(source.code) & set("/\\.?&=# \n")


def test_find_sheet_gives_the_row() -> None:
    assert find_sheet("guide").title == "One-page referral guide"


def test_a_second_language_has_each_sheet_once_more_where_our_own_words_speak_it(
    tmp_path: Path,
) -> None:
    named = {}
    for languages in ('"en", "es"', '"en", "es-MX"', '"en", "fr"'):
        folder = tmp_path / languages.replace('"', "")
        practice = folders.sample_with(
            folder, ("practice.toml", 'languages = ["en"]', f"languages = [{languages}]")
        )
        jobs = plan_sheets(practice, papers=[Paper.LETTER], only="guide")
        named[languages] = [job.filename for job in jobs if not job.edition]
    assert named == {
        '"en", "es"': ["guide-letter.pdf", "guide-es-letter.pdf"],
        '"en", "es-MX"': ["guide-letter.pdf", "guide-es-MX-letter.pdf"],
        '"en", "fr"': ["guide-letter.pdf"],
    }
