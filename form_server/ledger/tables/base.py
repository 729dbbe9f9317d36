"""What every table stands on: naming, column types, and the conditions of partial indexes."""

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

ID = sa.String(40)
CODE = sa.String(32)
MOMENT = sa.BigInteger
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # only INTEGER counts by itself

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
ABOUT_A_QUESTION = sa.text("question_id IS NOT NULL")
