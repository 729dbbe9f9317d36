"""A QR code to stand in a page: drawn inline, so that it prints and needs no second request."""

from __future__ import annotations

from typing import Final

import segno
from markupsafe import Markup

from outreach_kit.web.html import trusted

_QUIET_ZONE: Final = 4


def draw_qr(url: str) -> Markup:
    """An SVG element, black on white by day and night; whoever places it names what it leads to."""
    symbol = segno.make(url, error="m", micro=False)
    return trusted(
        symbol.svg_inline(
            border=_QUIET_ZONE, omitsize=True, dark="#000000", light="#ffffff", svgclass="qr"
        )
    )
