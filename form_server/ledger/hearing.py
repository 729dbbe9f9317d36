"""How a commit in one process wakes the deliveries of another: PostgreSQL's own NOTIFY and LISTEN.

A call follows its commit in a transaction of its own. Inside the commit it would be as certain, but
PostgreSQL lets only one transaction with a call commit at a time, and offices would wait in that
line. A call that is lost costs a second: the sweep finds the row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.errors import LedgerUnavailable

_CHANNEL: Final = "handoff_due"
_QUIET_S: Final = 20.0
"""After so long without a call the connection is asked whether it still stands."""

_log = logging.getLogger(__name__)


def call_others(store: Store) -> None:
    """Wakes every process that listens, this one too. Never fails: the rows are written already."""
    try:
        with store.translated(), store.engine.connect() as plain:
            plain.execution_options(isolation_level="AUTOCOMMIT").execute(
                sa.text(f"NOTIFY {_CHANNEL}")
            )
    except LedgerUnavailable:
        _log.info("no process could be called to deliver: the next sweep finds what is due")


class Ears:
    """Rings this process's wake-up when another calls; used by one thread.

    `name` is what the connection calls itself, asked for each time: it tells more than at the start.
    """

    def __init__(self, store: Store, name: Callable[[], str]) -> None:
        self._store = store
        self._name = name
        self._named = ""
        self._connection: Any = None
        self._quiet_s = 0.0

    def listen(self, for_s: float) -> None:
        """Hears what is called within that time; connects first when there is no connection.

        Raises LedgerUnavailable when it breaks; the next call connects anew.
        """
        try:
            with self._store.translated():
                connection = self._connection or self._connect()
                self._tell_name(connection)
                heard = list(connection.notifies(timeout=for_s, stop_after=1))
                self._quiet_s = 0.0 if heard else self._quiet_s + for_s
                if self._quiet_s >= _QUIET_S:
                    connection.execute("SELECT 1")
                    self._quiet_s = 0.0
        except BaseException:
            self.close()
            raise
        if heard:
            self._store.wake.ring()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _tell_name(self, connection: Any) -> None:
        name = self._name()
        if name != self._named:
            connection.execute("SELECT set_config('application_name', %s, false)", (name,))
            self._named = name

    def _connect(self) -> Any:
        connection = self._store.standing_connection()
        connection.execute(f"LISTEN {_CHANNEL}")
        self._connection, self._quiet_s, self._named = connection, 0.0, ""
        self._store.wake.ring()  # for whatever was called while nobody listened
        return connection
