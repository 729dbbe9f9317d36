"""A change of keys as one commit: who joins, who leaves, who can open what.

Such changes read and write within one transaction, one at a time. Otherwise a user who is added
while a key is rotated would hold the old version and not the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.inboxes import Inboxes
from form_server.ledger.key_reading import (
    grants_of,
    holders_of,
    inbox_ids,
    keys_of,
    recovery_holder,
    user_holder,
)
from form_server.ledger.keyring import insert_grants, insert_inbox, insert_key, raise_generation
from form_server.ledger.moments import to_micros
from form_server.ledger.passkeys import MetChallenge, insert_passkey
from form_server.ledger.people import insert_recovery, insert_user, set_role, take_out_user
from form_server.ledger.people_rows import (
    Grant,
    Holder,
    HolderKind,
    InboxKey,
    NewInbox,
    NewInvitation,
    NewPasskey,
    NewUser,
    Recipient,
    RecoveryKey,
    Role,
)
from form_server.ledger.second_factors import drop_second_factors
from form_server.ledger.tables import (
    absence,
    desk_user,
    inbox_grant,
    invitation,
    passkey,
    recipient,
    recovery_key,
    session,
)

_KEYS_LOCK = 0x6B657973  # any number, as long as all processes take the same


class KeyChange:
    """What a change of keys may read and write; it ends with the transaction it was given."""

    def __init__(self, connection: Connection, now: int, note: Callable[[str, str], None]) -> None:
        self._connection = connection
        self._now = now
        self.note = note
        """Puts an action and its detail on the audit."""

    def inbox_ids(self) -> list[str]:
        """In the order in which they were made."""
        return inbox_ids(self._connection)

    def keys_of(self, inbox_id: str) -> tuple[InboxKey, ...]:
        """Oldest version first, never empty; raises NotFound."""
        return keys_of(self._connection, inbox_id)

    def holders_of(self, inbox_id: str) -> list[Holder]:
        """Who can open the newest version, users first, and always the recovery key in use."""
        return holders_of(self._connection, inbox_id)

    def grants_of(self, kind: HolderKind, holder_id: str) -> list[Grant]:
        return grants_of(self._connection, kind, holder_id)

    def user_holder(self, user_id: str) -> Holder:
        """Raises NotFound for one who is not there, or not any more."""
        return user_holder(self._connection, user_id)

    def recovery_holder(self) -> Holder | None:
        return recovery_holder(self._connection)

    def add_inbox(self, new: NewInbox, key: InboxKey, grants: Sequence[Grant]) -> None:
        insert_inbox(self._connection, new, key, grants, self._now)

    def add_key(self, key: InboxKey, grants: Sequence[Grant]) -> None:
        """A further version; what was sealed to older ones stays as it is."""
        insert_key(self._connection, key, grants, self._now)

    def add_grants(self, grants: Sequence[Grant]) -> None:
        """Replaces those of the same holder and version, if there are any."""
        for one in grants:
            self._connection.execute(inbox_grant.delete().where(*_same(one)))
        insert_grants(self._connection, grants, self._now)

    def withdraw(self, kind: HolderKind, holder_id: str, inbox_id: str | None = None) -> int:
        """Takes away all versions of one inbox, or of all; how many grants there were."""
        theirs = [inbox_grant.c.holder_kind == kind.value, inbox_grant.c.holder_id == holder_id]
        if inbox_id is not None:
            theirs.append(inbox_grant.c.inbox_id == inbox_id)
        return self._connection.execute(inbox_grant.delete().where(*theirs)).rowcount

    def add_user(self, user: NewUser, grants: Sequence[Grant]) -> None:
        """Raises EmailTaken."""
        insert_user(self._connection, user, self._now)
        insert_grants(self._connection, grants, self._now)

    def set_role(self, user_id: str, role: Role) -> None:
        set_role(self._connection, user_id, role)

    def take_out_user(self, user_id: str) -> None:
        """Sessions, passkeys, grants and notices end at once; raises NotFound."""
        take_out_user(self._connection, user_id, self._now)
        for inbox_id in self.inbox_ids():
            self.drop_notices(user_id, inbox_id)

    def drop_notices(self, user_id: str, inbox_id: str) -> None:
        """The user is not told of what comes into this inbox any more, and covers for nobody there."""
        theirs = [recipient.c.user_id == user_id, recipient.c.inbox_id == inbox_id]
        self._connection.execute(recipient.delete().where(*theirs))
        covered = [absence.c.cover_user_id == user_id, absence.c.inbox_id == inbox_id]
        self._connection.execute(absence.update().where(*covered).values(cover_user_id=None))

    def rekey_user(
        self, user_id: str, public_key: bytes, locked: bytes, grants: Sequence[Grant]
    ) -> None:
        """Another key in the place of a lost one, which opens nothing from now on."""
        here = sa.and_(desk_user.c.id == user_id, desk_user.c.removed_at.is_(None))
        values = {"public_key": public_key, "locked_private_key": locked}
        if self._connection.execute(desk_user.update().where(here).values(**values)).rowcount != 1:
            raise NotFound("user", user_id)
        self._connection.execute(session.delete().where(session.c.user_id == user_id))
        drop_second_factors(self._connection, user_id)
        self._connection.execute(passkey.delete().where(passkey.c.user_id == user_id))
        self.withdraw(HolderKind.USER, user_id)
        insert_grants(self._connection, grants, self._now)

    def replace_recovery(self, recovery: RecoveryKey, grants: Sequence[Grant]) -> None:
        """The key of a new sheet; what an older sheet could open is taken from it."""
        old = recovery_key.c.retired_at.is_(None)
        self._connection.execute(recovery_key.update().where(old).values(retired_at=self._now))
        every = inbox_grant.c.holder_kind == HolderKind.RECOVERY.value
        self._connection.execute(inbox_grant.delete().where(every))
        insert_recovery(self._connection, recovery, self._now)
        insert_grants(self._connection, grants, self._now)

    def add_invitation(self, new: NewInvitation, grants: Sequence[Grant]) -> None:
        """A later one for the same address takes the place of an earlier one."""
        for row in self._connection.execute(
            sa.select(invitation.c.id).where(invitation.c.email == new.email)
        ).all():
            self.end_invitation(row.id)
        self._connection.execute(
            invitation.insert(),
            {
                "id": new.id,
                "token_hash": new.token_hash,
                "name": new.name,
                "email": new.email,
                "role": new.role.value,
                "public_key": new.public_key,
                "created_at": self._now,
                "expires_at": to_micros(new.expires_at),
            },
        )
        insert_grants(self._connection, grants, self._now)

    def end_invitation(self, invitation_id: str) -> None:
        """Taken up or taken back; raises NotFound when it was before."""
        self.withdraw(HolderKind.INVITATION, invitation_id)
        this = invitation.c.id == invitation_id
        if self._connection.execute(invitation.delete().where(this)).rowcount != 1:
            raise NotFound("invitation", invitation_id)

    def add_passkey(self, new: NewPasskey, met: MetChallenge) -> None:
        """Raises AnswerSpent."""
        insert_passkey(self._connection, new, met, self._now)

    def recipient_count(self, inbox_id: str) -> int:
        counted = sa.select(sa.func.count()).where(recipient.c.inbox_id == inbox_id)
        return self._connection.scalar(counted) or 0

    def add_recipient(self, new: Recipient) -> None:
        """Told after all those who are told already; `position` is set here."""
        last = sa.select(sa.func.max(recipient.c.position)).where(
            recipient.c.inbox_id == new.inbox_id
        )
        position = self._connection.scalar(last)
        self._connection.execute(
            recipient.insert(),
            {
                "id": new.id,
                "inbox_id": new.inbox_id,
                "channel": new.channel.value,
                "address": new.address,
                "position": 0 if position is None else position + 1,
                "user_id": new.user_id,
            },
        )

    def drop_expired(self) -> None:
        """Invitations that nobody took up in time lose what was wrapped for them."""
        late = sa.select(invitation.c.id).where(invitation.c.expires_at <= self._now)
        for row in self._connection.execute(late).all():
            self.end_invitation(row.id)


class Rekeying:
    """Where changes of keys begin."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], audit: Audit, inboxes: Inboxes
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._inboxes = inboxes

    @contextmanager
    def change(self, *, actor: str) -> Iterator[KeyChange]:
        """All that is done within is one commit; an error leaves everything as it was."""
        with self._store.write() as connection:
            if not self._store.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_KEYS_LOCK)))

            def note(action: str, detail: str) -> None:
                self._audit.append(connection, action, actor=actor, detail=detail)

            change = KeyChange(connection, to_micros(self._clock()), note)
            change.drop_expired()
            yield change
            raise_generation(connection)
        self._inboxes.forget()


def _same(grant: Grant) -> list[sa.ColumnElement[bool]]:
    return [
        inbox_grant.c.inbox_id == grant.inbox_id,
        inbox_grant.c.version == grant.version,
        inbox_grant.c.holder_kind == grant.holder_kind.value,
        inbox_grant.c.holder_id == grant.holder_id,
    ]
