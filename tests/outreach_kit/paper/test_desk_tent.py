"""Tents that stand: panels as high as the stock's, each side upright once it is folded."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.paper import Paper, Source, plan_sheets
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, Print

LAKESIDE = Source("k7m2xq", "Lakeside Family Medicine")
PANEL_MM = 2.5 * 25.4
PAGES = {Paper.LETTER: (215.9, 279.4), Paper.A4: (210.0, 297.0)}


@pytest.fixture(scope="module", params=PAGES)
def paper(request: pytest.FixtureRequest) -> Paper:
    chosen: Paper = request.param
    return chosen


@pytest.fixture(scope="module")
def pdf(paper: Paper, sample: Practice, prints: Print) -> bytes:
    return prints(sample, "desk-tent", paper, source=LAKESIDE).bytes


def panels(pdf: bytes, paper: Paper) -> list[list[reading.Box]]:
    """The characters of the four panels, from the top of the sheet."""
    height = PAGES[paper][1]
    top = height / 2 + 2 * PANEL_MM
    found: list[list[reading.Box]] = [[], [], [], []]
    for one in reading.characters(pdf):
        row = (top - (one.bottom + one.top) / 2) // PANEL_MM
        if row >= 0:
            found[int(row)].append(one)
    return found


def test_folds_and_cuts_are_marked_two_and_a_half_inches_apart(pdf: bytes, paper: Paper) -> None:
    width, height = PAGES[paper]
    top = height / 2 + 2 * PANEL_MM
    marks = [one for one in reading.shapes(pdf) if one.right < 11 or one.left > width - 11]
    rows = {round((one.bottom + one.top) / 2, 2) for one in marks}
    assert sorted(rows) == pytest.approx(
        [round(top - row * PANEL_MM, 2) for row in range(4, -1, -1)], abs=0.01
    )
    assert len(marks) == 10


def test_the_panel_behind_a_fold_is_the_one_before_it_turned_around(
    pdf: bytes, paper: Paper
) -> None:
    width, height = PAGES[paper]
    for upper in (0, 2):
        fold = height / 2 + (1 - upper) * PANEL_MM
        turned, upright = panels(pdf, paper)[upper : upper + 2]
        assert len(turned) == len(upright) > 150
        # Leave to break a line is given a part of the letter before it, at whichever end.
        breaks = [index for index, one in enumerate(turned) if one.char == "\u200b"]
        torn = {*breaks, *(index - 1 for index in breaks)}
        for one in (one for index, one in enumerate(turned) if index not in torn):
            stands = width - one.right, 2 * fold - one.top
            assert any(
                one.char == other.char
                and (other.left, other.bottom) == pytest.approx(stands, abs=0.05)
                for other in upright
            ), one


def test_words_keep_clear_of_folds_cuts_and_edges(pdf: bytes, paper: Paper) -> None:
    width, height = PAGES[paper]
    top = height / 2 + 2 * PANEL_MM
    for row, words in enumerate(panels(pdf, paper)):
        assert min(one.bottom for one in words) >= top - (row + 1) * PANEL_MM + 5
        assert max(one.top for one in words) <= top - row * PANEL_MM - 5
        assert min(one.left for one in words) >= 12.7
        assert max(one.right for one in words) <= width - 12.7


def test_it_says_whom_and_how_and_who_it_is_for_and_is_read_aloud_once(pdf: bytes) -> None:
    text = reading.text_of(pdf)
    for words in ("WERE YOU GIVEN OUR NAME?", "Nora Ellison", "LICSW", "(360) 555-0142",
                  "adults whose anxiety shows up", "We call back within 4 working hours.",
                  "Scan to ask for a call.", "Prepared for Lakeside Family Medicine"):  # fmt: skip
        assert text.count(words) >= 4, words
    assert text.replace(" ", "").count("refer.harborstreet.example/hello?source=k7m2xq") >= 2
    tags = reading.tags(pdf)
    assert [tag for tag in tags if tag in {"Title", "H1", "H2", "Figure"}] == [
        "Title", "H1", "Figure",
    ]  # fmt: skip
    sizes = reading.font_sizes(pdf)
    assert sizes["Ellison"] >= 22
    assert sizes["anxiety"] >= 12


def test_all_four_codes_open_the_patients_door(pdf: bytes) -> None:
    codes = reading.codes(pdf)
    assert [one.text for one in codes] == [f"{FORM_URL}/hello?source=k7m2xq"] * 4
    assert all(one.side_mm == pytest.approx(30, abs=0.4) for one in codes)


def test_without_a_form_the_number_takes_the_codes_place(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "desk-tent", form_url=None).bytes
    assert reading.codes(pdf, 150) == []
    assert reading.font_sizes(pdf)["555-0142"] >= 20
    assert "Scan" not in reading.text_of(pdf)


def test_a_group_has_one_for_all_and_one_for_each(tmp_path: Path) -> None:
    jobs = plan_sheets(folders.group(tmp_path), papers=[Paper.LETTER], only="desk-tent")
    assert [job.clinician.slug if job.clinician else None for job in jobs] == [
        None, "ben-osei", "nora-ellison",
    ]  # fmt: skip
