"""How much room the state's disk has left: asked before a referral is taken in.

Below the floor the office's door closes while there is still room to finish what is under way, to
record calls at the desk and to tell the owner. A store that is full would tear at everything at once.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Self

from form_server.ledger import sqlite_file
from form_server.settings import Settings

_TRUSTED_S: Final = 1.0
_MB: Final = 1024 * 1024

_log = logging.getLogger(__name__)


def free_bytes(folder: Path) -> int:
    """Raises OSError."""
    return shutil.disk_usage(folder).free


class DiskWatch:
    """Looks at most once a second, however often it is asked. Safe to share between threads."""

    def __init__(
        self,
        folders: Iterable[Path],
        floor_mb: int,
        *,
        free: Callable[[Path], int] = free_bytes,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.floor_mb = floor_mb
        self._folders = tuple(dict.fromkeys(folders))
        self._free = free
        self._monotonic = monotonic
        self._seen: tuple[float, int | None] | None = None
        self._was_low = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Over the state's folder and, where that is another, the SQLite file's."""
        file = sqlite_file(settings.database_url)
        return cls([settings.var, *([file.parent] if file else [])], settings.disk_floor_mb)

    def free_mb(self) -> int | None:
        """Of the fullest of the disks; None when it cannot be read."""
        seen, now_s = self._seen, self._monotonic()
        if seen is None or now_s - seen[0] >= _TRUSTED_S:
            seen = self._seen = (now_s, self._look())
        return seen[1]

    def is_low(self) -> bool:
        """A disk that cannot be asked is not called full: the commit itself will tell."""
        free_mb = self.free_mb()
        low = free_mb is not None and free_mb < self.floor_mb
        if low is not self._was_low:
            self._was_low = low
            if low:
                _log.error("the disk is nearly full: no referral is taken in until it has room")
            else:
                _log.warning("the disk has room again")
        return low

    def _look(self) -> int | None:
        try:
            return min(self._free(folder) for folder in self._folders) // _MB
        except OSError as error:
            _log.error("the room on the disk cannot be read: %s", error.strerror)
            return None
