"""QR codes as vector drawings, sized so that an office's telephone reads them at arm's length."""

from __future__ import annotations

import io
from enum import Enum
from functools import lru_cache
from typing import Final

import segno

from outreach_kit.frozen import frozen

QUIET_ZONE: Final = 4
"""Modules of white on each side (ISO/IEC 18004)."""
MIN_MODULE_MM: Final = 0.4
"""A module of 0.15 mm was the smallest that always decoded at 300 dpi; this leaves a wide margin."""


class Correction(Enum):
    """How much of the symbol may be lost: about 15%, and 25% where people write on it."""

    M = "m"
    Q = "q"


@frozen
class QrCode:
    """`svg` includes the quiet zone; `modules` counts one side without it."""

    url: str
    svg: str
    modules: int

    def side_mm(self, symbol_mm: float) -> float:
        """The side of the drawing, quiet zone and all, so that the symbol measures `symbol_mm` or more."""
        return self._module_mm(symbol_mm) * (self.modules + 2 * QUIET_ZONE)

    def quiet_mm(self, symbol_mm: float) -> float:
        """The white on each side of that drawing, to align the symbol itself with what is around it."""
        return self._module_mm(symbol_mm) * QUIET_ZONE

    def _module_mm(self, symbol_mm: float) -> float:
        return max(symbol_mm / self.modules, MIN_MODULE_MM)


@lru_cache(maxsize=64)  # a clinician's sheets open the same few doors, and each symbol takes 3 ms
def make_qr(url: str, correction: Correction = Correction.M) -> QrCode:
    """The smallest symbol that holds `url`."""
    symbol = segno.make(url, error=correction.value, micro=False, boost_error=False)
    drawing = io.BytesIO()
    symbol.save(
        drawing, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=True, dark="#000000"
    )
    return QrCode(url, drawing.getvalue().decode("ascii"), int(symbol.symbol_size(border=0)[0]))
