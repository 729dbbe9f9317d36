"""What goes out, and every task with a time."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import (
    ABOUT_A_QUESTION,
    CODE,
    DUE,
    HELD,
    ID,
    MOMENT,
    NEEDS_SOMEBODY,
    TROUBLED,
    metadata,
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("channel", CODE, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), index=True),
    sa.Column("state", CODE, nullable=False),
    sa.Column("due_at", MOMENT, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("owner", sa.Text),
    sa.Column("claimed_at", MOMENT),
    sa.Column("parcel", sa.LargeBinary),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("last_error", sa.Text),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("sent_at", MOMENT),
    sa.Column("question_id", ID),
)
sa.Index(
    "ix_delivery_due", delivery.c.due_at, delivery.c.id, sqlite_where=DUE, postgresql_where=DUE
)
sa.Index("ix_delivery_held", delivery.c.owner, sqlite_where=HELD, postgresql_where=HELD)
sa.Index(
    "ix_delivery_troubled", delivery.c.due_at, sqlite_where=TROUBLED, postgresql_where=TROUBLED
)
sa.Index(
    "ix_delivery_needs_somebody",
    delivery.c.due_at,
    sqlite_where=NEEDS_SOMEBODY,
    postgresql_where=NEEDS_SOMEBODY,
)
sa.Index(
    "ix_delivery_question_id",
    delivery.c.question_id,
    sqlite_where=ABOUT_A_QUESTION,
    postgresql_where=ABOUT_A_QUESTION,
)
