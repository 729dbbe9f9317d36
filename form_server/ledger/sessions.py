"""Sessions of the desk.

A row holds the hash of the cookie's token and a user key sealed under a secret that only the cookie
has: reading this table lets nobody in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.people_rows import NewSession, Session
from form_server.ledger.tables import session


class Sessions:
    """Starts, finds and ends sessions."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def start(self, new: NewSession) -> None:
        """A signed-in session, noted in the audit."""
        with self._store.write() as connection:
            connection.execute(
                session.insert(),
                {
                    "token_hash": new.token_hash,
                    "user_id": new.user_id,
                    "sealed_user_key": new.sealed_user_key,
                    "label": new.label,
                    "created_at": to_micros(new.created_at),
                    "last_seen_at": to_micros(new.created_at),
                    "expires_at": to_micros(new.expires_at),
                },
            )
            self._audit.append(connection, "session.started", actor=f"user:{new.user_id}")

    def get(self, token_hash: bytes, now: datetime) -> Session | None:
        """The session while it has not expired."""
        found = self._live(session.c.token_hash == token_hash, now)
        return found[0] if found else None

    def of_user(self, user_id: str, now: datetime) -> list[Session]:
        """Those not expired, last seen first."""
        return self._live(session.c.user_id == user_id, now)

    def touch(self, token_hash: bytes, at: datetime, expires_at: datetime) -> None:
        """Seen again, and good until `expires_at`; nothing when the session was ended meanwhile."""
        seen = {"last_seen_at": to_micros(at), "expires_at": to_micros(expires_at)}
        with self._store.write() as connection:
            connection.execute(
                session.update().where(session.c.token_hash == token_hash).values(**seen)
            )

    def revoke(self, token_hash: bytes, *, actor: str) -> None:
        """Ends one session; nothing when it was ended before."""
        self._end(session.c.token_hash == token_hash, actor)

    def revoke_all(self, user_id: str, *, actor: str) -> None:
        """Ends all sessions of a user."""
        self._end(session.c.user_id == user_id, actor)

    def purge(self, now: datetime) -> int:
        """Removes what has expired; how many."""
        with self._store.write() as connection:
            past = session.c.expires_at <= to_micros(now)
            return connection.execute(session.delete().where(past)).rowcount

    def _end(self, which: sa.ColumnElement[bool], actor: str) -> None:
        with self._store.write() as connection:
            ended = connection.execute(session.delete().where(which)).rowcount
            if ended:
                self._audit.append(
                    connection, "session.ended", actor=actor, detail=f"count={ended}"
                )

    def _live(self, which: sa.ColumnElement[bool], now: datetime) -> list[Session]:
        query = sa.select(session).where(which, session.c.expires_at > to_micros(now))
        with self._store.read() as connection:
            return [
                Session(
                    token_hash=row.token_hash,
                    user_id=row.user_id,
                    sealed_user_key=row.sealed_user_key,
                    created_at=from_micros(row.created_at),
                    expires_at=from_micros(row.expires_at),
                    label=row.label,
                    last_seen_at=from_micros(row.last_seen_at),
                )
                for row in connection.execute(query.order_by(session.c.last_seen_at.desc()))
            ]
