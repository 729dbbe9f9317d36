"""The tables, the same in SQLite and PostgreSQL.

Columns are String, Integer, BigInteger and LargeBinary only: statements compiled ahead of time run
on the bare driver, where no column type gets to convert anything. Moments are microseconds since
1970 UTC (`*_at`, `promised_by`). Changing a table here asks for a migration beside it.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = sa.String(40)
_CODE = sa.String(32)
_MOMENT = sa.BigInteger
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # only INTEGER counts by itself

# The conditions of partial indexes are literal text, and the queries repeat them word for word:
# SQLite uses such an index only for a condition that it can prove without knowing any parameter.
PRESENT = sa.text("removed_at IS NULL")
OPEN = sa.text("state != 'closed'")
DUE = sa.text("state IN ('pending', 'retrying')")
HELD = sa.text("state IN ('sending', 'transmitting')")
TROUBLED = sa.text("state IN ('unknown', 'stuck')")
NEEDS_SOMEBODY = sa.text("state IN ('unknown', 'stuck', 'on_hold')")
UNCHAINED = sa.text("link IS NULL")
CHAINED = sa.text("link IS NOT NULL")
FREE = sa.text("taken_by IS NULL")

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

desk_user = sa.Table(
    "desk_user",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("role", _CODE, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("locked_private_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("removed_at", _MOMENT),
)
sa.Index(
    "uq_desk_user_email",
    desk_user.c.email,
    unique=True,
    sqlite_where=PRESENT,
    postgresql_where=PRESENT,
)

recovery_key = sa.Table(
    "recovery_key",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("locked_private_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("retired_at", _MOMENT),
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("clinician", sa.Text, unique=True),
    sa.Column("created_at", _MOMENT, nullable=False),
)

inbox_key = sa.Table(
    "inbox_key",
    metadata,
    sa.Column("inbox_id", _ID, sa.ForeignKey("inbox.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
)

inbox_grant = sa.Table(
    "inbox_grant",
    metadata,
    sa.Column("inbox_id", _ID, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("holder_kind", _CODE, primary_key=True),
    sa.Column("holder_id", _ID, primary_key=True),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(["inbox_id", "version"], ["inbox_key.inbox_id", "inbox_key.version"]),
)
sa.Index(None, inbox_grant.c.holder_id)

recipient = sa.Table(
    "recipient",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("inbox_id", _ID, sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("channel", _CODE, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("user_id", _ID, sa.ForeignKey("desk_user.id")),
    sa.UniqueConstraint("inbox_id", "position"),
)

absence = sa.Table(
    "absence",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("inbox_id", _ID, sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("first_on", sa.String(10), nullable=False),
    sa.Column("last_on", sa.String(10), nullable=False),
    sa.Column("cover_inbox_id", _ID, sa.ForeignKey("inbox.id")),
    sa.Column("cover_user_id", _ID, sa.ForeignKey("desk_user.id")),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("user_id", _ID, sa.ForeignKey("desk_user.id"), nullable=False, index=True),
    sa.Column("sealed_user_key", sa.LargeBinary, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("last_seen_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
)

sign_in_failure = sa.Table(
    "sign_in_failure",
    metadata,
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("first_at", _MOMENT, nullable=False),
    sa.Column("last_at", _MOMENT, nullable=False),
)

invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("role", _CODE, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
)

passkey = sa.Table(
    "passkey",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("user_id", _ID, sa.ForeignKey("desk_user.id"), nullable=False, index=True),
    sa.Column("credential_id", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("sign_count", sa.BigInteger, nullable=False),
    sa.Column("locked_private_key", sa.LargeBinary, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("last_used_at", _MOMENT),
)

spent_challenge = sa.Table(
    "spent_challenge",
    metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sqlite_with_rowid=False,
)

referral = sa.Table(
    "referral",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("receipt", sa.Text, nullable=False, unique=True),
    sa.Column("status_hash", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("kind", _CODE, nullable=False),
    sa.Column("received_at", _MOMENT, nullable=False, index=True),
    sa.Column("promised_by", _MOMENT, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("clinician", sa.Text),
    sa.Column("inbox_id", _ID, nullable=False),
    sa.Column("key_version", sa.Integer, nullable=False),
    sa.Column("flags", sa.Text, nullable=False),
    sa.Column("state", _CODE, nullable=False),
    sa.Column("attempt_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("acknowledged_at", _MOMENT),
    sa.Column("acknowledged_by", _ID),
    sa.Column("first_contact_at", _MOMENT),
    sa.Column("last_attempt_at", _MOMENT),
    sa.Column("closed_at", _MOMENT),
    sa.Column("outcome", _CODE),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.Column("fit", _CODE),
    sa.ForeignKeyConstraint(
        ["inbox_id", "key_version"], ["inbox_key.inbox_id", "inbox_key.version"]
    ),
)

sa.Index(
    "ix_referral_open",
    referral.c.inbox_id,
    referral.c.promised_by,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)

fingerprint = sa.Table(
    "fingerprint",
    metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("referral_id", _ID, nullable=False),
    sa.Column("body_hash", sa.LargeBinary(32)),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sqlite_with_rowid=False,
)

source = sa.Table(
    "source",
    metadata,
    sa.Column("code", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", _CODE, nullable=False),
    sa.Column("public_poster", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", _MOMENT, nullable=False),
)

first_call = sa.Table(
    "first_call",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("clinician", sa.Text, nullable=False),
    sa.Column("starts_at", _MOMENT, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("taken_by", _ID, index=True),
    sa.Column("taken_at", _MOMENT),
    sa.UniqueConstraint("clinician", "starts_at"),
)
sa.Index("ix_first_call_free", first_call.c.starts_at, sqlite_where=FREE, postgresql_where=FREE)

ration = sa.Table(
    "ration",
    metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sqlite_with_rowid=False,
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("referral_id", _ID, sa.ForeignKey("referral.id"), nullable=False, index=True),
    sa.Column("user_id", _ID, sa.ForeignKey("desk_user.id"), nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("means", _CODE, nullable=False),
    sa.Column("result", _CODE, nullable=False),
    sa.Column("note", sa.LargeBinary),
)

# Its column is not called referral_id: erasing a referral leaves the record of it.
deletion = sa.Table(
    "deletion",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("rule", sa.String(64), nullable=False),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("kind", _CODE, nullable=False),
    sa.Column("channel", _CODE, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("referral_id", _ID, sa.ForeignKey("referral.id"), index=True),
    sa.Column("state", _CODE, nullable=False),
    sa.Column("due_at", _MOMENT, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("owner", sa.Text),
    sa.Column("claimed_at", _MOMENT),
    sa.Column("parcel", sa.LargeBinary),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("last_error", sa.Text),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("sent_at", _MOMENT),
)
sa.Index(
    "ix_delivery_due", delivery.c.due_at, delivery.c.id, sqlite_where=DUE, postgresql_where=DUE
)
sa.Index("ix_delivery_held", delivery.c.owner, sqlite_where=HELD, postgresql_where=HELD)
sa.Index(
    "ix_delivery_troubled", delivery.c.due_at, sqlite_where=TROUBLED, postgresql_where=TROUBLED
)
sa.Index(
    "ix_delivery_needs_somebody",
    delivery.c.due_at,
    sqlite_where=NEEDS_SOMEBODY,
    postgresql_where=NEEDS_SOMEBODY,
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", _COUNTED, primary_key=True),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("referral_id", _ID),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("link", sa.BigInteger),
    sa.Column("previous_hash", sa.LargeBinary(32)),
    sa.Column("entry_hash", sa.LargeBinary(32)),
)
sa.Index("ix_audit_unchained", audit.c.id, sqlite_where=UNCHAINED, postgresql_where=UNCHAINED)
sa.Index(
    "uq_audit_link",
    audit.c.link,
    unique=True,
    sqlite_where=CHAINED,
    postgresql_where=CHAINED,
)
