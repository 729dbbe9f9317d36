"""What a user proves after the six words, and sign-ins that wait for it."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import ID, MOMENT, metadata

authenticator = sa.Table(
    "authenticator",
    metadata,
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), primary_key=True),
    sa.Column("sealed_secret", sa.LargeBinary, nullable=False),
    sa.Column("last_step", sa.BigInteger, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
)

sign_in_step = sa.Table(
    "sign_in_step",
    metadata,
    sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False, index=True),
    sa.Column("sealed_user_key", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
)
