"""What a phone asks for when the desk is put on its home screen: a manifest, icons, a worker.

Strangers get them too: they say no more than the practice's name and colour. The worker shows
notifications and keeps nothing; no page of the desk lies in any cache of ours.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Response, jsonify, url_for
from PIL import Image, ImageDraw

from form_server.desk.console import the_desk
from form_server.ledger import NotFound
from outreach_kit.brand import palette

SIZES: Final = (180, 192, 512)  # Apple's; the two that a manifest needs
_WORKER: Final = Path(__file__).parent.parent / "static" / "worker.js"
_DRAWN_LARGER: Final = 4  # and shrunk, for smooth edges
# The tray of `desk.svg`, on its grid of 64: inside the circle that a phone may cut out.
_TRAY: Final = ((14, 22), (50, 22), (50, 44), (14, 44), (14, 22))
_FLAP: Final = ((14, 36), (24, 36), (27, 40), (37, 40), (40, 36), (50, 36))
_GRID: Final = 64
_LINE: Final = 4


def show_manifest() -> Response:
    """W3C Web Application Manifest; the name stands under the icon and in the app's switcher."""
    desk = the_desk()
    practice = desk.practice()
    colours = palette(practice.brand)
    icons = [
        {
            "src": url_for("desk.show_icon", size=size),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    response = jsonify(
        id=url_for("desk.show_today"),
        name=f"{practice.name}: desk",
        short_name="Desk",
        lang="en",
        start_url=url_for("desk.show_today"),
        scope=url_for("desk.show_today"),
        display="standalone",
        theme_color=colours.accent,
        background_color=colours.warm,
        icons=icons,
    )
    response.mimetype = "application/manifest+json"
    return response


def show_icon(size: int) -> Response:
    """Raises NotFound for a size that no phone was told of."""
    if size not in SIZES:
        raise NotFound("icon", str(size))
    accent = palette(the_desk().practice().brand).accent
    return Response(draw_icon(accent, size), mimetype="image/png")


def show_worker() -> Response:
    """From an address above the pages, so that it may notify for all of them."""
    return Response(_WORKER.read_text("utf-8"), mimetype="text/javascript")


@lru_cache(maxsize=8)
def draw_icon(colour: str, size: int) -> bytes:
    """PNG: the tray on the practice's colour, to the edge, so that any shape can be cut out."""
    scale = size * _DRAWN_LARGER / _GRID
    side = size * _DRAWN_LARGER
    picture = Image.new("RGB", (side, side), colour)
    pen = ImageDraw.Draw(picture)
    for line in (_TRAY, _FLAP):
        points = [(x * scale, y * scale) for x, y in line]
        pen.line(points, fill="#ffffff", width=round(_LINE * scale), joint="curve")
        for x, y in (points[0], points[-1]):
            half = _LINE * scale / 2
            pen.ellipse((x - half, y - half, x + half, y + half), fill="#ffffff")
    small = picture.resize((size, size), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()
