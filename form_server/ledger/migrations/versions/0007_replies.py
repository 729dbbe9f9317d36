"""Replies to patient and source, endings that wait for them, first appointments and estimates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ID = sa.String(40)
_CODE = sa.String(32)
_MOMENT = sa.BigInteger()
_NOT_GIVEN = sa.text("given_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("id", _ID, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("whom", _CODE, nullable=False),
        sa.Column("about", _CODE, nullable=False),
        sa.Column("way", _CODE, nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("delivery_id", _ID),
        *_about("reply", by_user=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_referral_id"), "reply", ["referral_id"])
    op.create_table(
        "closing",
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("outcome", _CODE, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        *_about("closing", by_user=True),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_closing")),
    )
    op.create_table(
        "appointment",
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("booked_at", _MOMENT, nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        *_about("appointment", by_user=True),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_starts_at"), "appointment", ["starts_at"])
    op.create_table(
        "estimate",
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("self_pay", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT),
        sa.Column("given_at", _MOMENT),
        *_about("estimate", by_user=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_estimate")),
    )
    op.create_index(
        "ix_estimate_not_given",
        "estimate",
        ["referral_id"],
        sqlite_where=_NOT_GIVEN,
        postgresql_where=_NOT_GIVEN,
    )


def downgrade() -> None:
    for table in ("estimate", "appointment", "closing", "reply"):
        op.drop_table(table)


def _about(table: str, *, by_user: bool) -> list[sa.ForeignKeyConstraint]:
    keys = [
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f(f"fk_{table}_referral_id")
        )
    ]
    if by_user:
        keys.append(
            sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f(f"fk_{table}_user_id"))
        )
    return keys
