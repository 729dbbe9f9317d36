"""Where the log goes out: a reader who has stopped reading stops nobody.

A pipe holds some 64 kB. Behind it a pager that was left open, or a collector that hangs, lets the next
write wait for ever, and a delivery that tells what became of it would wait with it. Lines that nobody
takes are counted instead, and the count is told once there is room again.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import select
from typing import Final, TextIO

_AT_ONCE: Final = getattr(select, "PIPE_BUF", 512)
"""So many bytes a pipe that says it has room takes without waiting."""
_PATIENCE_MS: Final = 200
"""For a reader who is merely behind; waited for once, not again for each line that is left out."""


class Outlet(logging.StreamHandler[TextIO]):
    """Writes to `stream` what it takes without waiting; where that cannot be known, just writes."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._file = _file_of(stream)
        self._look = None
        if self._file is not None and hasattr(select, "poll"):  # not on Windows
            self._look = select.poll()
            self._look.register(self._file, select.POLLOUT)
        self._left_out = 0
        self._is_cut = False

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None or self._look is None:
            super().emit(record)
            return
        try:
            line = self._line(record)
        except Exception:  # noqa: BLE001 - as every handler: what cannot be written costs a line
            self.handleError(record)
            return
        if self._left_out and not self._put(self._line(self._confession())):
            self._left_out += 1
            return
        self._left_out = 0 if self._put(line) else 1

    def _line(self, record: logging.LogRecord) -> bytes:
        return (self.format(record) + "\n").encode("utf-8", "backslashreplace")

    def _confession(self) -> logging.LogRecord:
        said = "lines left out, because nobody read the log: %d"
        return logging.LogRecord(__name__, logging.WARNING, "", 0, said, (self._left_out,), None)

    def _put(self, line: bytes) -> bool:
        """Whether all of it was taken."""
        rest = memoryview(b"\n" + line if self._is_cut else line)
        with contextlib.suppress(OSError):  # the reader is gone, or the disk is full
            while rest and self._takes():
                rest = rest[os.write(self._file or 0, rest[:_AT_ONCE]) :]
                self._is_cut = bool(rest)
        return not rest

    def _takes(self) -> bool:
        if self._look is None:
            return True
        found = self._look.poll(0 if self._left_out else _PATIENCE_MS)
        return any(event & select.POLLOUT for _, event in found)


def _file_of(stream: TextIO) -> int | None:
    try:
        return stream.fileno()
    except (OSError, AttributeError, io.UnsupportedOperation):
        return None
