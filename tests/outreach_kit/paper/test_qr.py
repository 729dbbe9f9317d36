"""QR codes keep their size, their quiet zone and their correction, whatever the address."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from outreach_kit.paper.qr import MIN_MODULE_MM, QUIET_ZONE, Correction, QrCode, make_qr

SHORT = "https://refer.example/refer?source=k7m2xq"


@given(st.integers(1, 200))
def test_modules_never_shrink_below_what_telephones_read(length: int) -> None:
    code = make_qr("https://example.org/" + "a" * length)
    side = code.side_mm(30)
    module = side / (code.modules + 2 * QUIET_ZONE)
    assert module >= MIN_MODULE_MM - 1e-9
    assert module * code.modules >= 30 - 1e-9


def test_the_same_address_gives_the_same_drawing() -> None:
    assert make_qr(SHORT).svg == make_qr(SHORT).svg


@pytest.mark.parametrize("correction", Correction)
def test_a_scanner_reads_address_and_correction(correction: Correction) -> None:
    (found,) = zxingcpp.read_barcodes(_drawn(make_qr(SHORT, correction)))
    assert found.text == SHORT
    assert found.ec_level == correction.name


@settings(max_examples=20)
@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=60))
def test_every_address_survives(path: str) -> None:
    url = f"https://refer.example/{path}"
    (found,) = zxingcpp.read_barcodes(_drawn(make_qr(url)))
    assert found.text == url


def _drawn(code: QrCode) -> Image.Image:
    """The SVG's strokes, drawn by hand eight pixels a module."""
    side = code.modules + 2 * QUIET_ZONE
    assert f'viewBox="0 0 {side} {side}"' in code.svg
    image = Image.new("L", (side * 8, side * 8), 255)
    draw = ImageDraw.Draw(image)
    strokes = re.search(r' d="([^"]+)"', code.svg)
    assert strokes
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", strokes[1]):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if kind == "M":
            x, y = values
        elif kind == "m":
            x, y = x + values[0], y + values[1]
        else:
            draw.rectangle(
                (x * 8, (y - 0.5) * 8, (x + values[0]) * 8 - 1, (y + 0.5) * 8 - 1), fill=0
            )
            x += values[0]
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Image.open(buffer)
