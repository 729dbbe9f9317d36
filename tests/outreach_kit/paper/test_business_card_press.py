"""The card for a print shop: boxes, bleed, marks and safe area, as a printer's preflight reads them."""

from __future__ import annotations

import pytest
import zxingcpp

from outreach_kit.paper import Paper
from outreach_kit.paper.boxes import with_bleed
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import FORM_URL, Print

EIGHTH_MM = 0.125 * 25.4
WIDTH_MM, HEIGHT_MM = 3.5 * 25.4, 2 * 25.4
HARBOR = (0x1F, 0x5A, 0x5E)


@pytest.fixture(scope="module")
def pdf(sample: Practice, prints: Print) -> bytes:
    return prints(sample, "business-card-press", Paper.OWN).bytes


def test_the_boxes_are_the_trimmed_card_and_an_eighth_of_an_inch_around_it(pdf: bytes) -> None:
    pages = reading.page_boxes(pdf)
    assert len(pages) == 2
    for boxes in pages:
        left, bottom, right, top = boxes["TrimBox"]
        assert (right - left, top - bottom) == pytest.approx((WIDTH_MM, HEIGHT_MM), abs=0.01)
        assert boxes["BleedBox"] == pytest.approx(
            (left - EIGHTH_MM, bottom - EIGHTH_MM, right + EIGHTH_MM, top + EIGHTH_MM), abs=0.01
        )
        outer = boxes["MediaBox"]
        assert outer[0] < boxes["BleedBox"][0]
        assert outer[3] > boxes["BleedBox"][3]
        assert "CropBox" not in boxes


@pytest.mark.parametrize("page", [0, 1])
def test_eight_marks_point_at_the_corners_from_outside_the_bleed(pdf: bytes, page: int) -> None:
    marks = [
        one
        for one in reading.shapes(pdf, page)
        if one.right <= -EIGHTH_MM
        or one.left >= WIDTH_MM + EIGHTH_MM
        or one.top <= -EIGHTH_MM
        or one.bottom >= HEIGHT_MM + EIGHTH_MM
    ]
    upright = [one for one in marks if one.top - one.bottom > 4]
    level = [one for one in marks if one.right - one.left > 4]
    assert len(upright) == len(level) == 4
    assert len(marks) == 8
    for one in upright:
        x = (one.left + one.right) / 2
        assert min(abs(x), abs(x - WIDTH_MM)) < 0.01
    for one in level:
        y = (one.bottom + one.top) / 2
        assert min(abs(y), abs(y - HEIGHT_MM)) < 0.01


def test_colour_runs_to_the_end_of_the_bleed_on_the_back_and_no_further(pdf: bytes) -> None:
    dpi = 150
    back = reading.picture(pdf, dpi, 1).convert("RGB")
    slug_mm = reading.page_boxes(pdf)[1]["TrimBox"][0]

    def colour(x_mm: float, y_mm: float) -> object:
        scale = dpi / 25.4
        return back.getpixel((round((slug_mm + x_mm) * scale), round((slug_mm + y_mm) * scale)))

    inside, beyond = EIGHTH_MM - 0.4, EIGHTH_MM + 0.4
    for x, y in ((-inside, 20), (WIDTH_MM + inside, 20), (20, -inside), (20, HEIGHT_MM + inside)):
        assert colour(x, y) == HARBOR
    for x, y in ((-beyond, 20), (WIDTH_MM + beyond, 20), (20, -beyond), (20, HEIGHT_MM + beyond)):
        assert colour(x, y) == (255, 255, 255)


@pytest.mark.parametrize("page", [0, 1])
def test_no_word_stands_within_an_eighth_of_an_inch_of_the_cut(pdf: bytes, page: int) -> None:
    words = reading.characters(pdf, page)
    assert len(words) > 80
    assert min(one.left for one in words) >= EIGHTH_MM
    assert max(one.right for one in words) <= WIDTH_MM - EIGHTH_MM
    assert min(one.bottom for one in words) >= EIGHTH_MM
    assert max(one.top for one in words) <= HEIGHT_MM - EIGHTH_MM


def test_the_code_is_white_around_and_opens_the_patients_door(pdf: bytes) -> None:
    (code,) = reading.codes(pdf, page_index=1)
    assert code.text == f"{FORM_URL}/hello"
    assert code.side_mm >= 19.8
    # At half the sharpness too, on its coloured ground.
    (faint,) = zxingcpp.read_barcodes(reading.picture(pdf, 150, 1))
    assert faint.text == code.text


def test_the_boxes_cost_neither_tags_nor_properties_nor_sameness(
    pdf: bytes, sample: Practice, prints: Print
) -> None:
    assert reading.properties(pdf).ua_part == "1"
    assert [tag for tag in reading.tags(pdf) if tag in {"Title", "H1", "Figure"}] == [
        "Title", "H1", "Figure",
    ]  # fmt: skip
    assert prints(sample, "business-card-press", Paper.OWN).bytes == pdf
    assert with_bleed(pdf, EIGHTH_MM) == with_bleed(pdf, EIGHTH_MM)
