"""Moving a referral to another inbox: sealed anew by the caller, exchanged here in one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotNow
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import Referral
from form_server.ledger.tables import attempt, referral


class Moves:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def move(
        self,
        before: Referral,
        inbox_id: str,
        key_version: int,
        envelope: bytes,
        notes: Mapping[str, bytes],
        *,
        actor: str,
    ) -> Referral:
        """`before` as it was read, and `notes` by attempt, all sealed to the other inbox.

        Raises NotFound, or NotNow when the referral was moved, or a note was added, meanwhile.
        """
        with self._store.write() as connection:
            now = get_referral(connection, before.id, to_change=True)
            unchanged = now.envelope == before.envelope and now.inbox_id == before.inbox_id
            if not unchanged or _noted(connection, before.id) != set(notes):
                raise NotNow("referral", before.id, "changed", "as it was read")
            place = {"inbox_id": inbox_id, "key_version": key_version, "envelope": envelope}
            here = referral.c.id == before.id
            connection.execute(referral.update().where(here).values(**place))
            for attempt_id, note in notes.items():
                this = attempt.c.id == attempt_id
                connection.execute(attempt.update().where(this).values(note=note))
            detail = f"from={before.inbox_id} to={inbox_id}"
            self._audit.append(
                connection, "referral.moved", actor=actor, referral_id=before.id, detail=detail
            )
            return get_referral(connection, before.id)


def _noted(connection: Connection, referral_id: str) -> set[str]:
    noted = sa.select(attempt.c.id).where(
        attempt.c.referral_id == referral_id, attempt.c.note.is_not(None)
    )
    return set(connection.scalars(noted))
