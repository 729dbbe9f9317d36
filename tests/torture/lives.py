"""The lives of the server: when each process was launched, answered, and was killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.torture.postings import Try
from tests.torture.strikes import Strike


@dataclass
class Life:
    """One process; times are `time.monotonic`, None while they have not come."""

    launched_s: float
    up_s: float | None = None
    down_s: float | None = None
    strike: Strike | None = None
    """What ended it; None for an orderly stop."""
    struck_in_time: bool = False
    """Whether the strike's own moment came, or patience ran out first."""
    calm: bool = False
    """Whether the mail server behaved, so that the time to deliver is the server's own."""

    def contains(self, one: Try) -> bool:
        """Whether the server was up from the request's first byte to its end."""
        if self.up_s is None or one.begun_s < self.up_s:
            return False
        return self.down_s is None or one.ended_s < self.down_s


@dataclass
class Lives:
    """All lives in order; the clients wait here while the server is down."""

    lived: list[Life] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._up = threading.Event()

    @property
    def current(self) -> Life:
        return self.lived[-1]

    def launch(self, *, calm: bool) -> Life:
        """A life ends where the next begins, also when nobody but a worker died in between."""
        if self.lived and self.current.down_s is None:
            self.current.down_s = time.monotonic()
        self.lived.append(Life(time.monotonic(), calm=calm))
        return self.current

    def rise(self) -> None:
        self.current.up_s = time.monotonic()
        self._up.set()

    def fall(self) -> None:
        """Called just before the signal: what is under way from here on may fail."""
        self._up.clear()
        self.current.down_s = time.monotonic()

    def wait_until_up(self, within_s: float) -> None:
        if not self._up.wait(within_s):
            raise TimeoutError(f"the server was down for {within_s:.0f} s")

    def up_tries(self, tries: Iterable[Try]) -> list[Try]:
        """Those during which the server was up all the time."""
        return [one for one in tries if any(life.contains(one) for life in self.lived)]
