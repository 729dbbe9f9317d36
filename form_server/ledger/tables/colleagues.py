"""Colleagues to send people on to, and what became of each who was sent."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, metadata

colleague = sa.Table(
    "colleague",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("credentials", sa.Text, nullable=False),
    sa.Column("practice", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("fax", sa.Text, nullable=False),
    sa.Column("website", sa.Text, nullable=False),
    sa.Column("booking_url", sa.Text, nullable=False),
    # Lists have an entry on each line: no plan and no need holds a line break.
    sa.Column("needs", sa.Text, nullable=False),
    sa.Column("need_words", sa.Text, nullable=False),
    sa.Column("youngest", sa.Integer),
    sa.Column("oldest", sa.Integer),
    sa.Column("languages", sa.Text, nullable=False),
    sa.Column("plans", sa.Text, nullable=False),
    sa.Column("self_pay", sa.Integer, nullable=False),
    sa.Column("sliding_scale", sa.Integer, nullable=False),
    sa.Column("telehealth", sa.Text, nullable=False),
    sa.Column("town", sa.Text, nullable=False),
    sa.Column("miles", sa.Integer),
    sa.Column("openings", sa.Integer),
    sa.Column("openings_on", sa.String(10)),
    sa.Column("public_on", sa.String(10)),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("source_code", sa.String(64), index=True),
    sa.Column("thanked_at", MOMENT),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("changed_at", MOMENT, nullable=False),
    sa.Column("removed_at", MOMENT),
)

# Who was asked about whom stands in clear as two ids: nothing of the patient, nothing of the need.
placement = sa.Table(
    "placement",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), nullable=False),
    sa.Column("colleague_id", ID, sa.ForeignKey("colleague.id"), nullable=False, index=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("state", CODE, nullable=False),
    sa.Column("asked_at", MOMENT, nullable=False),
    sa.Column("answered_at", MOMENT),
    sa.Column("settled_at", MOMENT),
    sa.UniqueConstraint("referral_id", "colleague_id"),
)

# What is looked for in a colleague, as the desk understood it: sealed to the referral's own inbox.
sought = sa.Table(
    "sought",
    metadata,
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
