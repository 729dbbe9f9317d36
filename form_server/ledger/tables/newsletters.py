"""What went out to those who refer, a copy for each reader, and who wants none of it."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables.base import CODE, ID, MOMENT, metadata
from form_server.ledger.tables.sources import EMPTY, SOURCE_CODE

_DAY = sa.String(10)

newsletter_issue = sa.Table(
    "newsletter_issue",
    metadata,
    sa.Column("id", ID, primary_key=True),
    # Their names, an entry on each line, the main one first.
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("readers", sa.Integer, nullable=False),
    sa.Column("sent_on", _DAY, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("language", CODE, nullable=False, server_default="en"),
    # Names, an entry on each line; empty for everybody.
    sa.Column("audiences", sa.Text, nullable=False, server_default=EMPTY),
    # What was mailed, once for all readers.
    sa.Column("subject", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("html", sa.Text, nullable=False, server_default=EMPTY),
    sa.Column("plain", sa.Text, nullable=False, server_default=EMPTY),
)

# The link that unsubscribes works for years, so a copy stays when its delivery has long been sent.
newsletter_copy = sa.Table(
    "newsletter_copy",
    metadata,
    sa.Column("delivery_id", ID, sa.ForeignKey("delivery.id"), primary_key=True),
    sa.Column("issue_id", ID, sa.ForeignKey("newsletter_issue.id"), nullable=False, index=True),
    sa.Column("address", sa.Text, nullable=False, index=True),
    sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("source_code", SOURCE_CODE, nullable=False),
)

# By address and not by person: whoever is taken in again from a list stays out.
unsubscribed = sa.Table(
    "unsubscribed",
    metadata,
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("at", MOMENT, nullable=False),
)
