"""One process serves a SQLite state at a time: a file lock, kept for the life of `serve`.

The kernel frees it on any exit, kill -9 too, so there is no stale lock to clean up. A server that
forks takes it after the fork: a lock from before would be shared by all children. Short-lived
commands do not take it; they wait for the writer in SQLite itself.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from outreach_kit.errors import HandoffError, MachineError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 1 << 30  # Windows locks a range: one far behind the pid leaves that readable
_HELD_BYTE: Final = 1 << 60  # of the database: far behind its end, and behind what SQLite locks
_TAKEN: Final = frozenset({errno.EACCES, errno.EAGAIN})


class AlreadyServing(HandoffError):
    """Another process holds the state; `pid` is None when it could not be read."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.path = path
        self.pid = pid
        who = "Another process" if pid is None else f"The process {pid}"
        super().__init__(
            f"{who} already serves this state (it holds {path}). Stop it first, or give this one "
            "another HANDOFF_VAR; several server processes at once need PostgreSQL."
        )


class ProcessLock:
    """Holds the lock between `acquire` and `release`, or as a context manager.

    A `database` is held too, where there is one. It is to be released after the last connection to it
    was closed: with any of its files a process gives up whatever SQLite has locked in it.
    """

    def __init__(self, path: Path, database: Path | None = None) -> None:
        self._path = path
        self._database = database
        self._file: IO[str] | None = None
        self._held: int | None = None

    def acquire(self) -> None:
        """Raises AlreadyServing at once when another process has it, MachineError without a file."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self._path.open("a+", encoding="ascii")
        except OSError as error:
            raise MachineError(
                f"{self._path} cannot be written ({error.strerror or error}). See that the disk is "
                "there, has room, and lets the server's account write to HANDOFF_VAR."
            ) from error
        try:
            _lock(file.fileno())
        except OSError as error:
            pid = _read_pid(file)
            file.close()
            raise AlreadyServing(self._path, pid) from error
        try:
            self._held = _hold(self._database) if self._database else None
        except BaseException:
            file.close()
            raise
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file  # closing it frees the lock

    def release(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.release()


def _lock(descriptor: int) -> None:
    """Raises OSError when another process has locked the file."""
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _hold(database: Path) -> int | None:
    """The open database, while nobody else can hold it; None where it cannot be held.

    Raises AlreadyServing. By a lock of the open file, which SQLite's own neither meet nor end.
    """
    # Elsewhere than on Linux the lock is laid out otherwise, or there is none.
    if sys.platform != "linux" or not hasattr(fcntl, "F_OFD_SETLK"):
        return None
    try:
        held = os.open(database, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None  # opening the ledger will say what is wrong
    lock = struct.pack("@hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _HELD_BYTE, 1, 0)
    try:
        fcntl.fcntl(held, fcntl.F_OFD_SETLK, lock)
    except OSError as error:
        os.close(held)
        if error.errno in _TAKEN:
            raise AlreadyServing(database, None) from error
        return None  # a file system that knows no such locks
    return held


def _read_pid(file: IO[str]) -> int | None:
    file.seek(0)
    text = file.read().strip()
    return int(text) if text.isdigit() else None
