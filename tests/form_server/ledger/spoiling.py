"""Rows spoiled past every check that the program has, as a failing disk or a hand in the database does."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from form_server.ledger import Ledger

FAR: Final = 2**62  # the year 148,000 and more


def spoil(ledger: Ledger, table: sa.Table, key: str, **values: Any) -> None:
    """SQLite takes a text for a number, too."""
    assigned = ", ".join(f"{name} = :{name}" for name in values)
    change = sa.text(f"UPDATE {table.name} SET {assigned} WHERE id = :key")
    with ledger._store.write() as connection:
        connection.execute(change, {**values, "key": key})
