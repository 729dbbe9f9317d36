"""Who may read: users, inboxes and their keys, who is told, and who signed in."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import (
    CODE,
    ID,
    MOMENT,
    PRESENT,
    metadata,
)

desk_user = sa.Table(
    "desk_user",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("role", CODE, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("locked_private_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("removed_at", MOMENT),
)
sa.Index(
    "uq_desk_user_email",
    desk_user.c.email,
    unique=True,
    sqlite_where=PRESENT,
    postgresql_where=PRESENT,
)

recovery_key = sa.Table(
    "recovery_key",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("locked_private_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("retired_at", MOMENT),
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("clinician", sa.Text, unique=True),
    sa.Column("created_at", MOMENT, nullable=False),
)

inbox_key = sa.Table(
    "inbox_key",
    metadata,
    sa.Column("inbox_id", ID, sa.ForeignKey("inbox.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
)

inbox_grant = sa.Table(
    "inbox_grant",
    metadata,
    sa.Column("inbox_id", ID, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("holder_kind", CODE, primary_key=True),
    sa.Column("holder_id", ID, primary_key=True),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.ForeignKeyConstraint(["inbox_id", "version"], ["inbox_key.inbox_id", "inbox_key.version"]),
)
sa.Index(None, inbox_grant.c.holder_id)

recipient = sa.Table(
    "recipient",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("inbox_id", ID, sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("channel", CODE, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id")),
    sa.UniqueConstraint("inbox_id", "position"),
)

absence = sa.Table(
    "absence",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("inbox_id", ID, sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("first_on", sa.String(10), nullable=False),
    sa.Column("last_on", sa.String(10), nullable=False),
    sa.Column("cover_inbox_id", ID, sa.ForeignKey("inbox.id")),
    sa.Column("cover_user_id", ID, sa.ForeignKey("desk_user.id")),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False, index=True),
    sa.Column("sealed_user_key", sa.LargeBinary, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("last_seen_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
)

sign_in_failure = sa.Table(
    "sign_in_failure",
    metadata,
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("first_at", MOMENT, nullable=False),
    sa.Column("last_at", MOMENT, nullable=False),
)

invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("role", CODE, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
)

passkey = sa.Table(
    "passkey",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False, index=True),
    sa.Column("credential_id", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("sign_count", sa.BigInteger, nullable=False),
    sa.Column("locked_private_key", sa.LargeBinary, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("last_used_at", MOMENT),
)

spent_challenge = sa.Table(
    "spent_challenge",
    metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("expires_at", MOMENT, nullable=False),
    sqlite_with_rowid=False,
)
