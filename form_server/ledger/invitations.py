"""Invitations that wait to be taken up; what makes or ends one is a change of keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.people_rows import Invitation, Role
from form_server.ledger.tables import invitation


class Invitations:
    """Reading only; one that has expired is not there."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def by_token(self, token_hash: bytes) -> Invitation | None:
        found = self._pending(invitation.c.token_hash == token_hash)
        return found[0] if found else None

    def pending(self) -> list[Invitation]:
        """Oldest first."""
        return self._pending()

    def _pending(self, *which: sa.ColumnElement[bool]) -> list[Invitation]:
        live = invitation.c.expires_at > to_micros(self._clock())
        query = sa.select(invitation).where(live, *which)
        with self._store.read() as connection:
            return [
                Invitation(
                    id=row.id,
                    token_hash=row.token_hash,
                    name=row.name,
                    email=row.email,
                    role=Role(row.role),
                    public_key=row.public_key,
                    expires_at=from_micros(row.expires_at),
                    created_at=from_micros(row.created_at),
                )
                for row in connection.execute(
                    query.order_by(invitation.c.created_at, invitation.c.id)
                )
            ]
