"""What came in, from whom, and what was tried."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import (
    CODE,
    FREE,
    ID,
    MOMENT,
    OPEN,
    metadata,
)

referral = sa.Table(
    "referral",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("receipt", sa.Text, nullable=False, unique=True),
    sa.Column("status_hash", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("received_at", MOMENT, nullable=False),
    sa.Column("promised_by", MOMENT, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("clinician", sa.Text),
    sa.Column("inbox_id", ID, nullable=False),
    sa.Column("key_version", sa.Integer, nullable=False),
    sa.Column("flags", sa.Text, nullable=False),
    sa.Column("state", CODE, nullable=False),
    sa.Column("attempt_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("acknowledged_at", MOMENT),
    sa.Column("acknowledged_by", ID),
    sa.Column("first_contact_at", MOMENT),
    sa.Column("last_attempt_at", MOMENT),
    sa.Column("closed_at", MOMENT),
    sa.Column("outcome", CODE),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.Column("fit", CODE),
    sa.Column("came_by", CODE),
    sa.Column("thanked_at", MOMENT),
    sa.ForeignKeyConstraint(
        ["inbox_id", "key_version"], ["inbox_key.inbox_id", "inbox_key.version"]
    ),
)

sa.Index(
    "ix_referral_open",
    referral.c.inbox_id,
    referral.c.promised_by,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)

# All that the list of the inbox filters by, so that it opens only the rows that it shows.
sa.Index(
    "ix_referral_listed",
    referral.c.received_at,
    referral.c.id,
    referral.c.inbox_id,
    referral.c.state,
    referral.c.promised_by,
    referral.c.first_contact_at,
    referral.c.source,
    referral.c.kind,
    referral.c.came_by,
    referral.c.outcome,
    referral.c.fit,
    referral.c.flags,
    referral.c.thanked_at,
)

fingerprint = sa.Table(
    "fingerprint",
    metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("referral_id", ID, nullable=False),
    sa.Column("body_hash", sa.LargeBinary(32)),
    sa.Column("expires_at", MOMENT, nullable=False),
    sqlite_with_rowid=False,
)

first_call = sa.Table(
    "first_call",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("clinician", sa.Text, nullable=False),
    sa.Column("starts_at", MOMENT, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("taken_by", ID, index=True),
    sa.Column("taken_at", MOMENT),
    sa.UniqueConstraint("clinician", "starts_at"),
)
sa.Index("ix_first_call_free", first_call.c.starts_at, sqlite_where=FREE, postgresql_where=FREE)

ration = sa.Table(
    "ration",
    metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
    sqlite_with_rowid=False,
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), nullable=False, index=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("means", CODE, nullable=False),
    sa.Column("result", CODE, nullable=False),
    sa.Column("note", sa.LargeBinary),
)

# Its column is not called referral_id: erasing a referral leaves the record of it.
deletion = sa.Table(
    "deletion",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("rule", sa.String(64), nullable=False),
)
