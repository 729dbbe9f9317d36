"""How far a long run has come, on one line that a terminal writes anew and a log gets ten times."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

_WIDTH = 24
_TIMES_IN_A_LOG = 10
_SURE_AFTER_S = 2.0  # the first of many waits for faces and paper, and foretells nothing


@dataclass
class Progress:
    """Call `step` after each of `total` things; says nothing when `quiet`."""

    total: int
    what: str
    quiet: bool = False
    to: TextIO = field(default_factory=lambda: sys.stderr)
    done: int = 0
    clock: Callable[[], float] = time.monotonic
    _began_s: float = field(init=False)
    _said: int = -1
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._began_s = self.clock()

    def step(self) -> None:
        """May be called from several threads."""
        with self._lock:
            self._step()

    def _step(self) -> None:
        self.done += 1
        if self.quiet or not self.total:
            return
        if self.to.isatty():
            end = "\n" if self.done == self.total else ""
            print(f"\r\033[K{self._bar()} {self._line()}", end=end, file=self.to, flush=True)
        elif (tenth := self.done * _TIMES_IN_A_LOG // self.total) > self._said:
            self._said = tenth
            print(self._line(), file=self.to, flush=True)

    def _bar(self) -> str:
        full = self.done * _WIDTH // self.total
        return f"[{'#' * full}{'.' * (_WIDTH - full)}]"

    def _line(self) -> str:
        spent_s = self.clock() - self._began_s
        line = f"{self.done} of {self.total} {self.what}"
        if self.done == self.total:
            return f"{line} in {spent_s:.1f} s"
        if spent_s < _SURE_AFTER_S:
            return line
        return f"{line}, about {_roughly(spent_s / self.done * (self.total - self.done))} left"


def _roughly(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
