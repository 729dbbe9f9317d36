"""What is sealed for a referral beside its envelope, wherever it stands.

Found in the tables themselves and listed nowhere: a table that begins to keep sealed words about a
referral is emptied by retention from its first day on, whether or not anybody thought of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.tables import metadata


@dataclass(frozen=True)
class SealedPart:
    """A table that has `referral_id`, and those of its columns that hold sealed words."""

    table: sa.Table
    columns: tuple[str, ...]

    @property
    def can_be_emptied(self) -> bool:
        """Whether its rows can stay without their words; else they go as a whole."""
        return all(self.table.c[name].nullable for name in self.columns)


def sealed_parts() -> tuple[SealedPart, ...]:
    """Binary columns hold what is sealed; those that end in `hash` are for comparing only."""
    parts = (
        SealedPart(table, tuple(column.name for column in table.c if _is_sealed(column)))
        for table in metadata.sorted_tables
        if "referral_id" in table.c
    )
    return tuple(part for part in parts if part.columns)


def wipe_parts(connection: Connection, referral_id: str) -> None:
    """Takes the words out of every row about the referral."""
    for part in reversed(sealed_parts()):
        about = part.table.c.referral_id == referral_id
        if part.can_be_emptied:
            emptied: dict[str, None] = dict.fromkeys(part.columns)
            connection.execute(part.table.update().where(about).values(emptied))
        else:
            connection.execute(part.table.delete().where(about))


def _is_sealed(column: sa.Column[object]) -> bool:
    is_binary = isinstance(column.type, sa.LargeBinary)
    return is_binary and not column.name.endswith("hash") and column.table.name != "audit"
