"""Which owners of claims are still there.

On PostgreSQL an owner holds an advisory lock for as long as its connection lives, so the server
itself knows when it died, however that happened. On SQLite one process serves at a time, so that
at its start every older owner is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.tables import HELD, delivery


class Owners:
    """Presence of the owners that claim deliveries."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def presence(self, owner: str) -> Iterator[None]:
        """Marks `owner`, a name no other process has, as alive; enter before the first claim."""
        if self._store.is_sqlite:
            yield
            return
        with self._store.translated(), self._store.engine.connect() as plain:
            # No transaction stays open meanwhile: that would hold back PostgreSQL's vacuum.
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(sa.select(sa.func.pg_advisory_lock(_key(owner))))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_key(owner))))

    def gone(self, connection: Connection) -> sa.ColumnElement[bool]:
        """The condition on `delivery` that its owner has ended."""
        if self._store.is_sqlite:
            return sa.true()
        owners = connection.scalars(sa.select(delivery.c.owner).where(HELD).distinct()).all()
        # A lock that can be had belongs to nobody; it is kept until this transaction ends.
        free = [
            owner
            for owner in owners
            if connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_key(owner))))
        ]
        return delivery.c.owner.in_(free)


def _key(owner: str) -> sa.ColumnElement[int]:
    digest = hashlib.sha256(b"handoff owner\0" + owner.encode()).digest()
    return sa.literal(int.from_bytes(digest[:8], "big", signed=True), sa.BigInteger)
