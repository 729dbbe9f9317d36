"""The key under which contents are compared: a day old at most, and in no backup.

Two sendings of the same referral are told by a keyed hash of what was said. Whoever had both the
table and the key could try names against it, so the key lives for a day, in a file of its own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

_KEY_BYTES: Final = 32
_PREFIX: Final = "daily-"

_log = logging.getLogger(__name__)


class DailyKey:
    """Safe to share between threads; processes that share the folder share the key."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._folder = folder
        self._clock = clock
        self._zone = zone
        self._lock = threading.Lock()
        self._current = (date.min, b"")

    def get(self) -> bytes:
        """The day's 32 bytes; the day ends at midnight in the practice, when nobody sends twice.

        A folder that cannot hold the key costs no referral: the key then lives in memory alone.
        """
        today = self._clock().astimezone(self._zone).date()
        day, key = self._current
        if day == today:
            return key
        with self._lock:
            if self._current[0] != today:
                self._current = (today, self._load_or_make(today))
            return self._current[1]

    def _load_or_make(self, today: date) -> bytes:
        path = self._folder / f"{_PREFIX}{today.isoformat()}.key"
        drawn = secrets.token_bytes(_KEY_BYTES)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _read(path) is None:
                _write_once(path, drawn)
            for old in self._folder.glob(f"{_PREFIX}*.key"):
                if old.name < path.name:
                    old.unlink(missing_ok=True)
            return _read(path) or drawn
        except OSError as error:
            _log.warning("%s: the day's key is kept in memory only (%s)", path, error.strerror)
            return drawn


def _read(path: Path) -> bytes | None:
    """The key, or None when there is no whole one."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == _KEY_BYTES else None


def _write_once(path: Path, key: bytes) -> None:
    """Whole from its first moment; of several that write at once, the first one's key stays."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink()
