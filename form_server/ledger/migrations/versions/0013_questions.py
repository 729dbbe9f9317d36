"""What offices ask and the talks that they ask for, with the messages about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ID = sa.String(40)
_CODE = sa.String(32)
_MOMENT = sa.BigInteger()
_UNANSWERED = sa.text("answered_at IS NULL")
_ABOUT_ONE = sa.text("question_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", _ID, nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("status_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("promised_by", _MOMENT, nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("inbox_id", _ID, nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("talk", sa.String(64)),
        sa.Column("talk_state", _CODE),
        sa.Column("talk_on", sa.String(10)),
        sa.Column("acknowledged_at", _MOMENT),
        sa.Column("acknowledged_by", _ID),
        sa.Column("answered_at", _MOMENT),
        sa.Column("answered_by", _ID),
        sa.Column("answered_how", _CODE),
        sa.Column("closed_at", _MOMENT),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("answer_delivery_id", _ID),
        sa.ForeignKeyConstraint(
            ["inbox_id", "key_version"],
            ["inbox_key.inbox_id", "inbox_key.version"],
            name=op.f("fk_question_inbox_id_key_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("receipt", name=op.f("uq_question_receipt")),
        sa.UniqueConstraint("status_hash", name=op.f("uq_question_status_hash")),
    )
    op.create_index(
        "ix_question_unanswered",
        "question",
        ["inbox_id", "promised_by"],
        sqlite_where=_UNANSWERED,
        postgresql_where=_UNANSWERED,
    )
    op.create_index("ix_question_listed", "question", ["received_at", "id"])
    # Without a foreign key: SQLite would have to copy the whole table for one.
    op.add_column("delivery", sa.Column("question_id", _ID))
    op.create_index(
        "ix_delivery_question_id",
        "delivery",
        ["question_id"],
        sqlite_where=_ABOUT_ONE,
        postgresql_where=_ABOUT_ONE,
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_question_id", table_name="delivery")
    op.drop_column("delivery", "question_id")
    op.drop_table("question")
