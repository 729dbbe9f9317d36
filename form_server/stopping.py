"""Told to stop: by SIGTERM, as services are, by Ctrl-C, or by the end of the terminal that it runs in."""

from __future__ import annotations

import contextlib
import signal
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Final, Protocol

GRACE_S: Final = 20.0
"""How long what is under way may take after the signal."""
_LOOKS_EVERY_S: Final = 0.25
"""On Windows an untimed wait hears no Ctrl-C, and elsewhere another thread may be given the signal."""


class Works(Protocol):
    """Threads that were started, and finish what they hold when they are told to."""

    def stop(self, within_s: float) -> bool: ...


class Told:
    """Hears the signals from when it is made; a second one does not cut the finishing short.

    The kernel's own SIGKILL may, and loses nothing.
    """

    def __init__(self) -> None:
        self._is_told = False
        # No Event: its lock may be in the waiting thread's own hands when a signal comes, and the
        # handler, which runs in that thread, would wait for it for ever.
        self._calls = SimpleQueue[None]()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._hear)
        hung_up = getattr(signal, "SIGHUP", None)  # not on Windows
        if hung_up is not None and signal.getsignal(hung_up) is not signal.SIG_IGN:  # nohup
            signal.signal(hung_up, self._hear)

    def wait(self) -> None:
        while not self._is_told:
            with contextlib.suppress(Empty):
                self._calls.get(
                    timeout=1.0
                )  # in slices: on Windows an untimed wait hears no Ctrl-C

    def _hear(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_told = True
        self._calls.put(None)
