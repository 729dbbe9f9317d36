"""Absences with cover, and the record of what retention purged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.String(40)
_MOMENT = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", _ID, nullable=False),
        sa.Column("inbox_id", _ID, nullable=False),
        sa.Column("first_on", sa.String(length=10), nullable=False),
        sa.Column("last_on", sa.String(length=10), nullable=False),
        sa.Column("cover_inbox_id", _ID),
        sa.Column("cover_user_id", _ID),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_absence_inbox_id")),
        sa.ForeignKeyConstraint(
            ["cover_inbox_id"], ["inbox.id"], name=op.f("fk_absence_cover_inbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["cover_user_id"], ["desk_user.id"], name=op.f("fk_absence_cover_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_table(
        "deletion",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion")),
    )


def downgrade() -> None:
    op.drop_table("deletion")
    op.drop_table("absence")
