"""Where the parts of a chart stand, in percents of its box, so that type keeps its size on any screen.

Charts are drawn here and placed by `charts.html` as SVG: the desk runs no script for them, and its
policy allows no style inside a page. Colours are classes of the style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_STEPS: Final = (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)
_SHARE_OF_PLACE: Final = 0.68
"""How much of its place a column takes; the rest is air."""


@dataclass(frozen=True)
class Series:
    """One of the things that a bar is made of; `kind` is a class of the style sheet."""

    kind: str
    label: str


@dataclass(frozen=True)
class Piece:
    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Column:
    """`says` is what the pointer is told; `below` stands in a second line, or is empty."""

    label: str
    below: str
    middle: str
    total: str
    top: str
    says: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Rule:
    """A line across, and the number at its end."""

    y: str
    text: str


@dataclass(frozen=True)
class ColumnChart:
    """`name` is an id on the page; `place` is how wide a column's own place is."""

    name: str
    title: str
    says: str
    series: tuple[Series, ...]
    rules: tuple[Rule, ...]
    columns: tuple[Column, ...]
    place: str


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    text: str
    says: str
    label: str
    below: str


@dataclass(frozen=True)
class Stroke:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class DotChart:
    """`dots` has one for each place; one without anything to show has no `y`."""

    name: str
    title: str
    says: str
    rules: tuple[Rule, ...]
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Place:
    """A month or whatever else stands side by side; `counts` are in the order of the series."""

    label: str
    below: str
    says: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Point:
    """`value` is None where nothing was measured; `text` says it."""

    label: str
    below: str
    says: str
    value: float | None
    text: str


def draw_columns(
    name: str, title: str, says: str, series: Sequence[Series], places: Sequence[Place]
) -> ColumnChart:
    """Stacked from the bottom in the order of the series; those that never occur are left out."""
    top = nice_top(max((sum(one.counts) for one in places), default=0))
    used = [at for at in range(len(series)) if any(one.counts[at] for one in places)]
    share = 1 / max(1, len(places))
    columns = []
    for number, one in enumerate(places):
        left = (number + (1 - _SHARE_OF_PLACE) / 2) * share
        below, pieces = 0, []
        for at in used:
            count = one.counts[at]
            if count:
                below += count
                pieces.append(
                    Piece(
                        series[at].kind,
                        percent(left),
                        percent(1 - below / top),
                        percent(share * _SHARE_OF_PLACE),
                        percent(count / top),
                    )
                )
        columns.append(
            Column(
                one.label,
                one.below,
                percent((number + 0.5) * share),
                str(below) if below else "",
                percent(1 - below / top),
                one.says,
                tuple(pieces),
            )
        )
    kept = tuple(series[at] for at in used)
    return ColumnChart(name, title, says, kept, _rules(top), tuple(columns), percent(share))


def draw_dots(
    name: str, title: str, says: str, points: Sequence[Point], unit: str = ""
) -> DotChart:
    """A line runs between neighbours; a month without anything measured breaks it."""
    top = nice_top(max((one.value or 0 for one in points), default=0))
    share = 1 / max(1, len(points))
    middles = [percent((number + 0.5) * share) for number in range(len(points))]
    heights = ["" if one.value is None else percent(1 - one.value / top) for one in points]
    dots = tuple(
        Dot(middle, height, one.text, one.says, one.label, one.below)
        for middle, height, one in zip(middles, heights, points, strict=True)
    )
    strokes = tuple(
        Stroke(dots[at].x, dots[at].y, dots[at + 1].x, dots[at + 1].y)
        for at in range(len(dots) - 1)
        if dots[at].y and dots[at + 1].y
    )
    return DotChart(name, title, says, _rules(top, unit), dots, strokes)


def stack_bar(series: Sequence[Series], counts: Sequence[int], top: int) -> tuple[Piece, ...]:
    """A bar that lies, from its beginning to its share of the longest."""
    pieces, before = [], 0
    for one, count in zip(series, counts, strict=True):
        if count:
            pieces.append(
                Piece(one.kind, percent(before / top), "0%", percent(count / top), "100%")
            )
            before += count
    return tuple(pieces)


def nice_top(most: float) -> int:
    """The end of an axis: an even or a round number, at least 4, that holds what there is."""
    scale = 10 ** max(0, math.floor(math.log10(most))) if most > 0 else 1
    tops = (round(step * scale) for step in _STEPS)
    return max(4, next(top for top in tops if top >= most))


def percent(share: float) -> str:
    """“12.5%”, with no more digits than a screen can show."""
    return f"{round(share * 100, 2):g}%"


def _rules(top: int, unit: str = "") -> tuple[Rule, ...]:
    return tuple(Rule(percent(1 - share), f"{top * share:g}{unit}") for share in (0.5, 1.0))
