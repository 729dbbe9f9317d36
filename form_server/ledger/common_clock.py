"""One clock for all who share a PostgreSQL: the database's own.

Machines disagree, by minutes where nobody keeps their time. What one of them writes would lie in
another's future, and be sent late or put right for nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from form_server.ledger.engine import Store
from form_server.ledger.errors import LedgerUnavailable

_ASK_EVERY_S: Final = 60.0
_AS_GOOD_AS_EQUAL: Final = timedelta(seconds=2)

_log = logging.getLogger(__name__)


class CommonClock:
    """This machine's clock, set right by how far it is from the database's. Safe between threads.

    Within two seconds it is left alone: an answer takes its time, and a clock should not jump.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._monotonic = monotonic
        self._wrong_by = timedelta()
        self._ask_at_s = monotonic()

    def __call__(self) -> datetime:
        if self._monotonic() >= self._ask_at_s:
            self._ask_at_s = self._monotonic() + _ASK_EVERY_S
            self._ask()
        return self._clock() - self._wrong_by

    @property
    def wrong_by(self) -> timedelta:
        """How far this machine's clock is ahead, as far as that matters."""
        return self._wrong_by

    def _ask(self) -> None:
        """Keeps what it knew when the database does not answer."""
        try:
            with self._store.read_bare() as cursor:
                before = self._clock()
                cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
                after = self._clock()
                row: Any = cursor.fetchone()
        except LedgerUnavailable:
            return
        there = datetime.fromtimestamp(float(row[0]), UTC)
        wrong_by = before + (after - before) / 2 - there
        if abs(wrong_by) <= _AS_GOOD_AS_EQUAL:
            wrong_by = timedelta()
        if abs(wrong_by - self._wrong_by) > _AS_GOOD_AS_EQUAL:
            _log.warning(
                "this machine's clock is %.0f seconds ahead of the database's, whose time is used",
                wrong_by.total_seconds(),
            )
        self._wrong_by = wrong_by
