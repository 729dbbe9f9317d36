"""The practice's mark: its initial on its accent, drawn as outlines, so that it looks alike everywhere."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final

from outreach_kit.brand import palette
from outreach_kit.practice import Practice
from outreach_kit.web.fonts import FACES

_FACE: Final = next(face for face in FACES if face.name == "serif-semibold")
_SIDE: Final = 64
_CAPITAL: Final = 32.0
"""Height of a capital. A home screen may cut the mark to a circle of 80%, and it holds that."""
_WIDEST: Final = 38.0
_CORNER: Final = 14
_DOORWAY: Final = "M20 50V30a12 12 0 0 1 24 0v20z"
"""The arch of the site's portraits, for a name that begins in a script that the face lacks."""


def initial_of(practice: Practice) -> str:
    """The first letter or digit of its name; empty when there is none."""
    return next((char for char in practice.name if char.isalnum()), "").upper()


def draw_mark(practice: Practice, *, full: bool = False) -> str:
    """As SVG: with round corners for a browser's tab, `full` to the edge for who cuts it himself."""
    initial = initial_of(practice)
    corner = "" if full else f' rx="{_CORNER}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
        f'<rect width="{_SIDE}" height="{_SIDE}"{corner} fill="{palette(practice.brand).accent}"/>'
        f'<path fill="#ffffff" d="{_outline(initial) or _DOORWAY}"/></svg>\n'
    )


@lru_cache(maxsize=64)
def _outline(initial: str) -> str:
    """The letter's outline in the middle of the mark; empty when the face does not have it."""
    from fontTools.pens.boundsPen import (
        BoundsPen,
    )  # late: 0.1 s, and a build without changes needs none
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    source = resources.files(_FACE.package) / "files" / _FACE.file
    with resources.as_file(source) as path, TTFont(path, lazy=True) as font:
        name = font.getBestCmap().get(ord(initial)) if len(initial) == 1 else None
        if name is None:
            return ""
        glyphs = font.getGlyphSet()
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        if bounds.bounds is None:
            return ""
        left, bottom, right, top = bounds.bounds
        scale = min(_CAPITAL / font["OS/2"].sCapHeight, _WIDEST / (right - left))
        across = _SIDE / 2 - scale * (left + right) / 2
        down = _SIDE / 2 + scale * (bottom + top) / 2
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, across, down)))
        return str(pen.getCommands())
