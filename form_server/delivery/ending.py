"""The word that the delivering threads should come to an end, and by when."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable


class Ending:
    """Asked once; threads then finish what they hold and begin nothing new."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._event = threading.Event()
        self._finish_by_s = math.inf

    def ask(self, within_s: float) -> None:
        """From now on `asked`; after `within_s` seconds, `overdue`."""
        self._finish_by_s = self._monotonic() + within_s
        self._event.set()

    @property
    def asked(self) -> bool:
        """Whether nothing new should be begun."""
        return self._event.is_set()

    @property
    def left_s(self) -> float:
        """Seconds until `overdue`; negative afterwards."""
        return self._finish_by_s - self._monotonic()

    @property
    def overdue(self) -> bool:
        """Whether even what is held should be left for the next start."""
        return self.left_s <= 0

    def wait(self, seconds: float) -> bool:
        """Sleeps, but not through the end; whether it has been asked."""
        return self._event.wait(seconds)
