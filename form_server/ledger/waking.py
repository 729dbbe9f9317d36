"""The wake-up: whoever waits for rows to deliver is called by the commit that wrote them."""

from __future__ import annotations

import threading
from collections.abc import Callable


class WakeUp(threading.Event):
    """An event that sets its listeners' own, so that several threads can wait, and clear, each its own.

    The listeners are called by the thread that committed: no other has to run first. `tell` calls
    the other processes that deliver; where there are none, nobody is told.
    """

    def __init__(self, tell: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._listeners: tuple[threading.Event, ...] = ()
        self._tell = tell

    def call(self, listener: threading.Event) -> None:
        """From now on `listener` is set whenever this is."""
        self._listeners = (*self._listeners, listener)

    def set(self) -> None:
        """Rows fell due, and were committed here."""
        self.ring()
        self._tell()

    def ring(self) -> None:
        """The same for this process alone: who calls has heard it from another."""
        super().set()
        for listener in self._listeners:
            listener.set()
