"""The fax form typed instead of written: its fields, what a reader hears of them, and that they print."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from outreach_kit.paper import Source
from outreach_kit.web.fields import ask_more, ask_office
from outreach_kit.web.language import words_in
from outreach_kit.web.questions import FieldMaker
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, Print


@pytest.fixture(scope="module")
def form(prints: Print) -> bytes:
    return prints(folders.sample(), "fax-form").bytes


@pytest.fixture(scope="module")
def fields(form: bytes) -> dict[str, dict[str, Any]]:
    return read_fields(form)


@pytest.fixture
def opened(form: bytes) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(form)
    document.init_forms()
    yield document
    document.close()


def test_every_fact_that_the_form_online_requires_can_be_typed(
    fields: dict[str, dict[str, Any]],
) -> None:
    practice, words = folders.sample(), words_in("en")
    groups = ask_office(FieldMaker({}, {}), practice, words, known_office=False)
    required = {field.name for group in groups for field in group.fields if field.required}
    assert required == {
        "referrer_name", "referrer_office", "referrer_phone", "patient_name", "patient_phone",
        "reasons", "patient_agreed",
    }  # fmt: skip
    reasons = {f"reasons-{reason.slug}" for reason in practice.reasons}
    assert required - {"reasons"} | reasons <= set(fields)
    more = ask_more(FieldMaker({}, {}), practice, words, known_office=False)
    online = {field.name for group in (*groups, *more) for field in group.fields}
    assert {name.split("-")[0] for name in fields} <= online


def test_each_is_told_by_the_words_beside_it_and_is_a_field_to_a_reader(
    form: bytes, fields: dict[str, dict[str, Any]]
) -> None:
    assert fields["patient_name"] == {"kind": "/Tx", "label": "Patient’s name", "printed": True}
    assert fields["voicemail_ok"]["label"] == "We may leave a voicemail"
    assert {one["kind"] for name, one in fields.items() if name.endswith("_ok")} == {"/Btn"}
    assert all(one["label"] and one["printed"] for one in fields.values())
    assert reading.tags(form).count("Form") == len(fields) == 17
    assert reading.links(form) == [f"{FORM_URL}/refer"]
    assert reading.properties(form).ua_part == "1"


def test_an_office_that_is_known_types_its_name_nowhere(prints: Print) -> None:
    office = Source("k7m2xq", "Lakeside Family Medicine")
    known = read_fields(prints(folders.sample(), "fax-form", source=office).bytes)
    assert "referrer_office" not in known
    assert "referrer_name" in known


def test_what_is_typed_and_ticked_is_seen_where_it_belongs(
    form: bytes, opened: pdfium.PdfDocument
) -> None:
    page, places = opened[0], boxes(form)
    before = inks(page, places)
    click(page, places["patient_name"])
    typed = "Zoë Muñoz-O’Hara".encode("utf-16-le") + b"\0\0"
    text = ctypes.cast(ctypes.create_string_buffer(typed), ctypes.POINTER(ctypes.c_ushort))
    pdfium.raw.FORM_ReplaceSelection(opened.formenv.raw, page.raw, text)
    pdfium.raw.FORM_ForceToKillFocus(opened.formenv.raw)
    click(page, places["reasons-panic"])
    after = inks(page, places)
    changed = {name for name in places if after[name] > before[name] + 0.01}
    assert changed == {"patient_name", "reasons-panic"}


def read_fields(pdf: bytes) -> dict[str, dict[str, Any]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(field.T): {
                "kind": str(field.FT),
                "label": str(field.TU),
                "printed": bool(int(field.F) & 4),
            }
            for field in document.Root.AcroForm.Fields
        }


def boxes(pdf: bytes) -> dict[str, tuple[float, ...]]:
    """Where each field stands: left, bottom, right and top in points."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(field.T): tuple(float(edge) for edge in field.Rect)
            for field in document.Root.AcroForm.Fields
        }


def click(page: pdfium.PdfPage, box: tuple[float, ...]) -> None:
    left, bottom, right, top = box
    at = (page.formenv.raw, page.raw, 0, (left + right) / 2, (bottom + top) / 2)
    pdfium.raw.FORM_OnLButtonDown(*at)
    pdfium.raw.FORM_OnLButtonUp(*at)


def inks(page: pdfium.PdfPage, places: dict[str, tuple[float, ...]]) -> dict[str, float]:
    """How black each field is, 0 to 1."""
    height = page.get_height()
    picture = page.render(scale=2, may_draw_forms=True).to_pil().convert("L")
    found = {}
    for name, (left, bottom, right, top) in places.items():
        crop = picture.crop(
            (int(2 * left), int(2 * (height - top)), int(2 * right), int(2 * (height - bottom)))
        )
        histogram = crop.histogram()
        found[name] = sum(histogram[:128]) / sum(histogram)
    return found
