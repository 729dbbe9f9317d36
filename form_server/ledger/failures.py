"""Failed sign-ins, counted so that guessing can be slowed down."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.people_rows import Failures
from form_server.ledger.tables import sign_in_failure
from form_server.ledger.upsert import upsert


class SignInFailures:
    """Counts under keys that the desk chooses: a user's id, a network."""

    def __init__(self, store: Store, audit: Audit) -> None:
        self._store = store
        self._audit = audit

    def record(self, key: str, at: datetime) -> Failures:
        """One more; all of them since the last success."""
        moment = to_micros(at)
        with self._store.write() as connection:
            first = upsert(connection, sign_in_failure).values(
                key=key, failures=1, first_at=moment, last_at=moment
            )
            more = {"failures": sign_in_failure.c.failures + 1, "last_at": moment}
            connection.execute(
                first.on_conflict_do_update(index_elements=[sign_in_failure.c.key], set_=more)
            )
            self._audit.append(connection, "sign_in.failed", actor="desk", detail=key)
            found = _get(connection, key)
        if found is None:
            raise RuntimeError("a failed sign-in was not kept")
        return found

    def get(self, key: str) -> Failures | None:
        with self._store.read() as connection:
            return _get(connection, key)

    def clear(self, key: str) -> None:
        """After a success."""
        with self._store.write() as connection:
            connection.execute(sign_in_failure.delete().where(sign_in_failure.c.key == key))


def _get(connection: Connection, key: str) -> Failures | None:
    query = sa.select(sign_in_failure).where(sign_in_failure.c.key == key)
    row = connection.execute(query).first()
    if row is None:
        return None
    return Failures(row.failures, from_micros(row.first_at), from_micros(row.last_at))
