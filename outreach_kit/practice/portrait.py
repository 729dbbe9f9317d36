"""Is the portrait a picture that can be shown? Looked at before anything tries to open it whole."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MAX_PIXELS: Final = 50_000_000
MIN_SIDE_PX: Final = 200
FORMATS: Final = ("JPEG", "PNG", "WEBP")


def check_portrait(picture: Path, home: Path) -> tuple[str, str] | None:
    """What is wrong with the picture and what to do, or None; only the header is read."""
    from PIL import Image, UnidentifiedImageError  # late: most builds have no portrait to check

    if not picture.resolve().is_relative_to(home.resolve()):
        return f"“{picture.name}” lies outside the clinician's folder.", "Copy the picture there."
    if not picture.is_file():
        return (
            f"There is no picture “{picture.name}” here.",
            "Copy it beside clinician.toml, or delete the line.",
        )
    try:
        Image.MAX_IMAGE_PIXELS = None  # the size is judged below, from the header
        with Image.open(picture, formats=FORMATS) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return (
            f"“{picture.name}” is not a picture that can be read.",
            "Save it as JPEG, PNG or WebP.",
        )
    if width * height > MAX_PIXELS:
        return (
            f"“{picture.name}” has {width * height // 1_000_000} megapixels.",
            "Save a smaller copy; 1,200 pixels wide is plenty.",
        )
    if min(width, height) < MIN_SIDE_PX:
        return f"“{picture.name}” is only {width}×{height} pixels.", "Use one of at least 400×500."
    return None
