"""Portraits as the site shows them: one shape, upright, small enough for a phone, no metadata."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from outreach_kit.practice import Clinician

PORTRAIT_WIDTH: Final = 640
PORTRAIT_HEIGHT: Final = 800
SMALLER_WIDTHS: Final = (320,)
"""For a list of people, or a telephone: the browser takes the narrowest that is sharp there."""
_QUALITY: Final = 82


def portrait_name(clinician: Clinician, width: int = PORTRAIT_WIDTH) -> str:
    """Its name among the assets, in that width."""
    name = f"portraits/{clinician.slug}"
    return name if width == PORTRAIT_WIDTH else f"{name}@{width}"


def render_portrait(picture: Path, width: int = PORTRAIT_WIDTH) -> bytes:
    """The picture as WebP, turned upright and cropped to 4:5 about a point above its middle."""
    import io

    from PIL import Image, ImageOps  # late: most builds have the portrait in the cache

    with Image.open(picture) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        fitted = ImageOps.fit(
            upright, (width, width * PORTRAIT_HEIGHT // PORTRAIT_WIDTH), Image.Resampling.LANCZOS,
            centering=(0.5, 0.35),
        )  # fmt: skip
        out = io.BytesIO()
        fitted.save(out, "WEBP", quality=_QUALITY, method=6)
    return out.getvalue()
