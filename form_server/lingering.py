"""Which connections to part from, so that a few hundred of them cannot keep everybody else out.

waitress lets a connection wait for two minutes after each byte, and takes on no new one beyond its
limit: a program that opens many and says nothing, or a word a minute, would close the form. Here a
request that was begun has to arrive whole in time, and where the places run short, those who have
waited longest give theirs up.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Final

from waitress.channel import HTTPChannel

PLACES: Final = 500
"""Connections at once, where the system lets us have so many files open."""
REQUEST_WITHIN_S: Final = 30.0
"""From the first byte, or from connecting where none comes, until a request is there whole."""


class PatientChannel(HTTPChannel):
    """Knows since when it owes a request: from the connection's begin, or from the last whole one."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        self.waits_since_s = time.monotonic()
        self.is_new = True
        super().__init__(*arguments, **more)

    def received(self, data: bytes) -> bool:
        begins = self.request is None
        taken = super().received(data)
        if begins or self.request is None:
            self.waits_since_s = time.monotonic()
        if self.request is None:
            self.is_new = False
        return bool(taken)

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is owed to the client, and all that could come next is a request."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    @property
    def is_between(self) -> bool:
        """Whether it had an answer and has not asked again: a browser's or a proxy's kept one."""
        return self.request is None and not self.is_new


def part_from(channels: Iterable[PatientChannel], now_s: float, places: int = PLACES) -> int:
    """Marks whom to close; how many. `now_s` is a moment of the monotonic clock.

    When four fifths of the places are taken, one half is made free where it can be.
    """
    every = list(channels)
    waiting = sorted((one for one in every if one.is_waiting), key=lambda one: one.waits_since_s)
    over = len(every) - places // 2 if len(every) > places * 4 // 5 else 0
    late = [
        one
        for one in waiting
        if not one.is_between and now_s - one.waits_since_s > REQUEST_WITHIN_S
    ]
    gone = {id(one): one for one in (*late, *waiting[:over])}
    for one in gone.values():
        one.will_close = True
    return len(gone)


def tend(server: Any, places: int = PLACES) -> None:
    """From now on looks at a waitress server's connections each time that it tidies up."""
    tidy = server.maintenance

    def maintenance(now: float) -> None:
        tidy(now)
        part_from(tuple(server.active_channels.values()), time.monotonic(), places)

    server.maintenance = maintenance
