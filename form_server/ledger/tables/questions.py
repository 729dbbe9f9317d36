"""What offices ask, and the talks that they ask for: on the same clock as a referral, and no referral.

A question has a table of its own, so that no count of patients ever has one in it. All that was typed
is sealed to the inbox; which of the practice's own talks is meant stands in clear.
"""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, metadata

UNANSWERED = sa.text("answered_at IS NULL")

question = sa.Table(
    "question",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("receipt", sa.Text, nullable=False, unique=True),
    sa.Column("status_hash", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("received_at", MOMENT, nullable=False),
    sa.Column("promised_by", MOMENT, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("inbox_id", ID, nullable=False),
    sa.Column("key_version", sa.Integer, nullable=False),
    sa.Column("flags", sa.Text, nullable=False),
    sa.Column("talk", sa.String(64)),
    sa.Column("talk_state", CODE),
    sa.Column("talk_on", sa.String(10)),
    sa.Column("acknowledged_at", MOMENT),
    sa.Column("acknowledged_by", ID),
    sa.Column("answered_at", MOMENT),
    sa.Column("answered_by", ID),
    sa.Column("answered_how", CODE),
    sa.Column("closed_at", MOMENT),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.Column("answer", sa.LargeBinary),
    sa.Column("answer_delivery_id", ID),
    sa.ForeignKeyConstraint(
        ["inbox_id", "key_version"], ["inbox_key.inbox_id", "inbox_key.version"]
    ),
)
sa.Index(
    "ix_question_unanswered",
    question.c.inbox_id,
    question.c.promised_by,
    sqlite_where=UNANSWERED,
    postgresql_where=UNANSWERED,
)
sa.Index("ix_question_listed", question.c.received_at, question.c.id)
