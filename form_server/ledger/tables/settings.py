"""What is set at the desk. A row without a value leaves the word to the practice folder."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, MOMENT, metadata

desk_setting = sa.Table(
    "desk_setting",
    metadata,
    sa.Column("name", CODE, primary_key=True),
    sa.Column("value", sa.Text),
    sa.Column("previous", sa.Text),
    sa.Column("changed_at", MOMENT, nullable=False),
)
