"""Tables as text for spreadsheets, which take some cells for formulas and run them.

A cell that begins like a formula gets an apostrophe in front: a spreadsheet then shows it as text.
Whoever reads such a table back drops that apostrophe again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

Cell = str | int | float | None

# OWASP, “CSV Injection”. What reads as disarmed already is marked too, or it would lose its own mark
# on the way back.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_MARK: Final = "'"


def write_csv(rows: Iterable[Iterable[Cell]]) -> str:
    """RFC 4180 with CRLF; None is an empty cell, and numbers stay numbers, below zero too.

    Encode it as `utf-8-sig`: Excel takes plain UTF-8 for something else.
    """
    written = io.StringIO()
    csv.writer(written).writerows([_safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def plain_cell(cell: str) -> str:
    """What `write_csv` was given, from what a spreadsheet saved."""
    return cell[1:] if cell.startswith(_MARK) and _FORMULA.match(cell) else cell


def _safe(cell: Cell) -> Cell:
    return _MARK + cell if isinstance(cell, str) and _FORMULA.match(cell) else cell
