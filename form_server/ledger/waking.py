"""The wake-up: whoever waits for rows to deliver is called by the commit that wrote them."""

from __future__ import annotations

import threading


class WakeUp(threading.Event):
    """An event that sets its listeners' own, so that several threads can wait, and clear, each its own.

    The listeners are called by the thread that committed: no other has to run first.
    """

    def __init__(self) -> None:
        super().__init__()
        self._listeners: tuple[threading.Event, ...] = ()

    def call(self, listener: threading.Event) -> None:
        """From now on `listener` is set whenever this is."""
        self._listeners = (*self._listeners, listener)

    def set(self) -> None:
        super().set()
        for listener in self._listeners:
            listener.set()
