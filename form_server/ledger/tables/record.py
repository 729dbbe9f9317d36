"""What was done, chained, and the few facts about the ledger itself."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import (
    CHAINED,
    COUNTED,
    ID,
    MOMENT,
    UNCHAINED,
    metadata,
)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", COUNTED, primary_key=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("referral_id", ID),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("link", sa.BigInteger),
    sa.Column("previous_hash", sa.LargeBinary(32)),
    sa.Column("entry_hash", sa.LargeBinary(32)),
)
sa.Index("ix_audit_unchained", audit.c.id, sqlite_where=UNCHAINED, postgresql_where=UNCHAINED)
sa.Index(
    "uq_audit_link",
    audit.c.link,
    unique=True,
    sqlite_where=CHAINED,
    postgresql_where=CHAINED,
)
