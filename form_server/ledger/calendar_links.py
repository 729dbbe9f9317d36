"""Each user's one address for a calendar: made, replaced and taken back at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import calendar_link, desk_user
from form_server.ledger.upsert import upsert


class CalendarLinks:
    """Each change is one commit, with its audit row. The address itself is nowhere in here."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def user_of(self, token_hash: bytes) -> str | None:
        """The id of a user who may still sign in; None for an address that is nobody's, or was."""
        query = (
            sa.select(calendar_link.c.user_id)
            .join(desk_user)
            .where(calendar_link.c.token_hash == token_hash, desk_user.c.removed_at.is_(None))
        )
        with self._store.read() as connection:
            return connection.scalar(query)

    def made_at(self, user_id: str) -> datetime | None:
        """When the user's address was made; None for one who has none."""
        query = sa.select(calendar_link.c.created_at).where(calendar_link.c.user_id == user_id)
        with self._store.read() as connection:
            return from_micros(connection.scalar(query))

    def put(self, user_id: str, token_hash: bytes, *, actor: str) -> None:
        """In the place of the one before, which leads nowhere from then on."""
        values = {"token_hash": token_hash, "created_at": to_micros(self._clock())}
        with self._store.write() as connection:
            insert = upsert(connection, calendar_link).values(user_id=user_id, **values)
            connection.execute(
                insert.on_conflict_do_update(index_elements=[calendar_link.c.user_id], set_=values)
            )
            self._audit.append(connection, "calendar.made", actor=actor, detail=user_id)

    def remove(self, user_id: str, *, actor: str) -> None:
        """Raises NotFound."""
        theirs = calendar_link.c.user_id == user_id
        with self._store.write() as connection:
            if connection.execute(calendar_link.delete().where(theirs)).rowcount != 1:
                raise NotFound("calendar", user_id)
            self._audit.append(connection, "calendar.revoked", actor=actor, detail=user_id)
