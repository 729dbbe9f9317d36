"""How far a long run has come, on one line that a terminal writes anew and a log gets ten times."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TextIO

_WIDTH = 24
_TIMES_IN_A_LOG = 10


@dataclass
class Progress:
    """Call `step` after each of `total` things; says nothing when `quiet`."""

    total: int
    what: str
    quiet: bool = False
    to: TextIO = field(default_factory=lambda: sys.stderr)
    done: int = 0
    _began: float = field(default_factory=time.monotonic)
    _said: int = -1
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

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
        spent = time.monotonic() - self._began
        left = spent / self.done * (self.total - self.done)
        rest = f", about {left:.0f} s left" if self.done < self.total else f" in {spent:.1f} s"
        return f"{self.done} of {self.total} {self.what}{rest}"
