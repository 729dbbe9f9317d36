"""Which owners of claims are still there.

On PostgreSQL an owner holds an advisory lock for as long as its connection lives, so the server
itself knows when it died, however that happened. On SQLite one process serves at a time, so that
at its start every older owner is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.errors import LedgerUnavailable, PresenceLost
from form_server.ledger.tables import HELD, delivery


class Owners:
    """Presence of the owners that claim deliveries."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def presence(self, owner: str) -> Iterator[Callable[[], None]]:
        """Marks `owner`, a name no other process has, as alive; enter before the first claim.

        What it gives raises PresenceLost once the mark is lost, with the connection that held it:
        to be asked now and then, because others take the rows of an owner without one.
        """
        if self._store.is_sqlite:
            yield lambda: None
            return

        connection = self._store.standing_connection()

        def check() -> None:
            try:
                with self._store.translated():
                    connection.execute("SELECT 1")
            except LedgerUnavailable as error:
                raise PresenceLost(error.where, error.reason) from error

        try:
            with self._store.translated():
                connection.execute("SELECT pg_advisory_lock(%s)", (_number(owner),))
            yield check
            with suppress(LedgerUnavailable), self._store.translated():
                # At once: PostgreSQL notices a closed connection a moment later.
                connection.execute("SELECT pg_advisory_unlock(%s)", (_number(owner),))
        finally:
            connection.close()  # and with it the lock, however this ended

    def others_hold(self, owner_prefix: str) -> bool:
        """Whether a row is held by anybody whose name begins otherwise: a look, and no more."""
        others = sa.not_(delivery.c.owner.startswith(owner_prefix, autoescape=True))
        with self._store.read() as connection:
            held = sa.select(delivery.c.id).where(HELD, others).limit(1)
            return connection.scalar(held) is not None

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
    return sa.literal(_number(owner), sa.BigInteger)


def _number(owner: str) -> int:
    digest = hashlib.sha256(b"handoff owner\0" + owner.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
