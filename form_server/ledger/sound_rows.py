"""Reads rows that may be damaged: what means nothing is replaced, and the row says where it happened.

A disk that errs, or a hand in the database, leaves a moment that no calendar has, a word that nobody
wrote, or text where a number was: SQLite takes anything in any column. One such row must not keep the
others from being shown.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from form_server.ledger.moments import from_micros, to_micros

_Word = TypeVar("_Word", bound=StrEnum)
_Kind = TypeVar("_Kind", str, bytes, int)

# Wide enough for every clock that is merely wrong, narrow enough for nearly every bit that flipped.
EARLIEST: Final = to_micros(datetime(2000, 1, 1, tzinfo=UTC))
LATEST: Final = to_micros(datetime(2200, 1, 1, tzinfo=UTC))
NO_UTF8: Final = "\ufffd"  # stands for bytes that are no text
_ID_DIGITS: Final = 12  # of an id: the milliseconds at which it was drawn


def is_sound(moment: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a column holds a moment that somebody can have written; text is above every number."""
    return moment.between(EARLIEST, LATEST - 1)


def earliest_sound(moment: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The first of a column's moments, passing over those that mean nothing."""
    return sa.func.min(moment).filter(is_sound(moment))


class SoundRow:
    """One row, column by column; `damage` names the columns that could not be read, as they came."""

    def __init__(self, row: sa.Row[Any] | SimpleNamespace) -> None:
        self._row = row
        self.damage: list[str] = []

    def is_empty(self, name: str) -> bool:
        return getattr(self._row, name) is None

    def text(self, name: str) -> str:
        return self._take(name, str) or ""

    def text_or_none(self, name: str) -> str | None:
        return self._take(name, str, may_be_empty=True)

    def count(self, name: str) -> int:
        return self._take(name, int) or 0

    def sealed(self, name: str) -> bytes:
        return self._take(name, bytes) or b""

    def sealed_or_none(self, name: str) -> bytes | None:
        return self._take(name, bytes, may_be_empty=True)

    def moment(self, name: str, otherwise: datetime) -> datetime:
        """Of a column that never stands empty."""
        return self._moment(name, self._take(name, int)) or otherwise

    def moment_or_none(self, name: str) -> datetime | None:
        return self._moment(name, self._take(name, int, may_be_empty=True))

    def day_or_none(self, name: str) -> date | None:
        value = self.text_or_none(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.damage.append(name)
            return None

    def word_or_none(self, words: type[_Word], name: str) -> _Word | None:
        value = self.text_or_none(name)
        try:
            return words(value) if value else None
        except ValueError:
            self.damage.append(name)
            return None

    def drawn_at(self) -> datetime:
        """When the row's id was drawn, which the id itself says: for one that does not know any more
        when it came."""
        try:
            micros = int(self.text("id")[:_ID_DIGITS], 16) * 1000
        except ValueError:
            micros = EARLIEST
        return from_micros(micros if EARLIEST <= micros < LATEST else EARLIEST)

    def _take(self, name: str, kind: type[_Kind], *, may_be_empty: bool = False) -> _Kind | None:
        value: object = getattr(self._row, name)
        if isinstance(value, str) and NO_UTF8 in value:
            self.damage.append(name)
        if isinstance(value, kind):
            return value
        if value is not None or not may_be_empty:
            self.damage.append(name)
        return None

    def _moment(self, name: str, micros: int | None) -> datetime | None:
        if micros is None:
            return None
        if EARLIEST <= micros < LATEST:
            return from_micros(micros)
        self.damage.append(name)
        return None
