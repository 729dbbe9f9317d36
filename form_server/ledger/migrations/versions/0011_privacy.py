"""Agreements with vendors, corrections to referrals, and what was done for privacy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_ID = sa.String(40)
_CODE = sa.String(32)
_DAY = sa.String(10)
_MOMENT = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", _ID, nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("purpose", _CODE, nullable=False),
        sa.Column("mail_server", sa.Text()),
        sa.Column("signed_on", _DAY, nullable=False),
        sa.Column("renews_on", _DAY),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("recorded_by", _ID, nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "amendment",
        sa.Column("id", _ID, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_amendment_referral_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_amendment_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    op.create_index(op.f("ix_amendment_referral_id"), "amendment", ["referral_id"])
    op.create_table(
        "diligence",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("done_on", _DAY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_by", _ID, nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diligence")),
    )


def downgrade() -> None:
    op.drop_table("diligence")
    op.drop_table("amendment")
    op.drop_table("agreement")
