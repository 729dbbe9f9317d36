"""How close together requests come, so that deliveries can stand aside for a moment.

One process answers and delivers, and both want the interpreter and the ledger's one writer. A mail
that leaves a blink later is nothing; an office that waits is.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

_DENSE: Final = 8
_WITHIN_S: Final = 0.1
"""Eight requests within a tenth of a second: more than a clinic sends, and less than a rush."""
_PASS_S: Final = 0.02
"""How long a delivery stands aside: fifty mails a second still go out in the densest crowd."""


class Crowd:
    """Safe to share between threads."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._latest_s: deque[float] = deque(maxlen=_DENSE)

    def note(self) -> None:
        """A request has come."""
        self._latest_s.append(self._monotonic())

    @property
    def is_dense(self) -> bool:
        latest = self._latest_s
        return len(latest) == _DENSE and self._monotonic() - latest[0] < _WITHIN_S

    def let_pass(self) -> None:
        """Called before each delivery: stands aside for a moment while requests crowd."""
        if self.is_dense:
            self._sleep(_PASS_S)
