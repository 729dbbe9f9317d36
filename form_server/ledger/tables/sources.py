"""Who refers: offices and others under the code on their sheets, their people, and what went between.

Business facts stand in clear, like those of colleagues. What was heard on a visit is sealed.
"""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, PRESENT, metadata

_DAY = sa.String(10)
SOURCE_CODE = sa.String(64)
EMPTY = sa.text("''")
NOT_MAILED = sa.text("mailed_at IS NULL AND dropped_at IS NULL")

source = sa.Table(
    "source",
    metadata,
    sa.Column("code", SOURCE_CODE, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("public_poster", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("address", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("town", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("region", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("postal_code", sa.Text, nullable=False, server_default=EMPTY),
    # Millionths of a degree.
    sa.Column("latitude", sa.Integer),
    sa.Column("longitude", sa.Integer),
    sa.Column("phone", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("fax", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("email", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("website", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("hours", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("audience", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("tier", CODE, nullable=False, server_default=EMPTY),
    sa.Column("every_days", sa.Integer),
    sa.Column("rests", sa.Integer, nullable=False, server_default="0"),
    sa.Column("takes_gifts", sa.Integer, nullable=False, server_default="1"),
    sa.Column("agreed_on", _DAY),
    sa.Column("changed_at", MOMENT),
    sa.Column("removed_at", MOMENT),
    sa.Column("merged_into", SOURCE_CODE),
)

source_person = sa.Table(
    "source_person",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("source_code", SOURCE_CODE, sa.ForeignKey("source.code"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", CODE, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("likes", CODE, nullable=False),
    sa.Column("reached", sa.Text, nullable=False),
    sa.Column("agreed_on", _DAY),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("changed_at", MOMENT, nullable=False),
    sa.Column("removed_at", MOMENT),
)

visit = sa.Table(
    "visit",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("source_code", SOURCE_CODE, sa.ForeignKey("source.code"), nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("way", CODE, nullable=False),
    sa.Column("done_on", _DAY, nullable=False),
    # Ids of people, an entry on each line.
    sa.Column("met", sa.Text, nullable=False),
    sa.Column("said", CODE, nullable=False),
    sa.Column("next_on", _DAY),
    sa.Column("asked_back", sa.Integer, nullable=False),
    sa.Column("inbox_id", ID),
    sa.Column("key_version", sa.Integer),
    sa.Column("note", sa.LargeBinary),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("removed_at", MOMENT),
    sa.ForeignKeyConstraint(
        ["inbox_id", "key_version"], ["inbox_key.inbox_id", "inbox_key.version"]
    ),
)
# All that the rhythm asks for, so that no note is read to find whom to see next.
sa.Index(
    "ix_visit_latest",
    visit.c.source_code,
    visit.c.way,
    visit.c.done_on,
    visit.c.created_at,
    visit.c.next_on,
    visit.c.asked_back,
    visit.c.said,
    sqlite_where=PRESENT,
    postgresql_where=PRESENT,
)

stock_event = sa.Table(
    "stock_event",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("source_code", SOURCE_CODE, sa.ForeignKey("source.code"), nullable=False, index=True),
    sa.Column("visit_id", ID, sa.ForeignKey("visit.id"), index=True),
    sa.Column("item", CODE, nullable=False),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("pieces", sa.Integer, nullable=False),
    sa.Column("done_on", _DAY, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
)

gift = sa.Table(
    "gift",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("source_code", SOURCE_CODE, sa.ForeignKey("source.code"), nullable=False, index=True),
    sa.Column("person_id", ID, sa.ForeignKey("source_person.id"), index=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("cents", sa.Integer, nullable=False),
    sa.Column("shared_by", sa.Integer, nullable=False),
    sa.Column("given_on", _DAY, nullable=False, index=True),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("removed_at", MOMENT),
)

# One card to one source, for all that it sent up to a referral; its column is not called
# referral_id, because a card outlives the referral. Without a code, it is an office without one.
thank_you = sa.Table(
    "thank_you",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("batch_id", ID, nullable=False, index=True),
    sa.Column("source_code", SOURCE_CODE, nullable=False),
    sa.Column("referrals", sa.Integer, nullable=False),
    sa.Column("through_id", ID, nullable=False),
    # Whose referrals it thanks for, an entry on each line.
    sa.Column("inbox_ids", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("printed_at", MOMENT, nullable=False),
    sa.Column("mailed_at", MOMENT),
    sa.Column("dropped_at", MOMENT),
)
sa.Index(
    "ix_thank_you_waiting",
    thank_you.c.source_code,
    sqlite_where=NOT_MAILED,
    postgresql_where=NOT_MAILED,
)
