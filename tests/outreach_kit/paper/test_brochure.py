"""The brochure folds where it should, speaks plainly, and leads to a first call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_kit.paper import Paper, Press, SheetTooLong, Source, Stock, find_sheet
from outreach_kit.paper.sheet import Sides
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.places import PAPER
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TIMESTAMP, TODAY, Print, job_for
from tests.outreach_kit.paper.strokes import Stroke, find_words, strokes
from tests.outreach_kit.web.reading_ease import grade

IN = 25.4
WIDTH, HEIGHT = 11 * IN, 8.5 * IN
FOLDS = {0: (3.625 * IN, 7.3125 * IN), 1: (3.6875 * IN, 7.375 * IN)}
"""Outside, then inside: what folds in is narrower by a sixteenth of an inch."""


@pytest.fixture(scope="module")
def brochure(sample: Practice, prints: Print) -> bytes:
    return prints(sample, "brochure").bytes


@pytest.fixture(scope="module")
def text(brochure: bytes) -> str:
    return reading.text_of(brochure)


@pytest.mark.parametrize("side", [0, 1])
def test_ticks_show_each_fold_in_the_margin_and_nowhere_else(brochure: bytes, side: int) -> None:
    near = [one for one in strokes(brochure, side) if _crosses_a_fold(one, side)]
    assert len(near) == 4
    for tick in near:
        assert tick.width < 0.3
        assert min(abs(_middle(tick) - fold) for fold in FOLDS[side]) < 0.02
        assert tick.top < 7.2 or tick.bottom > HEIGHT - 7.2


@pytest.mark.parametrize("side", [0, 1])
def test_words_keep_away_from_folds_and_edges(brochure: bytes, side: int) -> None:
    edges = (0.0, *FOLDS[side], WIDTH)
    found = reading.characters(brochure, side)
    assert len(found) > 300
    for one in found:
        assert all(one.right < edge - 9 or one.left > edge + 9 for edge in edges)
        assert 9.5 < one.bottom < one.top < HEIGHT - 9.5


def test_the_panel_that_folds_in_backs_its_own_inside(brochure: bytes) -> None:
    outside, inside = FOLDS[0][0], WIDTH - FOLDS[1][1]
    assert outside == pytest.approx(inside, abs=0.01)
    row = find_sheet("brochure")
    assert (row.sides, row.stock) == (Sides.SHORT, Stock.HEAVY)


def test_its_code_opens_the_patient_s_door(brochure: bytes) -> None:
    (code,) = reading.codes(brochure)
    assert code.text == f"{FORM_URL}/hello"
    assert code.side_mm >= 29.7
    assert code.correction == "M"
    assert reading.alternatives(brochure) == [
        f"QR code that opens the form to ask for a call at {FORM_URL}/hello"
    ]


def test_it_says_what_a_caller_wants_to_know(text: str, sample: Practice) -> None:
    facts = sample.clinicians[0].facts
    for words in (
        "Nora Ellison", "LICSW", "Your heart was checked", "Ages 18 to 65",
        "The first call takes 15 minutes and is free.", "It takes 50 minutes.",
        "I call you within 4 working hours.", "within 10 days",
        "$190", "$160", "$90", "Regence, Premera, Kaiser PPO", "Card at the visit.",
        "214 Harbor St, Suite 3", "Free parking behind the building", "Step-free entrance",
        "Call 911.", "988", "harborstreet.example/book", *facts.not_fit,
    ):  # fmt: skip
        assert words in text


def test_the_cover_is_read_first_and_the_inside_last(text: str) -> None:
    order = ["Someone gave you this name", "How to begin", "How to get here", "Is this for you?"]
    assert sorted(order, key=text.index) == order


def test_what_the_project_says_asks_for_eight_years_of_school(sample: Practice) -> None:
    data = view_sheet(_commission(sample)).data
    lines = [
        *data["call"]["lines"], *data["visit"]["lines"], *data["not_safe"]["lines"],
        *data["begin"]["next"], data["not_for"]["promise"], data["cost"]["right"],
        data["cover"]["before"], data["begin"]["ways"][1]["notes"][0],
    ]  # fmt: skip
    said = " ".join(lines)
    assert len(said.split()) > 120
    assert grade(said) <= 6


def test_without_a_form_the_telephone_is_the_one_way(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "brochure", form_url=None).bytes
    assert reading.codes(pdf) == []
    text = reading.text_of(pdf)
    assert "Ask to be called" not in text
    assert text.count("(360) 555-0142") == 2


def test_for_one_office_it_carries_name_and_code(sample: Practice) -> None:
    data = view_sheet(_commission(sample, Source("k7m2xq", "Lakeside Family Medicine"))).data
    assert data["foot"]["source"] == "Prepared for Lakeside Family Medicine"
    urls = [way["code"]["url"] for way in data["begin"]["ways"] if way["code"]]
    assert urls == [f"{FORM_URL}/hello?source=k7m2xq"]


def test_a_group_names_who_works_there_and_speaks_as_we(tmp_path: Path, prints: Print) -> None:
    text = reading.text_of(prints(folders.group(tmp_path), "brochure").bytes)
    for words in ("Ben Osei", "Nora Ellison", "English, Spanish", "We call you within"):
        assert words in text
    assert "A custody evaluation" not in text  # one of the two may take it


def test_the_profile_s_words_give_way_before_anything_is_refused(
    tmp_path: Path, prints: Print
) -> None:
    practice = folders.hard(tmp_path, unfit=17)
    text = reading.text_of(prints(practice, "brochure", form_url=None).bytes)
    assert "A loss is not an illness." not in text
    assert "Somebody of kind 16" in text


def test_a_panel_that_does_not_hold_names_its_list(tmp_path: Path, prints: Print) -> None:
    practice = folders.hard(tmp_path, unfit=30)
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "brochure", form_url=None)
    (problem,) = refused.value.problems
    assert problem.key == "not_fit"
    assert problem.todo.startswith("Cut ")


def _commission(practice: Practice, source: Source | None = None) -> Commission:
    job = job_for(practice, "brochure", Paper.LETTER, source)
    return Commission(job, practice, TODAY, "en", FORM_URL, None)


def _crosses_a_fold(one: Stroke, side: int) -> bool:
    return any(one.left - 0.5 < fold < one.right + 0.5 for fold in FOLDS[side])


def _middle(one: Stroke) -> float:
    return (one.left + one.right) / 2


def test_read_from_the_right_it_folds_the_other_way(press: Press, sample: Practice) -> None:
    commission = _commission(sample)
    view = view_sheet(commission)
    frame = {**view.data["frame"], "direction": "rtl"}
    mirrored = replace(view, data={**view.data, "frame": frame})
    template = str(PAPER / view.template)
    pdf = press._compile(commission, mirrored, template, TIMESTAMP).pdf
    ticks = {round(_middle(one), 1) for one in strokes(pdf, 0) if one.height > 5 > one.width}
    assert ticks == {round(WIDTH - fold, 1) for fold in FOLDS[0]}
    assert find_words(pdf, "Someone gave you this name").right < WIDTH - FOLDS[0][1]
