"""Where the pieces stand on perforated stock, as the makers' own templates say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from outreach_kit.frozen import frozen
from outreach_kit.paper.sheet import Paper

INCH_MM: Final = 25.4


@frozen
class DieCut:
    """A sheet of equal pieces, in millimetres; `pitch_mm` runs from one piece's edge to the next one's."""

    name: str
    piece_mm: tuple[float, float]
    columns: int
    rows: int
    left_mm: float
    top_mm: float
    pitch_mm: tuple[float, float]

    @property
    def count(self) -> int:
        return self.columns * self.rows

    @property
    def data(self) -> dict[str, Any]:
        return asdict(self)


CARD_CUTS: Final[Mapping[Paper, DieCut]] = {
    Paper.LETTER: DieCut(
        name="Avery 5371, 8371",
        piece_mm=(3.5 * INCH_MM, 2 * INCH_MM),
        columns=2,
        rows=5,
        left_mm=0.75 * INCH_MM,
        top_mm=0.5 * INCH_MM,
        pitch_mm=(3.5 * INCH_MM, 2 * INCH_MM),
    ),
    Paper.A4: DieCut(
        name="C32011-10",
        piece_mm=(85, 54),
        columns=2,
        rows=5,
        left_mm=15,
        top_mm=13.5,
        pitch_mm=(95, 54),
    ),
}

LABEL_CUTS: Final[Mapping[Paper, DieCut]] = {
    Paper.LETTER: DieCut(
        name="Avery 5160",
        piece_mm=(2.625 * INCH_MM, 1 * INCH_MM),
        columns=3,
        rows=10,
        left_mm=0.1875 * INCH_MM,
        top_mm=0.5 * INCH_MM,
        pitch_mm=(2.75 * INCH_MM, 1 * INCH_MM),
    ),
    Paper.A4: DieCut(
        name="Avery L7160",
        piece_mm=(63.5, 38.1),
        columns=3,
        rows=7,
        left_mm=7.25,
        top_mm=15.15,
        pitch_mm=(66, 38.1),
    ),
}

TENT_CUTS: Final[Mapping[Paper, DieCut]] = {
    # Two tents of two panels: a panel is folded back behind the one under it.
    Paper.LETTER: DieCut(
        name="Avery 5305",
        piece_mm=(8.5 * INCH_MM, 2.5 * INCH_MM),
        columns=1,
        rows=4,
        left_mm=0,
        top_mm=0.5 * INCH_MM,
        pitch_mm=(8.5 * INCH_MM, 2.5 * INCH_MM),
    ),
    # No such stock is sold in A4: plain card stock, cut with a knife.
    Paper.A4: DieCut(
        name="",
        piece_mm=(210, 2.5 * INCH_MM),
        columns=1,
        rows=4,
        left_mm=0,
        top_mm=21.5,
        pitch_mm=(210, 2.5 * INCH_MM),
    ),
}
