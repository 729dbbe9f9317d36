"""Users of the desk, and the recovery key.

A password's hash is nowhere: signing in succeeds when a user's locked private key opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import EmailTaken, NotFound
from form_server.ledger.inboxes import Inboxes
from form_server.ledger.keyring import insert_grants, insert_inbox, replace_recipients
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.people_rows import (
    Grant,
    HolderKind,
    InboxKey,
    NewInbox,
    NewUser,
    Recipient,
    RecoveryKey,
    Role,
    User,
)
from form_server.ledger.second_factors import drop_second_factors
from form_server.ledger.sound_rows import SoundRow
from form_server.ledger.tables import (
    calendar_link,
    claim,
    desk_user,
    inbox_grant,
    invitation,
    passkey,
    recovery_key,
    session,
)


class People:
    """Each change is one commit, with its audit row."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], audit: Audit, inboxes: Inboxes
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._inboxes = inboxes

    def establish(
        self,
        user: NewUser,
        inbox: NewInbox,
        key: InboxKey,
        grants: Sequence[Grant],
        recovery: RecoveryKey,
        recipients: Sequence[Recipient],
        *,
        actor: str,
        invitation_id: str | None = None,
    ) -> None:
        """A practice's first user, inbox and recovery key: all of them, or none.

        With an invitation, only while it waits: it is taken up here, and NotFound when it was
        before. No other one stays.
        """
        with self._store.write() as connection:
            now = to_micros(self._clock())
            if invitation_id is not None:
                waits = sa.and_(invitation.c.id == invitation_id, invitation.c.expires_at > now)
                if connection.execute(invitation.delete().where(waits)).rowcount != 1:
                    raise NotFound("invitation", invitation_id)
            connection.execute(invitation.delete())
            insert_user(connection, user, now)
            insert_inbox(connection, inbox, key, grants, now)
            insert_recovery(connection, recovery, now)
            replace_recipients(connection, inbox.id, recipients)
            detail = f"user={user.id} inbox={inbox.id} recovery={recovery.id}"
            self._audit.append(connection, "practice.established", actor=actor, detail=detail)
        self._inboxes.forget()

    def add_user(self, user: NewUser, grants: Sequence[Grant], *, actor: str) -> None:
        """A further user with the inboxes that were wrapped to them; EmailTaken."""
        with self._store.write() as connection:
            now = to_micros(self._clock())
            insert_user(connection, user, now)
            insert_grants(connection, grants, now)
            self._audit.append(connection, "user.added", actor=actor, detail=user.id)

    def user(self, user_id: str) -> User:
        """Also a removed one, whose name the record still shows; raises NotFound."""
        found = self._users(desk_user.c.id == user_id)
        if not found:
            raise NotFound("user", user_id)
        return found[0]

    def user_by_email(self, email: str) -> User | None:
        """The user who may sign in with this address, however it is capitalised."""
        found = self._users(
            desk_user.c.email == _same_email(email), desk_user.c.removed_at.is_(None)
        )
        return found[0] if found else None

    def users(self) -> list[User]:
        """Those who may sign in, oldest first."""
        return self._users(desk_user.c.removed_at.is_(None))

    def relock(self, user_id: str, locked_private_key: bytes, *, actor: str) -> None:
        """The same key under another passphrase; raises NotFound."""
        with self._store.write() as connection:
            _change_user(connection, user_id, locked_private_key=locked_private_key)
            self._audit.append(connection, "user.relocked", actor=actor, detail=user_id)

    def recovery_key(self) -> RecoveryKey | None:
        """The one in use; None before the practice was established."""
        in_use = sa.select(recovery_key).where(recovery_key.c.retired_at.is_(None))
        with self._store.read() as connection:
            row = connection.execute(in_use.order_by(recovery_key.c.created_at.desc())).first()
        if row is None:
            return None
        return RecoveryKey(row.id, row.public_key, row.locked_private_key)

    def recovery_made_at(self) -> datetime | None:
        """When the sheet in use took the place of any earlier one."""
        in_use = sa.select(recovery_key.c.created_at).where(recovery_key.c.retired_at.is_(None))
        with self._store.read() as connection:
            made = connection.scalar(in_use.order_by(recovery_key.c.created_at.desc()))
        return None if made is None else from_micros(made)

    def _users(self, *which: sa.ColumnElement[bool]) -> list[User]:
        query = sa.select(desk_user).where(*which).order_by(desk_user.c.created_at, desk_user.c.id)
        with self._store.read() as connection:
            return [_user(row) for row in connection.execute(query)]


def insert_user(connection: Connection, user: NewUser, now: int) -> None:
    """Within a caller's transaction, as all below; raises EmailTaken."""
    email = _same_email(user.email)
    same = sa.and_(desk_user.c.email == email, desk_user.c.removed_at.is_(None))
    if connection.scalar(sa.select(desk_user.c.id).where(same)):
        raise EmailTaken(user.email)
    connection.execute(
        desk_user.insert(),
        {
            "id": user.id,
            "name": user.name,
            "email": email,
            "role": user.role.value,
            "public_key": user.public_key,
            "locked_private_key": user.locked_private_key,
            "created_at": now,
        },
    )


def _change_user(connection: Connection, user_id: str, **values: object) -> None:
    here = sa.and_(desk_user.c.id == user_id, desk_user.c.removed_at.is_(None))
    if connection.execute(desk_user.update().where(here).values(**values)).rowcount != 1:
        raise NotFound("user", user_id)


def set_role(connection: Connection, user_id: str, role: Role) -> None:
    """Raises NotFound for one who is not there, or not any more."""
    _change_user(connection, user_id, role=role.value)


def insert_recovery(connection: Connection, recovery: RecoveryKey, now: int) -> None:
    connection.execute(
        recovery_key.insert(),
        {
            "id": recovery.id,
            "public_key": recovery.public_key,
            "locked_private_key": recovery.locked_private_key,
            "created_at": now,
        },
    )


def take_out_user(connection: Connection, user_id: str, now: int) -> None:
    """Ends sessions, passkeys and grants, and lets go of what they had taken; the name stays for the
    record. Raises NotFound."""
    _change_user(connection, user_id, removed_at=now)
    connection.execute(session.delete().where(session.c.user_id == user_id))
    connection.execute(claim.delete().where(claim.c.user_id == user_id))
    drop_second_factors(connection, user_id)
    connection.execute(calendar_link.delete().where(calendar_link.c.user_id == user_id))
    connection.execute(passkey.delete().where(passkey.c.user_id == user_id))
    connection.execute(
        inbox_grant.delete().where(
            inbox_grant.c.holder_kind == HolderKind.USER.value,
            inbox_grant.c.holder_id == user_id,
        )
    )


def _same_email(email: str) -> str:
    return email.strip().lower()


def _user(row: sa.Row[tuple[object, ...]]) -> User:
    """What is damaged in it allows nobody more than before."""
    read = SoundRow(row)
    is_there = row.removed_at is None
    return User(
        id=row.id,
        name=read.text("name"),
        email=read.text("email"),
        role=read.word_or_none(Role, "role") or Role.CLINICIAN,  # it allows least
        public_key=read.sealed("public_key"),
        locked_private_key=read.sealed("locked_private_key"),
        created_at=read.moment("created_at", read.drawn_at()),
        removed_at=None if is_there else read.moment("removed_at", read.drawn_at()),
    )
