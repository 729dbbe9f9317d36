"""A file from an address book as entries: which field says what, and nothing checked yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from form_server.contacts.headings import read_headings
from form_server.contacts.vcards import read_vcards
from form_server.tabular import TableRefused, read_csv

MOST_ROWS: Final = 100_000
_VCARD: Final = re.compile(rb"^\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Entry:
    """`number` is the row as spreadsheets count, with the heading, or the place of a card. `fault`
    says why it could not be read at all, or is empty."""

    number: int
    fields: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True)
class Entries:
    """`left_out` are headings that no field knows."""

    entries: Sequence[Entry]
    left_out: tuple[str, ...] = ()


def read_contacts(raw: bytes) -> Entries:
    """Raises TableRefused for what is neither a table nor a file of vCards, and for too many rows."""
    if _VCARD.match(_bare(raw)):
        cards = read_vcards(raw)
        _require_few(len(cards))
        return Entries(
            [Entry(number, fields, fault) for number, (fields, fault) in enumerate(cards, start=1)]
        )
    rows = read_csv(raw)
    if not rows:
        raise TableRefused("it is empty")
    _require_few(len(rows) - 1)
    headings = read_headings(rows[0])
    if not headings.names_an_office:
        raise TableRefused(
            "no column names an office. Its first row must say what each column is, like "
            "“Office,Town,Phone,Person,Role”"
        )
    entries = [
        Entry(number, headings.fields_of(cells)) for number, cells in enumerate(rows[1:], start=2)
    ]
    return Entries(entries, headings.left_out)


def _require_few(count: int) -> None:
    if count > MOST_ROWS:
        raise TableRefused(f"it has {count:,} entries, and {MOST_ROWS:,} are taken in at once")


def _bare(raw: bytes) -> bytes:
    """The beginning without a mark of its encoding, and of two-byte letters one byte each."""
    start = raw[:64]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")
