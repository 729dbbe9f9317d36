"""One build at a time into a folder, and no interruption between its first file and its last."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOOK_AGAIN_S = 0.05
_STOPS = (signal.SIGINT, signal.SIGTERM)


class Terminated(BaseException):
    """Somebody asked the process to end (SIGTERM); like KeyboardInterrupt, it is nobody's to catch."""


def end_when_asked() -> None:
    """Turn SIGTERM into an exception, so that what has begun is cleared away before the process ends."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, end)


@contextmanager
def taking_turns(out: Path, cache: Path, when_waiting: Callable[[], None]) -> Iterator[None]:
    """Nobody else builds into `out` meanwhile; whoever is there first is waited for.

    The folder itself is what is locked, so that builds from two checkouts meet as well.
    """
    made = _make(out)
    descriptor = _open(out, cache)
    try:
        if not _take(descriptor):
            when_waiting()
            while not _take(descriptor):
                time.sleep(_LOOK_AGAIN_S)
        yield
    finally:
        os.close(descriptor)
        for folder in made:
            with suppress(OSError):  # something was built in it
                folder.rmdir()


@contextmanager
def unbroken() -> Iterator[None]:
    """Within it Ctrl-C and SIGTERM wait; they are heard at its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {
        one: signal.signal(one, lambda number, _frame: heard.append(number)) for one in _STOPS
    }
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler if handler is not None else signal.SIG_DFL)
    for number in heard[:1]:
        signal.raise_signal(number)


def _make(out: Path) -> list[Path]:
    """The folders that were not there before, the innermost first."""
    missing = [one for one in (out, *out.parents) if not one.exists()]
    out.mkdir(parents=True, exist_ok=True)
    return missing


def _open(out: Path, cache: Path) -> int:
    if sys.platform != "win32":
        return os.open(out, os.O_RDONLY)
    cache.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return os.open(cache / f"{name}.lock", os.O_RDWR | os.O_CREAT)


def _take(descriptor: int) -> bool:
    """False while another process has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
