"""Claims, rings, handovers, the waitlist and the board of openings, for a desk of several people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID = sa.String(40)
_CODE = sa.String(32)
_DAY = sa.String(10)
_MOMENT = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("given_by", _ID),
        sa.Column("taken_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        *_about("claim"),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_claim")),
    )
    op.create_table(
        "ring",
        sa.Column("id", _ID, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("warned_of", _ID),
        *_about("ring"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring")),
    )
    op.create_index(op.f("ix_ring_referral_id"), "ring", ["referral_id"])
    op.create_table(
        "handover",
        sa.Column("id", _ID, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("from_inbox_id", _ID, nullable=False),
        sa.Column("to_inbox_id", _ID, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _of_referral("handover"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_referral_id"), "handover", ["referral_id"])
    _add_waitlist()
    _add_board()


def _add_waitlist() -> None:
    op.create_table(
        "waiting_place",
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("clinician", sa.Text()),
        sa.Column("wanted", _CODE, nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("next_on", _DAY, nullable=False),
        sa.Column("told_at", _MOMENT),
        sa.Column("offered_at", _MOMENT),
        sa.Column("offered", sa.Text()),
        sa.Column("left_at", _MOMENT),
        *_about("waiting_place"),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_waiting_place")),
    )
    on_list = sa.text("left_at IS NULL")
    op.create_index(
        "ix_waiting_place_since",
        "waiting_place",
        ["since"],
        sqlite_where=on_list,
        postgresql_where=on_list,
    )


def _add_board() -> None:
    op.create_table(
        "opening",
        sa.Column("id", _ID, nullable=False),
        sa.Column("clinician", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("plan", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("first_available_on", _DAY),
        sa.Column("as_of_on", _DAY, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        _of_user("opening"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint(
            "clinician",
            "site",
            "plan",
            "language",
            name=op.f("uq_opening_clinician_site_plan_language"),
        ),
    )


def _about(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return _of_referral(table), _of_user(table)


def _of_referral(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_referral_id")
    return sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=name)


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f(f"fk_{table}_user_id"))


def downgrade() -> None:
    for table in ("opening", "waiting_place", "handover", "ring", "claim"):
        op.drop_table(table)
