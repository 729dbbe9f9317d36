"""Several people at one desk: who is on a referral, who rang, where it was handed, who waits, who has room.

No column holds words about a patient: whom and what somebody waits for are codes.
"""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, metadata

ON_LIST = sa.text("left_at IS NULL")

claim = sa.Table(
    "claim",
    metadata,
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), primary_key=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("given_by", ID),
    sa.Column("taken_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
)

ring = sa.Table(
    "ring",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), nullable=False, index=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("warned_of", ID),
)

handover = sa.Table(
    "handover",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), nullable=False, index=True),
    sa.Column("from_inbox_id", ID, nullable=False),
    sa.Column("to_inbox_id", ID, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

waiting_place = sa.Table(
    "waiting_place",
    metadata,
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), primary_key=True),
    sa.Column("since", MOMENT, nullable=False),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("clinician", sa.Text),
    sa.Column("wanted", CODE, nullable=False),
    sa.Column("every_weeks", sa.Integer, nullable=False),
    sa.Column("next_on", sa.String(10), nullable=False),
    sa.Column("told_at", MOMENT),
    sa.Column("offered_at", MOMENT),
    sa.Column("offered", sa.Text),
    sa.Column("left_at", MOMENT),
)
sa.Index(
    "ix_waiting_place_since",
    waiting_place.c.since,
    sqlite_where=ON_LIST,
    postgresql_where=ON_LIST,
)

# Empty texts say “any”, so that the four together can be unique on both stores.
opening = sa.Table(
    "opening",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("clinician", sa.String(64), nullable=False),
    sa.Column("site", sa.String(60), nullable=False),
    sa.Column("plan", sa.String(60), nullable=False),
    sa.Column("language", sa.String(12), nullable=False),
    sa.Column("places", sa.Integer, nullable=False),
    sa.Column("first_available_on", sa.String(10)),
    sa.Column("as_of_on", sa.String(10), nullable=False),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.UniqueConstraint("clinician", "site", "plan", "language"),
)
