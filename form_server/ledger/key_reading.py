"""Reading keys, grants and their holders within a caller's transaction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.errors import NotFound
from form_server.ledger.people_rows import Grant, Holder, HolderKind, InboxKey
from form_server.ledger.tables import (
    desk_user,
    inbox,
    inbox_grant,
    inbox_key,
    invitation,
    recovery_key,
)


def inbox_ids(connection: Connection) -> list[str]:
    return list(connection.scalars(sa.select(inbox.c.id).order_by(inbox.c.created_at, inbox.c.id)))


def keys_of(connection: Connection, inbox_id: str) -> tuple[InboxKey, ...]:
    query = sa.select(inbox_key).where(inbox_key.c.inbox_id == inbox_id)
    rows = connection.execute(query.order_by(inbox_key.c.version)).all()
    if not rows:
        raise NotFound("inbox", inbox_id)
    return tuple(InboxKey(row.inbox_id, row.version, row.public_key) for row in rows)


def grants_of(connection: Connection, kind: HolderKind, holder_id: str) -> list[Grant]:
    held = sa.select(inbox_grant).where(
        inbox_grant.c.holder_kind == kind.value, inbox_grant.c.holder_id == holder_id
    )
    return [
        Grant(row.inbox_id, row.version, kind, row.holder_id, row.wrapped_key)
        for row in connection.execute(held.order_by(inbox_grant.c.inbox_id, inbox_grant.c.version))
    ]


def holders_of(connection: Connection, inbox_id: str) -> list[Holder]:
    newest = keys_of(connection, inbox_id)[-1].version
    held = sa.select(inbox_grant.c.holder_id).where(
        inbox_grant.c.inbox_id == inbox_id, inbox_grant.c.version == newest
    )
    users = sa.select(desk_user.c.id, desk_user.c.public_key).where(
        desk_user.c.removed_at.is_(None),
        desk_user.c.id.in_(held.where(inbox_grant.c.holder_kind == HolderKind.USER.value)),
    )
    invited = sa.select(invitation.c.id, invitation.c.public_key).where(
        invitation.c.id.in_(held.where(inbox_grant.c.holder_kind == HolderKind.INVITATION.value))
    )
    recovery = recovery_holder(connection)
    return [
        *(Holder(HolderKind.USER, *row) for row in connection.execute(users)),
        *(Holder(HolderKind.INVITATION, *row) for row in connection.execute(invited)),
        *([recovery] if recovery else []),
    ]


def user_holder(connection: Connection, user_id: str) -> Holder:
    query = sa.select(desk_user.c.id, desk_user.c.public_key).where(
        desk_user.c.id == user_id, desk_user.c.removed_at.is_(None)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound("user", user_id)
    return Holder(HolderKind.USER, *row)


def recovery_holder(connection: Connection) -> Holder | None:
    query = sa.select(recovery_key.c.id, recovery_key.c.public_key).where(
        recovery_key.c.retired_at.is_(None)
    )
    row = connection.execute(query.order_by(recovery_key.c.created_at.desc())).first()
    return Holder(HolderKind.RECOVERY, *row) if row else None
