"""The fax form: what it asks, and what is left of it when it comes out of the other machine."""

from __future__ import annotations

import random
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageStat

from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper, Source, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TODAY, Print
from tests.samples import GROUP_PRACTICE

FINE = (204, 196)
STANDARD = (204, 98)
"""Dots to the inch, across and down (ITU-T T.4)."""
SHARP = 408
OFFICE = Source("k7m2xq", "Lakeside Family Medicine")


@pytest.fixture(scope="module")
def form(prints: Print) -> bytes:
    return prints(folders.sample(), "fax-form", source=OFFICE).bytes


@pytest.fixture(scope="module")
def page(form: bytes) -> Image.Image:
    """As it lies on the glass, at the sharpness of the better machines: 16 dots to the millimetre."""
    return reading.picture(form, SHARP).convert("L")


@pytest.fixture(scope="module")
def words(form: bytes) -> str:
    return reading.text_of(form)


def test_it_asks_the_six_facts_of_the_form_online(words: str) -> None:
    for label in (
        "Your name", "Your office or organization", "Your callback number", "Patient’s name",
        "Patient’s phone", "The reason", "The patient agreed that we may contact them",
    ):  # fmt: skip
        assert label in words


def test_each_reason_and_each_permission_has_a_box_to_tick(form: bytes, words: str) -> None:
    reasons = folders.sample().reasons
    assert all(reason.label in words for reason in reasons)
    boxes = [words for words in reading.alternatives(form) if words == "Box to tick"]
    permissions = 4  # contact, voicemail, text message, whether they came
    assert len(boxes) == len(reasons) + permissions


def test_it_says_what_to_leave_out(words: str) -> None:
    assert (
        "Social Security number, date of birth, address, member ID, diagnosis, medications, records. "
        "We never ask for these."
    ) in words


def test_it_is_its_own_cover_sheet(words: str) -> None:
    assert "One page. No cover sheet needed." in words
    assert "This page is confidential and meant for Harbor Street Counseling PLLC alone." in words
    assert "please call (360) 555-0142 and destroy it" in words
    assert "Call 911" in words


def test_nothing_on_it_is_larger_than_the_fax_number(form: bytes) -> None:
    sizes = reading.font_sizes(form)
    assert sizes["555-0143"] == max(sizes.values()) >= 30
    assert min(sizes.values()) >= 10.5


def test_the_office_it_was_made_for_does_not_write_its_name(form: bytes, words: str) -> None:
    assert words.count(OFFICE.name) == 2
    assert "Prepared for Lakeside Family Medicine" in words
    assert [code.text for code in reading.codes(form)] == [f"{FORM_URL}/refer?source=k7m2xq"]


def test_it_is_black_on_white_without_tints_and_hairlines(form: bytes) -> None:
    document = pdfium.PdfDocument(form)
    try:
        drawn = list(document[0].get_objects(max_depth=1))
        colours = {colour(one) for one in drawn}
        lines = [width for one in drawn if (width := stroke_pt(one))]
    finally:
        document.close()
    assert colours <= {(0, 0, 0), (255, 255, 255)}
    assert len(lines) > 10
    assert min(lines) >= 0.5


@pytest.mark.parametrize("dots", [FINE, STANDARD])
def test_its_code_is_read_from_a_fax(page: Image.Image, dots: tuple[int, int]) -> None:
    head = page.crop((0, 0, page.width, page.height // 3))
    for seed in range(2 if dots == FINE else 1):
        came = faxed(head, dots, seed)
        square = came.resize((came.width, came.height * dots[0] // dots[1]))
        codes = zxingcpp.read_barcodes(square)
        assert [one.text for one in codes] == [f"{FORM_URL}/refer?source=k7m2xq"]


@pytest.mark.parametrize("dots", [FINE, STANDARD])
def test_every_letter_keeps_its_ink_in_a_fax(
    form: bytes, page: Image.Image, dots: tuple[int, int]
) -> None:
    """A stroke thinner than a dot goes missing, and two that are too close become one."""
    height_mm = Paper.LETTER.size_mm[1]
    received = faxed(page, dots, seed=1, slant=0)
    letters = [one for one in reading.characters(form) if one.char.isalnum()]
    assert len(letters) > 500
    for one in letters:
        box = (one.left, height_mm - one.top, one.right, height_mm - one.bottom)
        sent, came = ink(page, box, (SHARP, SHARP)), ink(received, box, dots)
        assert 0.55 * sent < came < 1.6 * sent, one


def test_a_group_is_asked_for_whom(tmp_path: Path, prints: Print) -> None:
    practice = folders.group(tmp_path)
    text = reading.text_of(prints(practice, "fax-form").bytes)
    for name in ("Whoever fits best", "Ben Osei", "Nora Ellison", "Grief that does not ease"):
        assert name in text
    assert "we call the patient" in text


def test_four_clinicians_and_twelve_reasons_leave_room_for_the_permissions(prints: Print) -> None:
    pdf = prints(load_practice(GROUP_PRACTICE), "fax-form").bytes
    text = reading.text_of(pdf)
    for words in ("Tomás Delgado", "Family between two cultures", "We may leave a voicemail"):
        assert words in text
    assert min(reading.font_sizes(pdf).values()) >= 8.5


def test_a_group_s_form_to_one_lists_that_one_s_reasons(tmp_path: Path) -> None:
    practice = folders.group(tmp_path)
    job = plan_sheets(practice, papers=[Paper.LETTER], only="fax-form")[1]
    data = view_sheet(Commission(job, practice, TODAY, "en", FORM_URL, None)).data
    assert [one["label"] for one in data["reason"]["items"]] == [
        "Grief that does not ease",
        "Trouble sleeping after a loss",
    ]
    assert data["code"]["url"] == f"{FORM_URL}/refer/ben-osei"
    assert data["patient"]["whom"] is None


def test_what_only_helps_gives_way_before_a_reason_does(tmp_path: Path, prints: Print) -> None:
    practice = folders.hard(tmp_path, reasons=15, fax=True)
    text = reading.text_of(prints(practice, "fax-form").bytes)
    assert "Reason number 14" in text
    assert "The patient agreed that we may contact them" in text
    assert "We may leave a voicemail" not in text


def test_a_practice_without_a_fax_has_no_fax_form(tmp_path: Path) -> None:
    practice: Practice = folders.hard(tmp_path)
    planned = plan_sheets(practice, papers=[Paper.LETTER])
    assert planned
    assert "fax-form" not in {job.sheet.name for job in planned}
    with pytest.raises(UsageError, match=r"Give a fax number under \[contact\]"):
        plan_sheets(practice, papers=[Paper.LETTER], only="fax-form")


def colour(one: pdfium.PdfObject) -> tuple[int, ...]:
    parts = [pdfium.raw.c_uint() for _ in range(4)]
    stroked = stroke_pt(one) > 0
    read = pdfium.raw.FPDFPageObj_GetStrokeColor if stroked else pdfium.raw.FPDFPageObj_GetFillColor
    read(one.raw, *parts)
    return tuple(int(part.value) for part in parts[:3])


def stroke_pt(one: pdfium.PdfObject) -> float:
    """How wide a drawn line is; 0 for what is not stroked."""
    fill, stroke = pdfium.raw.c_int(), pdfium.raw.c_int()
    if one.type != pdfium.raw.FPDF_PAGEOBJ_PATH:
        return 0
    pdfium.raw.FPDFPath_GetDrawMode(one.raw, fill, stroke)
    width = pdfium.raw.c_float()
    pdfium.raw.FPDFPageObj_GetStrokeWidth(one.raw, width)
    return float(width.value) if stroke.value else 0


def faxed(page: Image.Image, dots: tuple[int, int], seed: int, slant: float = 0.6) -> Image.Image:
    """As the other machine prints it: a little crooked, with dirt, each dot black or white."""
    rng = random.Random(seed)
    if slant:
        turned = rng.uniform(-slant, slant)
        page = page.rotate(turned, Image.Resampling.BILINEAR, fillcolor=255)
    size = (page.width * dots[0] // SHARP, page.height * dots[1] // SHARP)
    page = page.resize(size, Image.Resampling.BOX)
    dirt = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
    return Image.blend(page, dirt, 0.12).point(lambda grey: 255 if grey > 128 else 0)


def ink(page: Image.Image, box: tuple[float, float, float, float], dots: tuple[int, int]) -> float:
    """How much of the box (left, top, right, bottom in millimetres) is black, 0 to 1."""
    across, down = dots[0] / 25.4, dots[1] / 25.4
    left, top, right, bottom = box
    crop = page.crop((
        round(left * across), round(top * down), round(right * across) + 1, round(bottom * down) + 1,
    ))  # fmt: skip
    return 1 - ImageStat.Stat(crop).mean[0] / 255
