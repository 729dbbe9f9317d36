"""How well a referral fits, and an index of the deliveries that need somebody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NEEDS_SOMEBODY = sa.text("state IN ('unknown', 'stuck', 'on_hold')")


def upgrade() -> None:
    op.add_column("referral", sa.Column("fit", sa.String(length=32)))
    op.create_index(
        op.f("ix_delivery_needs_somebody"),
        "delivery",
        ["due_at"],
        sqlite_where=_NEEDS_SOMEBODY,
        postgresql_where=_NEEDS_SOMEBODY,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_delivery_needs_somebody"), table_name="delivery")
    op.drop_column("referral", "fit")
