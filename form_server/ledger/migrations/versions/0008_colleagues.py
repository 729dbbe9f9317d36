"""Colleagues to send people on to, what became of each who was sent, and what was looked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ID = sa.String(40)
_DAY = sa.String(10)
_MOMENT = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "colleague",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credentials", sa.Text(), nullable=False),
        sa.Column("practice", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("fax", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("booking_url", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("need_words", sa.Text(), nullable=False),
        sa.Column("youngest", sa.Integer()),
        sa.Column("oldest", sa.Integer()),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("plans", sa.Text(), nullable=False),
        sa.Column("self_pay", sa.Integer(), nullable=False),
        sa.Column("sliding_scale", sa.Integer(), nullable=False),
        sa.Column("telehealth", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("miles", sa.Integer()),
        sa.Column("openings", sa.Integer()),
        sa.Column("openings_on", _DAY),
        sa.Column("public_on", _DAY),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("source_code", sa.String(64)),
        sa.Column("thanked_at", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague")),
    )
    op.create_index(op.f("ix_colleague_source_code"), "colleague", ["source_code"])
    op.create_table(
        "placement",
        sa.Column("id", _ID, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("colleague_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT),
        sa.Column("settled_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_placement_referral_id")
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"], ["colleague.id"], name=op.f("fk_placement_colleague_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_placement_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint(
            "referral_id", "colleague_id", name=op.f("uq_placement_referral_id_colleague_id")
        ),
    )
    op.create_index(op.f("ix_placement_colleague_id"), "placement", ["colleague_id"])
    op.create_table(
        "sought",
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_sought_referral_id")
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_sought")),
    )


def downgrade() -> None:
    op.drop_table("sought")
    op.drop_table("placement")
    op.drop_table("colleague")
