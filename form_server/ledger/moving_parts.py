"""What moves along with a referral: all that is sealed for it beside its envelope.

Every such row is bound to the part `table:key` (`vault.Binding`), so that whoever moves the referral
can seal it anew without knowing what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.sealed_parts import sealed_parts
from form_server.ledger.tables import delivery


def read_parts(connection: Connection, referral_id: str) -> dict[str, bytes]:
    """What is sealed for one referral, by the part that it is bound to."""
    found: dict[str, bytes] = {}
    for table, key, column in _columns():
        query = sa.select(key, column).where(
            table.c.referral_id == referral_id, column.is_not(None)
        )
        for row_key, sealed in connection.execute(query):
            found[f"{table.name}:{row_key}"] = sealed
    return found


def replace_parts(connection: Connection, parts: Mapping[str, bytes]) -> None:
    """Puts other bytes in their places; `parts` as `read_parts` names them."""
    columns = {table.name: (table, key, column) for table, key, column in _columns()}
    for part, sealed in parts.items():
        name, _, row_key = part.partition(":")
        table, key, column = columns[name]
        connection.execute(table.update().where(key == row_key).values({column.name: sealed}))


def _columns() -> Iterator[tuple[sa.Table, sa.Column[str], sa.Column[bytes]]]:
    """Table, key and sealed column; what waits to go out is sealed to the server, and stays."""
    for part in sealed_parts():
        if part.table is delivery:
            continue
        (key,) = part.table.primary_key.columns
        (name,) = part.columns
        yield part.table, key, part.table.c[name]
