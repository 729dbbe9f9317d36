"""Bytes that are dear to make, kept on disk under the hash of all that decides them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

Cache = Callable[[str, Callable[[], bytes]], bytes]
"""Given a key and a way to make the bytes: the bytes, made now or earlier."""


class ByteCache:
    """A folder of files named by hash. Losing it costs time and nothing else, so failures to write pass."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.hits = 0
        self.misses = 0

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            self.misses += 1
            content = make()
            self._store(path, content)
        else:
            self.hits += 1
            with suppress(OSError):
                os.utime(path)  # the age by which it is forgotten
        return content

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / name[2:]

    def _store(self, path: Path, content: bytes) -> None:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f"{path.name}.{os.getpid()}")
            beside.write_bytes(content)
            beside.replace(path)
