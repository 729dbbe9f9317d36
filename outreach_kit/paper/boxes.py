"""The boxes by which a print shop cuts: how far colour runs past the edge of the finished piece."""

from __future__ import annotations

import io
from typing import Final

from outreach_kit.errors import MachineError

_PT_PER_MM: Final = 72 / 25.4


def with_bleed(pdf: bytes, bleed_mm: float) -> bytes:
    """The PDF with a BleedBox that much larger than each page's TrimBox; the same bytes each time.

    The typesetter writes TrimBox and MediaBox only, and takes all beyond the trim for bleed; here the
    crop marks stand between the two.
    """
    try:
        import pikepdf  # late: 60 ms, and only what goes to a print shop bleeds
    except ImportError as error:
        raise MachineError(
            "The library pikepdf is not installed. Install the requirements again: "
            "python -m pip install -r requirements.txt"
        ) from error
    bleed = bleed_mm * _PT_PER_MM
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(edge) for edge in page.trimbox)
            box = (left - bleed, bottom - bleed, right + bleed, top + bleed)
            page.obj.BleedBox = pikepdf.Array([round(edge, 4) for edge in box])
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()
