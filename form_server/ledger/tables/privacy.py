"""What a practice has to be able to show: agreements, corrections, and what was done for privacy."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, metadata

agreement = sa.Table(
    "agreement",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("vendor", sa.Text, nullable=False),
    sa.Column("purpose", CODE, nullable=False),
    sa.Column("mail_server", sa.Text),
    sa.Column("signed_on", sa.String(10), nullable=False),
    sa.Column("renews_on", sa.String(10)),
    sa.Column("signed_by", sa.Text, nullable=False),
    sa.Column("recorded_by", ID, nullable=False),
    sa.Column("recorded_at", MOMENT, nullable=False),
    sa.Column("ended_at", MOMENT),
)

# What a patient, or the practice, says is wrong in a referral; sealed like the referral itself.
amendment = sa.Table(
    "amendment",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("referral_id", ID, sa.ForeignKey("referral.id"), nullable=False, index=True),
    sa.Column("user_id", ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("words", sa.LargeBinary),
)

diligence = sa.Table(
    "diligence",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("done_on", sa.String(10), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("recorded_by", ID, nullable=False),
    sa.Column("recorded_at", MOMENT, nullable=False),
)
