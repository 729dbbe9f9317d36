"""What was deleted, written down outside the ledger: ids, times and rules, nothing else.

A backup still holds what was deleted after it was made. When it comes back, this list says what has
to go again. It lies beside the database, in a file that survives the database's loss.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from form_server.ledger.purging import Deletion
from outreach_kit.errors import HandoffError

FILE_NAME: Final = "deletions.log"


class DeletionLogDamaged(HandoffError):
    """A line that cannot be read; to pass over it could bring back what was deleted."""

    def __init__(self, path: Path, line: int) -> None:
        self.path = path
        self.line = line
        super().__init__(
            f"{path}:{line}: this is no deletion record. Give the file as the server wrote it."
        )


class DeletionLog:
    """Lines of time, id and rule, in the order in which they were written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: set[str] | None = None

    def read(self) -> list[Deletion]:
        """Empty while there is no file; a last line that was cut short counts as not written.

        Raises DeletionLogDamaged, OSError.
        """
        try:
            text = self._path.read_text("ascii")
        except FileNotFoundError:
            return []
        except UnicodeDecodeError as error:
            raise DeletionLogDamaged(self._path, 1) from error
        *lines, _unfinished = text.split("\n")
        return [self._parse(line, number) for number, line in enumerate(lines, 1) if line]

    def follow(self, deletions: Iterable[Deletion]) -> int:
        """Adds those that are not written down yet, on the disk at the return; how many."""
        if self._known is None:
            self._known = {one.id for one in self.read()}
        new = [one for one in deletions if one.id not in self._known]
        if new:
            self._append("".join(_line(one) for one in new))
            self._known.update(one.id for one in new)
        return len(new)

    def _append(self, text: str) -> None:
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as file:
            # A line that a crash cut short was never counted as written.
            file.truncate(file.read().rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            file.write(text.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())

    def _parse(self, line: str, number: int) -> Deletion:
        try:
            at, deleted, rule = line.split(" ", 2)
            return Deletion(deleted, datetime.fromisoformat(at).astimezone(UTC), rule)
        except ValueError as error:
            raise DeletionLogDamaged(self._path, number) from error


def _line(one: Deletion) -> str:
    at = one.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return f"{at} {one.id} {one.rule}\n"
