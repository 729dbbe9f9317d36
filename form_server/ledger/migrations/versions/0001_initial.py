"""The first tables: people and their keys, referrals, deliveries, the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.String(40)
_CODE = sa.String(32)
_HASH = sa.LargeBinary(32)
_MOMENT = sa.BigInteger()
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_people()
    _create_referrals()
    _create_deliveries()
    _create_audit()


def downgrade() -> None:
    """There is nothing before the first tables: an unwanted ledger is deleted as a whole."""
    raise NotImplementedError


def _create_people() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "desk_user",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("locked_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_user")),
    )
    _create_partial_index(
        "uq_desk_user_email", "desk_user", ["email"], "removed_at IS NULL", unique=True
    )
    op.create_table(
        "recovery_key",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("locked_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("retired_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_key")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clinician", sa.Text()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("clinician", name=op.f("uq_inbox_clinician")),
    )
    op.create_table(
        "inbox_key",
        sa.Column("inbox_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_inbox_key_inbox_id")),
        sa.PrimaryKeyConstraint("inbox_id", "version", name=op.f("pk_inbox_key")),
    )
    op.create_table(
        "inbox_grant",
        sa.Column("inbox_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder_kind", _CODE, nullable=False),
        sa.Column("holder_id", _ID, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["inbox_id", "version"],
            ["inbox_key.inbox_id", "inbox_key.version"],
            name=op.f("fk_inbox_grant_inbox_id_version"),
        ),
        sa.PrimaryKeyConstraint(
            "inbox_id", "version", "holder_kind", "holder_id", name=op.f("pk_inbox_grant")
        ),
    )
    op.create_index(op.f("ix_inbox_grant_holder_id"), "inbox_grant", ["holder_id"])
    op.create_table(
        "recipient",
        sa.Column("id", _ID, nullable=False),
        sa.Column("inbox_id", _ID, nullable=False),
        sa.Column("channel", _CODE, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", _ID),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_recipient_inbox_id")),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_recipient_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
        sa.UniqueConstraint("inbox_id", "position", name=op.f("uq_recipient_inbox_id_position")),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", _HASH, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("sealed_user_key", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("last_seen_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_session_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_user_id"), "session", ["user_id"])
    op.create_table(
        "sign_in_failure",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_failure")),
    )


def _create_referrals() -> None:
    op.create_table(
        "referral",
        sa.Column("id", _ID, nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("status_hash", _HASH, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("promised_by", _MOMENT, nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("clinician", sa.Text()),
        sa.Column("inbox_id", _ID, nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("state", _CODE, nullable=False),
        sa.Column("attempt_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("acknowledged_at", _MOMENT),
        sa.Column("acknowledged_by", _ID),
        sa.Column("first_contact_at", _MOMENT),
        sa.Column("last_attempt_at", _MOMENT),
        sa.Column("closed_at", _MOMENT),
        sa.Column("outcome", _CODE),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inbox_id", "key_version"],
            ["inbox_key.inbox_id", "inbox_key.version"],
            name=op.f("fk_referral_inbox_id_key_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("receipt", name=op.f("uq_referral_receipt")),
        sa.UniqueConstraint("status_hash", name=op.f("uq_referral_status_hash")),
    )
    _create_partial_index(
        "ix_referral_open", "referral", ["inbox_id", "promised_by"], "state != 'closed'"
    )
    op.create_index(op.f("ix_referral_received_at"), "referral", ["received_at"])
    op.create_table(
        "fingerprint",
        sa.Column("hash", _HASH, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("body_hash", _HASH),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_fingerprint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attempt",
        sa.Column("id", _ID, nullable=False),
        sa.Column("referral_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("means", _CODE, nullable=False),
        sa.Column("result", _CODE, nullable=False),
        sa.Column("note", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_attempt_referral_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_attempt_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_referral_id"), "attempt", ["referral_id"])


def _create_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("channel", _CODE, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("referral_id", _ID),
        sa.Column("state", _CODE, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("claimed_at", _MOMENT),
        sa.Column("parcel", sa.LargeBinary()),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_delivery_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    _create_partial_index(
        "ix_delivery_due", "delivery", ["due_at", "id"], "state IN ('pending', 'retrying')"
    )
    _create_partial_index(
        "ix_delivery_held", "delivery", ["owner"], "state IN ('sending', 'transmitting')"
    )
    op.create_index(op.f("ix_delivery_referral_id"), "delivery", ["referral_id"])
    _create_partial_index(
        "ix_delivery_troubled", "delivery", ["due_at"], "state IN ('unknown', 'stuck')"
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("referral_id", _ID),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("link", _MOMENT),
        sa.Column("previous_hash", _HASH),
        sa.Column("entry_hash", _HASH),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    _create_partial_index("ix_audit_unchained", "audit", ["id"], "link IS NULL")
    _create_partial_index("uq_audit_link", "audit", ["link"], "link IS NOT NULL", unique=True)


def _create_partial_index(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
