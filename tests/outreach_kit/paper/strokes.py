"""The drawn parts of a printed sheet: its rules and boxes, and where a run of words stands."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from tests.outreach_kit.paper.reading import PT_PER_MM


@dataclass(frozen=True)
class Stroke:
    """What is drawn or written, in millimetres from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


def strokes(pdf: bytes, page: int = 0) -> list[Stroke]:
    """Every line and shape of a page, as wide as its ink: half a stroke more on each side."""
    document = pdfium.PdfDocument(pdf)
    try:
        shapes = document[page].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])
        return [_millimetres(shape.get_bounds()) for shape in shapes]
    finally:
        document.close()


def rules(pdf: bytes, page: int = 0) -> list[Stroke]:
    """The horizontal lines."""
    return [one for one in strokes(pdf, page) if one.height < 0.8 and one.width > 4]


def boxes_to_tick(pdf: bytes, page: int = 0) -> list[Stroke]:
    """The small squares."""
    return [
        one
        for one in strokes(pdf, page)
        if 2 < one.width < 6 and abs(one.width - one.height) < 0.05
    ]


def find_words(pdf: bytes, words: str, page: int = 0) -> Stroke:
    """Where the words stand, when they stand on one line."""
    document = pdfium.PdfDocument(pdf)
    try:
        text = document[page].get_textpage()
        found = text.search(words, match_case=True).get_next()
        assert found is not None, f"{words!r} is not on the page"
        assert text.count_rects(*found) == 1, f"{words!r} does not stand on one line"
        return _millimetres(text.get_rect(0))
    finally:
        document.close()


def _millimetres(edges: tuple[float, float, float, float]) -> Stroke:
    left, bottom, right, top = (edge / PT_PER_MM for edge in edges)
    return Stroke(left, bottom, right, top)
