"""Sources with their codes, held times for a first call, and rations of mail to an address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.String(40)
_CODE = sa.String(32)
_MOMENT = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("public_poster", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_source")),
    )
    op.create_table(
        "first_call",
        sa.Column("id", _ID, nullable=False),
        sa.Column("clinician", sa.Text(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("taken_by", _ID),
        sa.Column("taken_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_call")),
        sa.UniqueConstraint(
            "clinician", "starts_at", name=op.f("uq_first_call_clinician_starts_at")
        ),
    )
    free = sa.text("taken_by IS NULL")
    op.create_index(
        "ix_first_call_free", "first_call", ["starts_at"], sqlite_where=free, postgresql_where=free
    )
    op.create_index(op.f("ix_first_call_taken_by"), "first_call", ["taken_by"])
    op.create_table(
        "ration",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_ration")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("ration")
    op.drop_table("first_call")
    op.drop_table("source")
