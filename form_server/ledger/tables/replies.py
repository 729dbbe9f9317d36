"""What the patient and the source were answered, the first appointment, and the estimate owed for it.

Whom, about which outcome, by which way and when stand in clear; the words are sealed to the inbox.
"""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, metadata

NOT_GIVEN = sa.text("given_at IS NULL")

reply = sa.Table(
    "reply",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), nullable=False, index=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("whom", CODE, nullable=False),
    sa.Column("about", CODE, nullable=False),
    sa.Column("way", CODE, nullable=False),
    sa.Column("words", sa.LargeBinary),
    sa.Column("delivery_id", ID),
)

# An ending that was picked and waits for its replies.
closing = sa.Table(
    "closing",
    metadata,
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), primary_key=True),
    sa.Column("outcome", CODE, nullable=False),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

appointment = sa.Table(
    "appointment",
    metadata,
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), primary_key=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("booked_at", MOMENT, nullable=False),
    sa.Column("starts_at", MOMENT, nullable=False, index=True),
)

estimate = sa.Table(
    "estimate",
    metadata,
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), primary_key=True),
    sa.Column("self_pay", sa.Integer, nullable=False),
    sa.Column("asked_at", MOMENT),
    sa.Column("given_at", MOMENT),
)
sa.Index(
    "ix_estimate_not_given",
    estimate.c.referral_id,
    sqlite_where=NOT_GIVEN,
    postgresql_where=NOT_GIVEN,
)
