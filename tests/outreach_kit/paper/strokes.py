"""The drawn parts of a printed sheet: its rules and boxes, and where a run of words stands."""

from __future__ import annotations

import ctypes
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
    """Where the words stand, when they stand on one line; read from left to right, as they are seen."""
    letters = "".join(words.split())
    document = pdfium.PdfDocument(pdf)
    try:
        text = document[page].get_textpage()
        for line in _lines(text):
            if (start := "".join(char for _, char in line).find(letters)) >= 0:
                found = line[start : start + len(letters)]
                places = [_millimetres(text.get_charbox(index)) for index, _ in found]
                return Stroke(
                    min(one.left for one in places),
                    min(one.bottom for one in places),
                    max(one.right for one in places),
                    max(one.top for one in places),
                )
    finally:
        document.close()
    raise AssertionError(f"{words!r} is not on one line of the page")


def seen_lines(pdf: bytes, page: int = 0) -> list[str]:
    """The lines of a page, columns and all, from left to right whatever way they are read; no blanks."""
    document = pdfium.PdfDocument(pdf)
    try:
        return ["".join(char for _, char in line) for line in _lines(document[page].get_textpage())]
    finally:
        document.close()


def _lines(text: pdfium.PdfTextPage) -> list[list[tuple[int, str]]]:
    """By baseline: the number of each character on the page, and the character."""
    found: dict[int, list[tuple[float, int, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        char = chr(pdfium.raw.FPDFText_GetUnicode(text, index))
        if not char.isspace():
            pdfium.raw.FPDFText_GetCharOrigin(text, index, x, y)
            found.setdefault(round(y.value * 10), []).append((x.value, index, char))
    return [[(index, char) for _, index, char in sorted(line)] for line in found.values()]


def _millimetres(edges: tuple[float, float, float, float]) -> Stroke:
    left, bottom, right, top = (edge / PT_PER_MM for edge in edges)
    return Stroke(left, bottom, right, top)
