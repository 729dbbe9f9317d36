"""Facts about the ledger itself: its instance id, and the proof that it can commit."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.errors import RowDamaged
from form_server.ledger.moments import to_micros
from form_server.ledger.tables import meta, referral
from form_server.ledger.upsert import upsert

_INSTANCE = "instance_id"
_HEARTBEAT = "last_commit_at"


class Meta:
    """Keys and values; both are text, and no value is a secret."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def get(self, key: str) -> str | None:
        with self._store.read() as connection:
            return get_meta(connection, key)

    def put(self, key: str, value: str) -> None:
        with self._store.write() as connection:
            put_meta(connection, key, value)

    def instance_id(self) -> str:
        """The name of this state, drawn at its first use and the same ever after.

        Raises RowDamaged where it is lost: every seal is bound to it, and what is sealed under
        another would not open beside what lies here.
        """
        known = self.get(_INSTANCE)
        if known is not None:
            return known
        with self._store.write() as connection:
            if connection.scalar(sa.select(referral.c.id).limit(1)) is not None:
                raise RowDamaged("referrals, and no name of the state that they are sealed for")
            drawn = {"key": _INSTANCE, "value": secrets.token_hex(16)}
            # Another process may have drawn one meanwhile: then that one is the name.
            insert = upsert(connection, meta).values(drawn).on_conflict_do_nothing()
            connection.execute(insert)
            chosen = get_meta(connection, _INSTANCE)
        if chosen is None:
            raise RuntimeError("the instance id was not kept")
        return chosen

    def beat(self) -> None:
        """Commits the time, so that a ledger that cannot write raises LedgerUnavailable."""
        self.put(_HEARTBEAT, str(to_micros(self._clock())))


def get_meta(connection: Connection, key: str) -> str | None:
    return connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))


def put_meta(connection: Connection, key: str, value: str) -> None:
    insert = upsert(connection, meta).values(key=key, value=value)
    connection.execute(
        insert.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": value})
    )
