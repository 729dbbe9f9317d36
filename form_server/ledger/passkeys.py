"""Passkeys: devices that open their user's key with one touch.

Each answer of a device is good once: the challenge that it met is noted in the commit that takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.people_rows import NewPasskey, Passkey
from form_server.ledger.tables import passkey, spent_challenge
from form_server.ledger.upsert import upsert
from outreach_kit.errors import HandoffError


class AnswerSpent(HandoffError):
    """A device's answer came a second time, or counts no further than an earlier one."""

    def __init__(self) -> None:
        super().__init__(
            "This answer of the passkey was taken before, so it was not taken again. Start over; "
            "if it happens again, remove the passkey and add it anew."
        )


@dataclass(frozen=True)
class MetChallenge:
    """What a device answered; the note of it can go after `expires_at`."""

    hash: bytes
    expires_at: datetime


class Passkeys:
    """Each change is one commit, with its audit row."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def of_user(self, user_id: str) -> list[Passkey]:
        """Oldest first."""
        return self._some(passkey.c.user_id == user_id)

    def by_credential(self, credential_id: bytes) -> Passkey | None:
        found = self._some(passkey.c.credential_id == credential_id)
        return found[0] if found else None

    def add(self, new: NewPasskey, met: MetChallenge, *, actor: str) -> None:
        """Raises AnswerSpent when this answer, or this device's passkey, was taken before."""
        with self._store.write() as connection:
            insert_passkey(connection, new, met, to_micros(self._clock()))
            detail = f"{new.id} of={new.user_id}"
            self._audit.append(connection, "passkey.added", actor=actor, detail=detail)

    def note_use(self, passkey_id: str, sign_count: int, met: MetChallenge) -> None:
        """A sign-in by it; raises AnswerSpent when this answer was taken before.

        Devices that count give a higher number each time; those that do not count say 0 for ever.
        """
        with self._store.write() as connection:
            _spend(connection, met, to_micros(self._clock()))
            seen = sa.or_(passkey.c.sign_count < sign_count, sa.literal(sign_count) == 0)
            used = {"sign_count": sign_count, "last_used_at": to_micros(self._clock())}
            here = sa.and_(passkey.c.id == passkey_id, seen)
            if connection.execute(passkey.update().where(here).values(**used)).rowcount != 1:
                raise AnswerSpent

    def remove(self, passkey_id: str, user_id: str, *, actor: str) -> None:
        """Raises NotFound, also for a passkey of somebody else."""
        mine = sa.and_(passkey.c.id == passkey_id, passkey.c.user_id == user_id)
        with self._store.write() as connection:
            if connection.execute(passkey.delete().where(mine)).rowcount != 1:
                raise NotFound("passkey", passkey_id)
            self._audit.append(connection, "passkey.removed", actor=actor, detail=passkey_id)

    def _some(self, which: sa.ColumnElement[bool]) -> list[Passkey]:
        query = sa.select(passkey).where(which).order_by(passkey.c.created_at, passkey.c.id)
        with self._store.read() as connection:
            return [
                Passkey(
                    id=row.id,
                    user_id=row.user_id,
                    credential_id=row.credential_id,
                    public_key=row.public_key,
                    sign_count=row.sign_count,
                    locked_private_key=row.locked_private_key,
                    label=row.label,
                    created_at=from_micros(row.created_at),
                    last_used_at=from_micros(row.last_used_at),
                )
                for row in connection.execute(query)
            ]


def insert_passkey(connection: Connection, new: NewPasskey, met: MetChallenge, now: int) -> None:
    """Within a caller's transaction; raises AnswerSpent."""
    _spend(connection, met, now)
    values = {
        "id": new.id,
        "user_id": new.user_id,
        "credential_id": new.credential_id,
        "public_key": new.public_key,
        "sign_count": new.sign_count,
        "locked_private_key": new.locked_private_key,
        "label": new.label,
        "created_at": now,
    }
    insert = upsert(connection, passkey).values(values).on_conflict_do_nothing()
    # What comes back tells: after an INSERT, the stores do not both count rows.
    if connection.scalar(insert.returning(passkey.c.id)) is None:
        raise AnswerSpent


def _spend(connection: Connection, met: MetChallenge, now: int) -> None:
    connection.execute(spent_challenge.delete().where(spent_challenge.c.expires_at <= now))
    values = {"hash": met.hash, "expires_at": to_micros(met.expires_at)}
    insert = upsert(connection, spent_challenge).values(values).on_conflict_do_nothing()
    if connection.scalar(insert.returning(spent_challenge.c.expires_at)) is None:
        raise AnswerSpent
