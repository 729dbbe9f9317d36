"""How a referral came that came by no form, thank-yous, and an index that the whole list walks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_LISTED = [
    "received_at", "id", "inbox_id", "state", "promised_by", "first_contact_at", "source", "kind",
    "came_by", "outcome", "fit", "flags", "thanked_at",
]  # fmt: skip


def upgrade() -> None:
    op.add_column("referral", sa.Column("came_by", sa.String(length=32)))
    op.add_column("referral", sa.Column("thanked_at", sa.BigInteger()))
    op.drop_index(op.f("ix_referral_received_at"), table_name="referral")
    op.create_index(op.f("ix_referral_listed"), "referral", _LISTED)


def downgrade() -> None:
    op.drop_index(op.f("ix_referral_listed"), table_name="referral")
    op.create_index(op.f("ix_referral_received_at"), "referral", ["received_at"])
    op.drop_column("referral", "thanked_at")
    op.drop_column("referral", "came_by")
