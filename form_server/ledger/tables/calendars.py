"""Addresses under which users' calendars read what is due; of each only a hash is kept."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import ID, MOMENT, metadata

calendar_link = sa.Table(
    "calendar_link",
    metadata,
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), primary_key=True),
    sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("created_at", MOMENT, nullable=False),
)
