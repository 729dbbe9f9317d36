"""A printed sheet read back: its words, where they stand, its tags, and what a telephone sees."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import zxingcpp
from PIL.Image import Image

PT_PER_MM = 72 / 25.4
QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
"""Only these are printed; in a page of words a reader of every kind finds others now and then."""


@dataclass(frozen=True)
class Box:
    """Where a character or a shape stands, in millimetres from the lower left corner of the trimmed page."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


def page_count(pdf: bytes) -> int:
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_size_mm(pdf: bytes) -> tuple[float, float]:
    document = pdfium.PdfDocument(pdf)
    try:
        left, bottom, right, top = document[0].get_trimbox()
        return round((right - left) / PT_PER_MM, 1), round((top - bottom) / PT_PER_MM, 1)
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """Every page's text, in reading order, each run of white space one blank."""
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def characters(pdf: bytes, page_index: int = 0) -> list[Box]:
    """Every printed character of the page, in reading order."""
    document = pdfium.PdfDocument(pdf)
    try:
        x, y, *_ = document[page_index].get_trimbox()
        page = document[page_index].get_textpage()
        found = []
        for index in range(page.count_chars()):
            char = page.get_text_range(index, 1)
            if char.strip():
                found.append(_box(char, page.get_charbox(index), (x, y)))
        return found
    finally:
        document.close()


def shapes(pdf: bytes, page_index: int = 0) -> list[Box]:
    """Every line and area that is drawn on the page, half of its stroke included; without characters."""
    document = pdfium.PdfDocument(pdf)
    try:
        x, y, *_ = document[page_index].get_trimbox()
        paths = document[page_index].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])
        return [_box("", path.get_bounds(), (x, y)) for path in paths]
    finally:
        document.close()


def _box(char: str, edges: tuple[float, ...], corner: tuple[float, float]) -> Box:
    left, bottom, right, top = edges
    x, y = corner
    return Box(
        char,
        (left - x) / PT_PER_MM,
        (bottom - y) / PT_PER_MM,
        (right - x) / PT_PER_MM,
        (top - y) / PT_PER_MM,
    )


def font_sizes(pdf: bytes, page_index: int = 0) -> dict[str, float]:
    """The size in points in which each word of the page is set, by the word; the largest wins."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[page_index].get_textpage()
        sizes: dict[str, float] = {}
        word, size = "", 0.0
        for index in range(page.count_chars() + 1):
            char = page.get_text_range(index, 1) if index < page.count_chars() else " "
            if char.strip():
                word += char
                size = max(size, float(pdfium.raw.FPDFText_GetFontSize(page, index)))
            elif word:
                sizes[word] = max(size, sizes.get(word, 0.0))
                word, size = "", 0.0
        return sizes
    finally:
        document.close()


def picture(pdf: bytes, dpi: int = 300, page_index: int = 0) -> Image:
    document = pdfium.PdfDocument(pdf)
    try:
        image: Image = document[page_index].render(scale=dpi / 72).to_pil()
        return image
    finally:
        document.close()


@dataclass(frozen=True)
class Code:
    """A QR code as a scanner reads it."""

    text: str
    side_mm: float
    correction: str


def codes(pdf: bytes, dpi: int = 300, page_index: int = 0) -> list[Code]:
    """Every QR code on the page; the side is that of the symbol without its quiet zone."""
    found = zxingcpp.read_barcodes(picture(pdf, dpi, page_index), formats=QR_CODES)
    return [
        Code(
            one.text,
            abs(one.position.top_right.x - one.position.top_left.x) / dpi * 25.4,
            str(one.ec_level),
        )
        for one in found
    ]


@dataclass(frozen=True)
class Properties:
    title: str
    author: str
    subject: str
    keywords: str
    language: str
    created: str
    ua_part: str
    marked: bool
    shows_title: bool


def properties(pdf: bytes) -> Properties:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root, info = document.Root, document.docinfo
        with document.open_metadata() as metadata:
            part = str(metadata.get("pdfuaid:part", ""))
        return Properties(
            title=str(info.get("/Title", "")),
            author=str(info.get("/Author", "")),
            subject=str(info.get("/Subject", "")),
            keywords=str(info.get("/Keywords", "")),
            language=str(root.get("/Lang", "")),
            created=str(info.get("/CreationDate", "")),
            ua_part=part,
            marked=bool(root.MarkInfo.Marked),
            shows_title=bool(root.ViewerPreferences.DisplayDocTitle),
        )


def tags(pdf: bytes) -> list[str]:
    """The names of all structure elements, in reading order: Title, H1, P, L, Figure, …"""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(element.S).lstrip("/") for element in _elements(document)]


def alternatives(pdf: bytes) -> list[str]:
    """The words for the ear of every figure."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            str(element.get("/Alt", ""))
            for element in _elements(document)
            if element.S == "/Figure"
        ]


def links(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


def page_boxes(pdf: bytes) -> list[dict[str, tuple[float, ...]]]:
    """Left, bottom, right and top of every box that each page declares, in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            {
                key.lstrip("/"): tuple(round(float(edge) / PT_PER_MM, 3) for edge in page.obj[key])
                for key in page.obj.keys()  # noqa: SIM118 - a PDF dictionary iterates over nothing else
                if key.endswith("Box")
            }
            for page in document.pages
        ]


def embedded_fonts(pdf: bytes) -> set[str]:
    """The names of the faces, without the tag of the subset."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(one.FontName).lstrip("/").split("+")[-1]
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        }


def _elements(document: pikepdf.Pdf) -> Iterator[Any]:
    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node.K)

    yield from walk(document.Root.StructTreeRoot.K)
