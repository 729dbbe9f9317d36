"""What a newsletter said, a copy for each of its readers, and the link by which they leave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ID = sa.String(40)
_EMPTY = sa.text("''")
_TEXTS = ("audiences", "subject", "html", "plain")


def upgrade() -> None:
    language = sa.Column("language", sa.String(32), server_default="en", nullable=False)
    op.add_column("newsletter_issue", language)
    for name in _TEXTS:
        text = sa.Column(name, sa.Text(), server_default=_EMPTY, nullable=False)
        op.add_column("newsletter_issue", text)
    op.create_table(
        "newsletter_copy",
        sa.Column("delivery_id", _ID, nullable=False),
        sa.Column("issue_id", _ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("source_code", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_newsletter_copy_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["newsletter_issue.id"], name=op.f("fk_newsletter_copy_issue_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_newsletter_copy")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_newsletter_copy_token_hash")),
    )
    for column in ("issue_id", "address"):
        op.create_index(op.f(f"ix_newsletter_copy_{column}"), "newsletter_copy", [column])


def downgrade() -> None:
    op.drop_table("newsletter_copy")
    for name in (*reversed(_TEXTS), "language"):
        op.drop_column("newsletter_issue", name)
