"""A SQLite ledger copied into an empty PostgreSQL, and read back row by row before it counts.

Nothing is opened: what is sealed moves as it lies. All of it is one transaction, so that a move that
fails leaves an empty database behind, and a ledger that is still whole.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form_server.ledger.engine import Store
from form_server.ledger.errors import MoveRefused
from form_server.ledger.meta import put_meta
from form_server.ledger.migrate import migrate, require_current
from form_server.ledger.tables import audit, meta, metadata

MOVED_TO = "moved_to"
"""In meta, of a ledger that was moved: where it is now."""
_BATCH = 500


def move_ledger(
    source_url: str, target_url: str, tell: Callable[[str, int], None] = lambda _table, _rows: None
) -> int:
    """How many rows were moved; `tell` hears each table with its rows.

    The source says afterwards where it went, and is served no more. Raises LedgerUnavailable,
    SchemaMismatch (the source's tables are not this version's) and MoveRefused.
    """
    source, target = Store(source_url), Store(target_url)
    try:
        if not source.is_sqlite or target.is_sqlite:
            raise MoveRefused("A ledger moves from SQLite to PostgreSQL, and no other way.")
        require_current(source)
        migrate(target)
        with source.read() as here, target.write() as there:
            _require_empty(there, target.shown)
            rows = sum(_move_table(table, here, there, tell) for table in metadata.sorted_tables)
            _go_on_counting(there)
        with source.write() as connection:
            put_meta(connection, MOVED_TO, target.shown)
        return rows
    finally:
        source.close()
        target.close()


def _require_empty(there: Connection, shown: str) -> None:
    there.execute(meta.delete())  # the tables' own notes; the source brings its own
    for table in metadata.sorted_tables:
        if there.scalar(sa.select(sa.func.count()).select_from(table)):
            raise MoveRefused(
                f"{shown} holds a ledger already ({table.name} has rows), and a move never writes "
                "over one. Make a new database, and set HANDOFF_DATABASE_URL to that."
            )


def _move_table(
    table: sa.Table, here: Connection, there: Connection, tell: Callable[[str, int], None]
) -> int:
    count = 0
    for batch in _rows(here, table).mappings().partitions(_BATCH):
        there.execute(table.insert(), [dict(row) for row in batch])
        count += len(batch)
    with _rows(here, table) as read, _rows(there, table) as written:
        for mine, yours in zip_longest(read, written):
            if mine is None or yours is None or _plain(mine) != _plain(yours):
                raise MoveRefused(
                    f"A row of {table.name} reads differently after it was copied. Nothing was "
                    "moved; please report this."
                )
    tell(table.name, count)
    return count


def _rows(connection: Connection, table: sa.Table) -> sa.engine.CursorResult[tuple[object, ...]]:
    """In the order of their keys, which is that of their bytes on both stores."""
    is_postgresql = connection.dialect.name == "postgresql"
    keys = [
        key.collate("C") if is_postgresql and isinstance(key.type, sa.String) else key
        for key in table.primary_key
    ]
    return connection.execute(
        sa.select(table).order_by(*keys), execution_options={"yield_per": _BATCH}
    )


def _plain(row: Row[tuple[object, ...]]) -> tuple[object, ...]:
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)


def _go_on_counting(there: Connection) -> None:
    """What counts by itself goes on behind the last number that was given."""
    last = there.scalar(sa.select(sa.func.max(audit.c.id)))
    if last is not None:
        sequence = sa.func.pg_get_serial_sequence(audit.name, audit.c.id.name)
        there.execute(sa.select(sa.func.setval(sequence, last)))
