"""The referral pad: cut in equal slips, free where the glue goes, and written on with a pen."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import zxingcpp
from PIL import ImageDraw

from outreach_kit.paper import Paper, Press, SheetTooLong, Source, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TIMESTAMP, TODAY, Print
from tests.outreach_kit.paper.cutting import CutSheet, bookmarks
from tests.outreach_kit.paper.strokes import boxes_to_tick

CLINICIAN = "clinicians/nora-ellison/clinician.toml"
GLUE_MM = 9.525
SHEETS = [
    ("referral-pad", Paper.LETTER, 2),
    ("referral-pad", Paper.A4, 2),
    ("referral-pad-2up", Paper.LETTER, 1),
    ("referral-pad-2up", Paper.A4, 1),
]


@pytest.fixture(scope="module")
def printed(sample: Practice, prints: Print) -> Callable[[str, Paper], bytes]:
    """Each sheet once for all tests of this file."""
    return cache(lambda name, paper: prints(sample, name, paper).bytes)


@pytest.fixture(params=SHEETS, ids=lambda row: f"{row[0]}-{row[1]}")
def cut(request: pytest.FixtureRequest, printed: Callable[[str, Paper], bytes]) -> CutSheet:
    name, paper, columns = request.param
    return CutSheet(printed(name, paper), paper.size_mm, columns, rows=2)


@pytest.fixture
def pad(printed: Callable[[str, Paper], bytes]) -> bytes:
    return printed("referral-pad", Paper.LETTER)


@pytest.fixture
def large(printed: Callable[[str, Paper], bytes]) -> bytes:
    return printed("referral-pad-2up", Paper.LETTER)


def test_marks_stand_on_the_cuts_to_the_hundredth_of_an_inch(cut: CutSheet) -> None:
    assert len(cut.marks) == {1: 2, 2: 6}[cut.columns]
    assert max(cut.off_cut_mm(mark) for mark in cut.marks) < 0.1


def test_nothing_is_printed_where_the_glue_goes_nor_near_a_cut(cut: CutSheet) -> None:
    for top in (cut.size_mm[1], *cut.cuts_y):
        assert cut.ink_below(top, GLUE_MM - 0.3) == 0
    assert cut.words_within(GLUE_MM - 0.1) == []


def test_each_slip_has_lines_long_and_apart_enough_for_a_pen(cut: CutSheet) -> None:
    assert len(cut.rules) >= 6 * cut.count
    for left in {round(rule.left) for rule in cut.rules}:
        heights = sorted(rule.bottom for rule in cut.rules if round(rule.left) == left)
        assert all(upper - lower >= 7 for lower, upper in itertools.pairwise(heights))


@pytest.mark.parametrize(("name", "count", "side_mm"), [("pad", 4, 21.7), ("large", 2, 29.7)])
def test_every_slip_s_code_opens_the_office_s_form_though_it_is_written_on(
    request: pytest.FixtureRequest, name: str, count: int, side_mm: float
) -> None:
    codes = reading.codes(request.getfixturevalue(name))
    assert [code.text for code in codes] == [f"{FORM_URL}/refer"] * count
    assert {code.correction for code in codes} == {"Q"}
    assert all(code.side_mm >= side_mm for code in codes)


def test_it_is_called_referral_and_takes_nothing_from_a_prescription(pad: bytes) -> None:
    text = reading.text_of(pad)
    assert text.startswith("Referral ")
    for word in ("℞", "Rx", "prescri", "refill", "dispense", "DEA", "signature", "diagnosis"):
        assert word.lower() not in text.lower()


def test_it_asks_for_the_six_things_the_form_requires(pad: bytes) -> None:
    text = reading.text_of(pad)
    for words in (
        "Name",
        "Phone",
        "Agreed to be called",
        "What it is about",
        "Office",
        "Your name",
    ):
        assert words.lower() in text.lower()


def test_it_carries_sentence_number_reasons_and_the_crisis_line(
    pad: bytes, sample: Practice
) -> None:
    text, facts = reading.text_of(pad), sample.clinicians[0].facts
    for words in (
        f"“{facts.recommend}”", "(360) 555-0142", "(360) 555-0143", "call or text 988",
        *(reason.label for reason in facts.refer_when),
    ):  # fmt: skip
        assert text.count(words) == 4


def test_one_slip_is_read_aloud_and_its_copies_are_not(pad: bytes) -> None:
    tags = reading.tags(pad)
    assert [tags.count(tag) for tag in ("Title", "H1", "Figure")] == [1, 3, 1]
    assert len(reading.links(pad)) == 3  # the number, the address, the code
    assert len(bookmarks(pad)) == 3


def test_for_one_office_its_name_is_filled_in(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "referral-pad", source=Source("k7m2xq", "Lakeside Family Medicine")).bytes
    assert f"{FORM_URL}/refer?source=k7m2xq" in reading.links(pdf)
    text = reading.text_of(pdf)
    assert text.count("Prepared for Lakeside Family Medicine") == 4
    assert text.count("Office Lakeside Family Medicine") == 4


def test_many_long_reasons_give_way_to_lines(tmp_path: Path, prints: Print) -> None:
    text = reading.text_of(prints(folders.hard(tmp_path), "referral-pad", form_url=None).bytes)
    assert "Reason number" not in text
    assert "CEDS-S" in text
    assert "Scan" not in text
    assert "Fax" not in text


def test_in_a_group_the_slip_asks_for_whom(tmp_path: Path, prints: Print) -> None:
    text = reading.text_of(prints(folders.group(tmp_path), "referral-pad").bytes)
    for words in ("Ben Osei", "Nora Ellison", "Whoever fits best", "What it is about"):
        assert text.count(words) == 4


def test_a_group_s_pad_for_one_opens_the_form_for_that_one(tmp_path: Path) -> None:
    practice = folders.group(tmp_path)
    job = plan_sheets(practice, papers=[Paper.LETTER], only="referral-pad")[1]
    view = view_sheet(Commission(job, practice, TODAY, "en", FORM_URL, None))
    assert view.data["code"]["url"] == f"{FORM_URL}/refer/ben-osei"


def test_the_large_pad_is_set_large(large: bytes) -> None:
    sizes = reading.font_sizes(large)
    assert min(sizes[word] for word in ("Name", "Agreed", "reassurance", "Fax")) >= 12


def test_the_large_pad_speaks_to_each_audience_in_its_own_words(sample: Practice) -> None:
    jobs = plan_sheets(sample, papers=[Paper.LETTER], only="referral-pad-2up")
    (schools,) = (job for job in jobs if job.edition == "schools")
    view = view_sheet(Commission.of(schools, sample, TODAY, form_url=None, site_url=None))
    audience = sample.audience("schools")
    assert audience is not None
    assert view.data["by"]["office"] == "School"
    assert view.data["choices"]["items"] == list(audience.refer_when)
    assert view.data["say"]["sentence"].startswith("“Somebody here in town knows this well.")
    assert "Nora Ellison" in view.data["say"]["sentence"]


@pytest.mark.parametrize("edition", ["schools", "congregations"])
def test_an_audience_s_long_reasons_still_have_boxes(
    press: Press, sample: Practice, edition: str
) -> None:
    jobs = plan_sheets(sample, papers=[Paper.LETTER], only="referral-pad-2up")
    (job,) = (one for one in jobs if one.edition == edition)
    pdf = press.pdf(
        job, sample, today=TODAY, timestamp=TIMESTAMP, form_url=FORM_URL, site_url=None
    ).bytes
    audience = sample.audience(edition)
    assert audience is not None
    assert boxes_to_tick(pdf)
    assert reading.text_of(pdf).count(audience.refer_when[0]) == 2


def test_a_code_that_was_written_across_still_opens_the_form(pad: bytes) -> None:
    """A pen's line 0.6 mm wide, from one finder pattern past the middle."""
    image = reading.picture(pad, 200).convert("L")
    (corner, *_) = zxingcpp.read_barcodes(image, formats=reading.QR_CODES)
    place = corner.position
    pen = ImageDraw.Draw(image)
    left, right = place.top_left.x + 20, place.top_right.x + 60
    pen.line((left, place.bottom_left.y - 70, right, place.top_left.y + 75), fill=0, width=5)
    codes = [one.text for one in zxingcpp.read_barcodes(image, formats=reading.QR_CODES)]
    assert codes == [f"{FORM_URL}/refer"] * 4


def test_a_slip_that_does_not_hold_names_only_texts_that_stand_on_it(
    tmp_path: Path, prints: Print
) -> None:
    sentence = "I recommend Nora Ellison, by name." + " She helps people whose body sounds." * 4
    practice = folders.sample_with(
        tmp_path,
        (CLINICIAN, '["LICSW"]', json.dumps([f"Certified specialist {n}" for n in range(24)])),
        (CLINICIAN, sample_sentence(), json.dumps(sentence)),
    )
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "referral-pad")
    assert {problem.key for problem in refused.value.problems} == {"credentials", "recommend"}


def sample_sentence() -> str:
    """The sentence to say as the sample's file has it, in quotation marks."""
    return json.dumps(folders.sample().clinicians[0].facts.recommend)
