"""What the worker does beside delivering, once a second when it is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from form_server.journal import about
from form_server.ledger import Channel as Way
from form_server.ledger import Ledger
from form_server.ledger.queue import Queue

Chore = Callable[[], None]
"""Looks itself whether anything is due, and returns soon; what it raises is logged by its kind."""

_STRAYS_EVERY_S: Final = 60.0
_STRAYS_AT_ONCE: Final = 20
_IDLE_S: Final = 1.0

_log = logging.getLogger(__name__)


class SetStraysAside:
    """Shows a human the deliveries whose channel is not set up: nobody would ever claim them."""

    def __init__(
        self,
        queue: Queue,
        served: Collection[Way],
        owner: str,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._queue = queue
        # What sends nothing is no delivery, and waits for whoever does that work.
        self._unserved = [way for way in Way if way not in served and way is not Way.NONE]
        self._owner = owner
        self._clock = clock
        self._monotonic = monotonic
        self._next_s = monotonic()

    def __call__(self) -> None:
        if self._monotonic() < self._next_s:
            return
        self._next_s = self._monotonic() + _STRAYS_EVERY_S
        for way in self._unserved:
            for stray in self._queue.claim(self._owner, self._clock(), _STRAYS_AT_ONCE, way):
                stuck = about("delivery.no_way_out", delivery=stray.id, channel=way.value)
                _log.warning(
                    "delivery %s has no way out: %s is not set up", stray.id, way, extra=stuck
                )
                self._queue.mark_stuck(
                    stray.id,
                    self._owner,
                    f"The channel {way} is not set up here. Set it up, then try again; or "
                    "dismiss this.",
                )


class FreeOrphans:
    """Frees what other processes held when they died, so that it can be claimed here.

    Only where several processes deliver; `own` begins the names of this one's owners.
    """

    def __init__(self, queue: Queue, own: str) -> None:
        self._queue = queue
        self._own = own

    def __call__(self) -> None:
        if self._queue.owners.others_hold(self._own):
            self._queue.void_claims()


class FoldWal:
    """Empties the write-ahead log once parcels were wiped: it keeps their sealed bytes until then.

    Done in a quiet moment, because it holds up writers.
    """

    def __init__(self, ledger: Ledger, monotonic: Callable[[], float]) -> None:
        self._ledger = ledger
        self._monotonic = monotonic
        self._wiped_at_s: float | None = None

    def note_wiped(self) -> None:
        """Called by any lane after it has sent something."""
        self._wiped_at_s = self._monotonic()

    def __call__(self) -> None:
        wiped_at_s = self._wiped_at_s
        if wiped_at_s is None or self._monotonic() - wiped_at_s < _IDLE_S:
            return
        if self._ledger.truncate_wal() and self._wiped_at_s == wiped_at_s:
            self._wiped_at_s = None
