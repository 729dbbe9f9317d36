"""Authenticator apps of users, and sign-ins that opened a key and wait for the second factor.

An app's secret lies sealed to its user's own key. A waiting sign-in is no session: it lies in a
table of its own, and lets nobody in.
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
from form_server.ledger.meta import get_meta, put_meta
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import authenticator, passkey, sign_in_step
from form_server.ledger.upsert import upsert
from outreach_kit.errors import HandoffError

_FOR_ALL = "second_step_for_all"  # in meta
NO_LOCK = b""
"""What stands for the lock of a passkey that opens no key, and is a second factor only."""


class CodeSpent(HandoffError):
    """The six digits were taken before."""

    def __init__(self) -> None:
        super().__init__("These six digits were used before. Wait for the next ones in your app.")


@dataclass(frozen=True)
class Authenticator:
    """`last_step` is the newest half minute whose digits were taken."""

    user_id: str
    sealed_secret: bytes
    last_step: int
    created_at: datetime


@dataclass(frozen=True)
class SignInStep:
    """`sealed_user_key` opens with a secret that only the browser which typed the words has."""

    token_hash: bytes
    user_id: str
    sealed_user_key: bytes
    expires_at: datetime


class SecondFactors:
    """Each change is one commit, with its audit row."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def authenticator_of(self, user_id: str) -> Authenticator | None:
        query = sa.select(authenticator).where(authenticator.c.user_id == user_id)
        with self._store.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Authenticator(
            row.user_id, row.sealed_secret, row.last_step, from_micros(row.created_at)
        )

    def add_authenticator(self, user_id: str, sealed: bytes, step: int, *, actor: str) -> None:
        """In the place of an older one; `step` is that of the digits which proved it."""
        values = {
            "sealed_secret": sealed,
            "last_step": step,
            "created_at": to_micros(self._clock()),
        }
        with self._store.write() as connection:
            insert = upsert(connection, authenticator).values(user_id=user_id, **values)
            connection.execute(
                insert.on_conflict_do_update(index_elements=[authenticator.c.user_id], set_=values)
            )
            self._audit.append(connection, "authenticator.added", actor=actor, detail=user_id)

    def take_step(self, user_id: str, step: int) -> None:
        """Raises CodeSpent when digits of that half minute, or later ones, were taken before."""
        newer = sa.and_(authenticator.c.user_id == user_id, authenticator.c.last_step < step)
        with self._store.write() as connection:
            taken = connection.execute(
                authenticator.update().where(newer).values(last_step=step)
            ).rowcount
            if taken != 1:
                raise CodeSpent

    def remove_authenticator(self, user_id: str, *, actor: str) -> None:
        """Raises NotFound."""
        theirs = authenticator.c.user_id == user_id
        with self._store.write() as connection:
            if connection.execute(authenticator.delete().where(theirs)).rowcount != 1:
                raise NotFound("authenticator", user_id)
            self._audit.append(connection, "authenticator.removed", actor=actor, detail=user_id)

    def remove_all(self, user_id: str, *, actor: str) -> bool:
        """The app, and passkeys that open no key; False when the user had neither."""
        with self._store.write() as connection:
            if not drop_second_factors(connection, user_id):
                return False
            self._audit.append(connection, "second_factor.removed", actor=actor, detail=user_id)
        return True

    def is_for_all(self) -> bool:
        """Whether the practice asks everybody for a second step."""
        with self._store.read() as connection:
            return get_meta(connection, _FOR_ALL) == "yes"

    def ask_all(self, wanted: bool, *, actor: str) -> None:
        with self._store.write() as connection:
            put_meta(connection, _FOR_ALL, "yes" if wanted else "no")
            detail = f"for_all={'yes' if wanted else 'no'}"
            self._audit.append(connection, "second_factor.policy_set", actor=actor, detail=detail)

    def begin(self, step: SignInStep) -> None:
        """A sign-in that waits; those that waited too long go."""
        now = to_micros(self._clock())
        with self._store.write() as connection:
            connection.execute(sign_in_step.delete().where(sign_in_step.c.expires_at <= now))
            connection.execute(
                sign_in_step.insert(),
                {
                    "token_hash": step.token_hash,
                    "user_id": step.user_id,
                    "sealed_user_key": step.sealed_user_key,
                    "expires_at": to_micros(step.expires_at),
                },
            )
            self._audit.append(connection, "sign_in.words_fit", actor=f"user:{step.user_id}")

    def waiting(self, token_hash: bytes) -> SignInStep | None:
        """While it has not expired and was not taken up."""
        now = to_micros(self._clock())
        query = sa.select(sign_in_step).where(
            sign_in_step.c.token_hash == token_hash, sign_in_step.c.expires_at > now
        )
        with self._store.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return SignInStep(
            row.token_hash, row.user_id, row.sealed_user_key, from_micros(row.expires_at)
        )

    def end(self, token_hash: bytes) -> None:
        """Taken up or given up; raises NotFound when it was before, so that it counts once."""
        here = sign_in_step.c.token_hash == token_hash
        with self._store.write() as connection:
            if connection.execute(sign_in_step.delete().where(here)).rowcount != 1:
                raise NotFound("sign-in", token_hash.hex()[:16])


def drop_second_factors(connection: Connection, user_id: str) -> int:
    """Within a caller's transaction; how many there were. Sign-ins that wait end as well."""
    connection.execute(sign_in_step.delete().where(sign_in_step.c.user_id == user_id))
    apps = authenticator.delete().where(authenticator.c.user_id == user_id)
    devices = passkey.delete().where(
        passkey.c.user_id == user_id, passkey.c.locked_private_key == NO_LOCK
    )
    return connection.execute(apps).rowcount + connection.execute(devices).rowcount
