"""Sources with places and people, visits, what they have left, gifts, thank-yous, newsletters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_ID = sa.String(40)
_CODE = sa.String(32)
_SOURCE = sa.String(64)
_DAY = sa.String(10)
_MOMENT = sa.BigInteger()
_EMPTY = sa.text("''")
_PRESENT = sa.text("removed_at IS NULL")
_NOT_MAILED = sa.text("mailed_at IS NULL AND dropped_at IS NULL")
_TEXTS = (
    "address", "town", "region", "postal_code", "phone", "fax", "email", "website", "hours", "audience",
)  # fmt: skip


def upgrade() -> None:
    _widen_source()
    _add_people_and_visits()
    _add_stock_and_gifts()
    _add_mail()


def _widen_source() -> None:
    for name in _TEXTS:
        op.add_column("source", sa.Column(name, sa.Text(), server_default=_EMPTY, nullable=False))
    for column in (
        sa.Column("latitude", sa.Integer()),
        sa.Column("longitude", sa.Integer()),
        sa.Column("tier", _CODE, server_default=_EMPTY, nullable=False),
        sa.Column("every_days", sa.Integer()),
        sa.Column("rests", sa.Integer(), server_default="0", nullable=False),
        sa.Column("takes_gifts", sa.Integer(), server_default="1", nullable=False),
        sa.Column("agreed_on", _DAY),
        sa.Column("changed_at", _MOMENT),
        sa.Column("removed_at", _MOMENT),
        sa.Column("merged_into", _SOURCE),
    ):
        op.add_column("source", column)


def _add_people_and_visits() -> None:
    op.create_table(
        "source_person",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_code", _SOURCE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("likes", _CODE, nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("agreed_on", _DAY),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        _of_source("source_person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_person")),
    )
    op.create_index(op.f("ix_source_person_source_code"), "source_person", ["source_code"])
    op.create_table(
        "visit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_code", _SOURCE, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("way", _CODE, nullable=False),
        sa.Column("done_on", _DAY, nullable=False),
        sa.Column("met", sa.Text(), nullable=False),
        sa.Column("said", _CODE, nullable=False),
        sa.Column("next_on", _DAY),
        sa.Column("asked_back", sa.Integer(), nullable=False),
        sa.Column("inbox_id", _ID),
        sa.Column("key_version", sa.Integer()),
        sa.Column("note", sa.LargeBinary()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        _of_source("visit"),
        sa.ForeignKeyConstraint(
            ["inbox_id", "key_version"],
            ["inbox_key.inbox_id", "inbox_key.version"],
            name=op.f("fk_visit_inbox_id_key_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(
        "ix_visit_latest",
        "visit",
        ["source_code", "way", "done_on", "created_at", "next_on", "asked_back", "said"],
        sqlite_where=_PRESENT,
        postgresql_where=_PRESENT,
    )


def _add_stock_and_gifts() -> None:
    op.create_table(
        "stock_event",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_code", _SOURCE, nullable=False),
        sa.Column("visit_id", _ID),
        sa.Column("item", _CODE, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("done_on", _DAY, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        _of_source("stock_event"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_stock_event_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_event")),
    )
    op.create_index(op.f("ix_stock_event_source_code"), "stock_event", ["source_code"])
    op.create_index(op.f("ix_stock_event_visit_id"), "stock_event", ["visit_id"])
    op.create_table(
        "gift",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_code", _SOURCE, nullable=False),
        sa.Column("person_id", _ID),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        sa.Column("given_on", _DAY, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        _of_source("gift"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["source_person.id"], name=op.f("fk_gift_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
    )
    for column in ("source_code", "person_id", "given_on"):
        op.create_index(op.f(f"ix_gift_{column}"), "gift", [column])


def _add_mail() -> None:
    op.create_table(
        "thank_you",
        sa.Column("id", _ID, nullable=False),
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("source_code", _SOURCE, nullable=False),
        sa.Column("referrals", sa.Integer(), nullable=False),
        sa.Column("through_id", _ID, nullable=False),
        sa.Column("inbox_ids", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("printed_at", _MOMENT, nullable=False),
        sa.Column("mailed_at", _MOMENT),
        sa.Column("dropped_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thank_you")),
    )
    op.create_index(op.f("ix_thank_you_batch_id"), "thank_you", ["batch_id"])
    op.create_index(
        "ix_thank_you_waiting",
        "thank_you",
        ["source_code"],
        sqlite_where=_NOT_MAILED,
        postgresql_where=_NOT_MAILED,
    )
    op.create_table(
        "newsletter_issue",
        sa.Column("id", _ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("sent_on", _DAY, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_issue")),
    )
    op.create_table(
        "unsubscribed",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_unsubscribed")),
    )


def _of_source(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_source_code")
    return sa.ForeignKeyConstraint(["source_code"], ["source.code"], name=name)


def downgrade() -> None:
    for table in (
        "unsubscribed", "newsletter_issue", "thank_you", "gift", "stock_event", "visit", "source_person",
    ):  # fmt: skip
        op.drop_table(table)
    for column in (
        "merged_into", "removed_at", "changed_at", "agreed_on", "takes_gifts", "rests", "every_days",
        "tier", "longitude", "latitude", *reversed(_TEXTS),
    ):  # fmt: skip
        op.drop_column("source", column)
