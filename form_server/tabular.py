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

from outreach_kit.errors import HandoffError

Cell = str | int | float | None

# OWASP, “CSV Injection”. What reads as disarmed already is marked too, or it would lose its own mark
# on the way back.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_MARK: Final = "'"
_SEPARATORS: Final = (",", ";", "\t")
_TOLD: Final = re.compile(r"\"?sep=([,;\t])\"?\r?\n", re.IGNORECASE)
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class TableRefused(HandoffError):
    """A file that is no table of text."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This file cannot be read as a table: {why}. Save it from your spreadsheet as CSV "
            "(UTF-8) and choose that file."
        )


def write_csv(rows: Iterable[Iterable[Cell]]) -> str:
    """RFC 4180 with CRLF; None is an empty cell, and numbers stay numbers, below zero too.

    Encode it as `utf-8-sig`: Excel takes plain UTF-8 for something else.
    """
    written = io.StringIO()
    csv.writer(written).writerows([_safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def read_csv(raw: bytes) -> list[list[str]]:
    """Every row that has anything in it, cells without the marks that `write_csv` set.

    It takes what spreadsheets save: UTF-8 with or without a mark, UTF-16, or Windows' own letters;
    parted by commas, semicolons or tabs. Raises TableRefused.
    """
    text = decode_text(raw)
    if "\0" in text:
        raise TableRefused("it holds no text")
    text, separator = _find_separator(text)
    # Strict: a quote that is never closed would take every row behind it into its own cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    read_to = 0
    try:
        for row in reader:
            rows.append(row)
            read_to = reader.line_num
    except csv.Error as error:
        raise TableRefused(
            f"in the row that begins at line {read_to + 1}, a quote is never closed, or more stands "
            "behind it, or a cell is far too long"
        ) from error
    return [[plain_cell(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]


def _find_separator(text: str) -> tuple[str, str]:
    """What parts its cells, and the text without Excel's own line about that: “sep=;”."""
    if told := _TOLD.match(text):
        return text[told.end() :], told[1]
    first = next((line for line in text.splitlines() if line.strip()), "")
    return text, max(_SEPARATORS, key=first.count)


def decode_text(raw: bytes) -> str:
    """What spreadsheets and address books save, whichever letters they save it in."""
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def plain_cell(cell: str) -> str:
    """What `write_csv` was given, from what a spreadsheet saved."""
    return cell[1:] if cell.startswith(_MARK) and _FORMULA.match(cell) else cell


def _safe(cell: Cell) -> Cell:
    return _MARK + cell if isinstance(cell, str) and _FORMULA.match(cell) else cell
