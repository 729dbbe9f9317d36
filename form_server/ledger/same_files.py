"""Whether SQLite's files are still those that were opened.

A file that is deleted, moved away or replaced stays whole for whoever has it open: SQLite would go
on committing to it, offices would get receipts, and all of it would be gone with the process.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_Identity = tuple[int, int]

GONE: Final = (
    "its file was deleted, moved or replaced while it was in use; put it back, or stop this process "
    "and start it anew"
)


class SameFiles:
    """The database's file, known from the first write, and its log, known anew with each connection.

    Not sooner: some file systems give a file another number once nobody has it open any more.
    """

    def __init__(self, database: Path) -> None:
        self._database = str(database)
        self._log = f"{database}-wal"
        self._known: _Identity | None = None
        self._known_log: _Identity | None = None

    def note_log(self) -> None:
        """To be called by whoever has just opened the connection that is kept."""
        self._known_log = _identity(self._log)

    def forget_log(self) -> None:
        """No connection is kept: the log may come and go."""
        self._known_log = None

    def has_database(self) -> bool:
        found = _identity(self._database)
        if self._known is None:
            self._known = found
        return found == self._known

    def has_log(self) -> bool:
        return self._known_log is None or _identity(self._log) == self._known_log


def _identity(path: str) -> _Identity | None:
    """None for what is not there; an open file keeps its number from every other file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - twice before each write: half the time of Path's
    except OSError:
        return None
    return found.st_dev, found.st_ino
