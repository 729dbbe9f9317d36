"""Writing inboxes, their keys, grants and recipients, within a caller's transaction.

Each of these raises the generation that tells every process to read the inboxes afresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.errors import CannotOpen
from form_server.ledger.meta import get_meta, put_meta
from form_server.ledger.people_rows import Grant, HolderKind, InboxKey, NewInbox, Recipient
from form_server.ledger.tables import inbox, inbox_grant, inbox_key, recipient

_GENERATION = "inboxes_generation"


def insert_inbox(
    connection: Connection, new: NewInbox, key: InboxKey, grants: Sequence[Grant], now: int
) -> None:
    """The inbox, its first key, and those who can open it; `now` in microseconds."""
    values = {"id": new.id, "name": new.name, "clinician": new.clinician, "created_at": now}
    connection.execute(inbox.insert(), values)
    insert_key(connection, key, grants, now)


def insert_key(connection: Connection, key: InboxKey, grants: Sequence[Grant], now: int) -> None:
    connection.execute(
        inbox_key.insert(),
        {
            "inbox_id": key.inbox_id,
            "version": key.version,
            "public_key": key.public_key,
            "created_at": now,
        },
    )
    insert_grants(connection, grants, now)
    raise_generation(connection)


def insert_grants(connection: Connection, grants: Sequence[Grant], now: int) -> None:
    rows = [
        {
            "inbox_id": grant.inbox_id,
            "version": grant.version,
            "holder_kind": grant.holder_kind.value,
            "holder_id": grant.holder_id,
            "wrapped_key": grant.wrapped_key,
            "created_at": now,
        }
        for grant in grants
    ]
    if rows:
        connection.execute(inbox_grant.insert(), rows)


def require_openers(connection: Connection, inbox_id: str, user_ids: Iterable[str]) -> None:
    """Raises CannotOpen unless every user can open what is sealed to the inbox from now on."""
    newest = (
        sa.select(sa.func.max(inbox_key.c.version))
        .where(inbox_key.c.inbox_id == inbox_id)
        .scalar_subquery()
    )
    able = set(
        connection.scalars(
            sa.select(inbox_grant.c.holder_id).where(
                inbox_grant.c.inbox_id == inbox_id,
                inbox_grant.c.version == newest,
                inbox_grant.c.holder_kind == HolderKind.USER.value,
            )
        )
    )
    for user_id in user_ids:
        if user_id not in able:
            raise CannotOpen(user_id, inbox_id)


def replace_recipients(
    connection: Connection, inbox_id: str, recipients: Sequence[Recipient]
) -> None:
    """Raises CannotOpen for one that belongs to a user who cannot open the inbox."""
    require_openers(connection, inbox_id, [one.user_id for one in recipients if one.user_id])
    connection.execute(recipient.delete().where(recipient.c.inbox_id == inbox_id))
    rows = [
        {
            "id": one.id,
            "inbox_id": inbox_id,
            "channel": one.channel.value,
            "address": one.address,
            "position": one.position,
            "user_id": one.user_id,
        }
        for one in recipients
    ]
    if rows:
        connection.execute(recipient.insert(), rows)
    raise_generation(connection)


def generation(connection: Connection) -> int:
    return int(get_meta(connection, _GENERATION) or 0)


def raise_generation(connection: Connection) -> None:
    put_meta(connection, _GENERATION, str(generation(connection) + 1))
