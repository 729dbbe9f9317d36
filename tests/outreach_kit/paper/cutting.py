"""A sheet that is cut into equal slips: its cuts, its marks, and whether a band of it is bare paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pikepdf
from PIL.Image import Image

from tests.outreach_kit.paper.reading import Box, characters, picture
from tests.outreach_kit.paper.strokes import Stroke, strokes

_BARE = 250
"""Points as light as this are paper."""


@dataclass(frozen=True)
class CutSheet:
    """Measures are in millimetres from the page's lower left corner."""

    pdf: bytes
    size_mm: tuple[float, float]
    columns: int
    rows: int

    @property
    def count(self) -> int:
        return self.columns * self.rows

    @property
    def cuts_x(self) -> list[float]:
        return [self.size_mm[0] / self.columns * column for column in range(1, self.columns)]

    @property
    def cuts_y(self) -> list[float]:
        return [self.size_mm[1] / self.rows * row for row in range(1, self.rows)]

    @cached_property
    def marks(self) -> list[Stroke]:
        """The hairlines that touch the paper's edge, and the crosses where two cuts meet."""
        return [one for one in self._strokes if self._touches(one) or self._crosses(one)]

    @cached_property
    def rules(self) -> list[Stroke]:
        """The lines that can be written on."""
        long = [one for one in self._strokes if one.height < 0.5 and one.width > 20]
        return [one for one in long if one not in self.marks]

    def off_cut_mm(self, mark: Stroke) -> float:
        """How far the mark stands from the nearest cut that it could be for."""
        if mark.width < 0.5:
            x = (mark.left + mark.right) / 2
            return min((abs(x - cut) for cut in self.cuts_x), default=float("inf"))
        y = (mark.bottom + mark.top) / 2
        return min((abs(y - cut) for cut in self.cuts_y), default=float("inf"))

    def words_within(self, distance_mm: float) -> list[Box]:
        """The characters that stand nearer than that to a cut."""
        return [
            one
            for one in characters(self.pdf)
            if any(one.left < x + distance_mm and one.right > x - distance_mm for x in self.cuts_x)
            or any(one.bottom < y + distance_mm and one.top > y - distance_mm for y in self.cuts_y)
        ]

    def ink_below(self, top_mm: float, reach_mm: float) -> int:
        """How many points of the band under `top_mm` are not bare, the cuts themselves left out."""
        image = self._picture
        scale = image.height / self.size_mm[1]
        upper, lower = (self.size_mm[1] - top_mm + 0.5), (self.size_mm[1] - top_mm + reach_mm)
        dark = 0
        for left, right in pairwise([0.0, *self.cuts_x, self.size_mm[0]]):
            edges = ((left + 0.5) * scale, upper * scale, (right - 0.5) * scale, lower * scale)
            west, north, east, south = (round(edge) for edge in edges)
            dark += sum(image.crop((west, north, east, south)).histogram()[:_BARE])
        return dark

    @cached_property
    def _strokes(self) -> list[Stroke]:
        return strokes(self.pdf)

    @cached_property
    def _picture(self) -> Image:
        return picture(self.pdf, 72).convert("L")

    def _touches(self, one: Stroke) -> bool:
        width, height = self.size_mm
        return min(one.left, one.bottom) < 0.1 or one.right > width - 0.1 or one.top > height - 0.1

    def _crosses(self, one: Stroke) -> bool:
        x, y = (one.left + one.right) / 2, (one.bottom + one.top) / 2
        return any(abs(x - cut) < 1 for cut in self.cuts_x) and any(
            abs(y - cut) < 1 for cut in self.cuts_y
        )


def bookmarks(pdf: bytes) -> list[str]:
    """The titles of the outline's first level."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return [str(one.title) for one in outline.root]
