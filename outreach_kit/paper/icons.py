"""The practice's mark as pictures, for whoever takes no drawing: old browsers and home screens."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Final

import typst

from outreach_kit.paper.moulds import MARK_TEMPLATE
from outreach_kit.paper.press import draw_png
from outreach_kit.places import PAPER

HOME_SCREEN_PX: Final = 180
"""What iPhones ask for; they round the corners themselves."""
FAVICON_SIDES_PX: Final = (16, 32, 48)


def draw_home_screen(mark: str) -> bytes:
    """`mark` (SVG, to the edge) as `apple-touch-icon.png`."""
    (picture,) = _draw(mark, HOME_SCREEN_PX)
    return _squeeze(picture)


def draw_favicon(mark: str) -> bytes:
    """`mark` (SVG) as `favicon.ico`, each size drawn by itself."""
    from PIL import Image  # late: 40 ms, and the cache nearly always has the file

    sides = [Image.open(io.BytesIO(drawn)) for drawn in _draw(mark, *FAVICON_SIDES_PX)]
    out = io.BytesIO()
    sides[-1].save(
        out, "ICO", sizes=[(side, side) for side in FAVICON_SIDES_PX], append_images=sides[:-1]
    )
    return out.getvalue()


def _draw(mark: str, *sides_px: int) -> Iterator[bytes]:
    """The mark in each size. It is all outlines, so the compiler is spared every font."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    compiler = typst.Compiler(root=str(PAPER), font_paths=fonts, ignore_system_fonts=True)
    for side in sides_px:
        inputs = {"data": json.dumps({"svg": mark, "side_px": side})}
        yield draw_png(compiler, str(PAPER / MARK_TEMPLATE), inputs)


def _squeeze(picture: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as drawn:
        drawn.convert("RGB").quantize(16, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
