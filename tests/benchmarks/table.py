"""Figures beside their limits, as a table that fits a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row. `limit` and `held` are empty and None for what is only reported."""

    name: str
    ours: str
    peer: str
    ratio: str = ""
    limit: str = ""
    held: bool | None = None


_HEADS = ("figure", "ours", "peer", "ratio", "limit", "held")


def table(figures: Sequence[Figure]) -> str:
    rows = [_HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    rule = tuple("-" * width for width in widths)
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (rows[0], rule, *rows[1:])
    )
    return "\n".join(lines)


def at_most(name: str, ours: str, peer: str, ratio: float, limit: float) -> Figure:
    return Figure(name, ours, peer, f"{ratio:.2f}x", f"<= {limit:g}x", ratio <= limit)


def at_least(name: str, ours: str, peer: str, ratio: float, limit: float) -> Figure:
    return Figure(name, ours, peer, f"{ratio:.2f}x", f">= {limit:g}x", ratio >= limit)


def _cells(figure: Figure) -> tuple[str, ...]:
    held = {True: "yes", False: "NO", None: ""}[figure.held]
    return (figure.name, figure.ours, figure.peer, figure.ratio, figure.limit, held)
