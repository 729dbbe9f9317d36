"""The résumé: the clinician's own words, what can be looked up, and no more pages than it takes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper, plan_sheets
from outreach_kit.paper.views.talks.prose import blocks_of
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import Print

RESUME = "clinicians/nora-ellison/resume.md"


@pytest.fixture(scope="module")
def resume(prints: Print) -> bytes:
    return prints(folders.sample(), "resume").bytes


def test_it_holds_the_text_licence_numbers_and_ways_to_reach_them(resume: bytes) -> None:
    text = reading.text_of(resume)
    for words in (
        "Founder and clinician, since 2018", "Licensed Independent Clinical Social Worker",
        "WA LW 00000000", "1234567893", "(360) 555-0142", "hello@harborstreet.example",
    ):  # fmt: skip
        assert words in text.replace("hello @", "hello@")


def test_it_is_marked_so_that_it_stays_in_the_bag(resume: bytes) -> None:
    assert "Only if asked" in reading.text_of(resume)
    assert reading.codes(resume) == []


def test_the_niche_stands_before_what_the_clinician_did(resume: bytes) -> None:
    text = reading.text_of(resume)
    assert 0 < text.index("I help adults whose anxiety") < text.index("Founder and clinician")


def test_a_long_one_runs_on_to_a_second_page(tmp_path: Path, prints: Print) -> None:
    folders.sample_with(tmp_path)
    posts = "\n\n".join(f"**Post {n}**. " + "What was done there. " * 20 for n in range(10))
    (tmp_path / RESUME).write_text(f"### Posts\n\n{posts}", encoding="utf-8")
    sheet = prints(load_practice(tmp_path), "resume", Paper.A4)
    assert sheet.pages == reading.page_count(sheet.bytes) == 2
    assert "Post 9" in reading.text_of(sheet.bytes)


def test_only_those_of_a_group_who_wrote_one_have_one(tmp_path: Path) -> None:
    jobs = plan_sheets(folders.group(tmp_path), papers=[Paper.LETTER], only="resume")
    assert [job.filename for job in jobs] == ["nora-ellison-resume-letter.pdf"]


def test_where_nobody_wrote_one_it_says_how_to(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE_PRACTICE, tmp_path, dirs_exist_ok=True)
    (tmp_path / RESUME).unlink()
    practice = load_practice(tmp_path)
    assert "resume" not in {job.sheet.name for job in plan_sheets(practice, papers=[Paper.A4])}
    with pytest.raises(UsageError, match=r"Write resume\.md beside clinician\.toml first"):
        plan_sheets(practice, papers=[Paper.A4], only="resume")


@pytest.mark.parametrize(
    ("levels", "settled"),
    [
        ((2, 3, 2), (1, 2, 1)),
        ((4, 2, 6, 3), (1, 1, 2, 2)),
        ((1, 3, 5, 3, 1), (1, 2, 3, 2, 1)),
        ((3, 3), (1, 1)),
    ],
)
def test_headings_go_down_one_level_at_a_time(
    levels: tuple[int, ...], settled: tuple[int, ...]
) -> None:
    text = "\n\n".join(f"{'#' * level} Heading" for level in levels)
    assert [block[0] for block in blocks_of(text)] == [f"h{level}" for level in settled]
    below = [block[0] for block in blocks_of(text, top=2)]
    assert below == [f"h{level + 1}" for level in settled]
