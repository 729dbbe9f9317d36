"""A clinician's portrait as a drawing that can travel in the data: an SVG with the picture inside."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from outreach_kit.practice import Clinician

SIZE_MM: Final = (34.0, 42.5)
"""Width and height in which it is printed: four to five, as portraits are cropped."""
_PIXELS: Final = (402, 502)
"""300 to the inch."""


def portrait_drawing(clinician: Clinician, practice_name: str) -> dict[str, Any] | None:
    """The drawing, its size and its words for the ear; None without a portrait."""
    if clinician.portrait is None:
        return None
    status = clinician.portrait.stat()
    return {
        "svg": _drawing(clinician.portrait, status.st_mtime_ns, status.st_size),
        "width_mm": SIZE_MM[0],
        "alt": clinician.facts.portrait_alt or f"{clinician.name}, {practice_name}",
    }


@lru_cache(maxsize=32)
def _drawing(path: Path, _changed_ns: int, _size: int) -> str:
    """Upright, cut to four by five around the upper middle, where faces are."""
    from PIL import Image, ImageOps  # late: 40 ms, and most practices print without a portrait

    with Image.open(path) as original:
        upright = ImageOps.exif_transpose(original).convert("RGB")
        fitted = ImageOps.fit(upright, _PIXELS, centering=(0.5, 0.35))
    packed = io.BytesIO()
    fitted.save(packed, "JPEG", quality=88, optimize=True)
    width, height = _PIXELS
    picture = base64.b64encode(packed.getvalue()).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{picture}"/></svg>'
    )
