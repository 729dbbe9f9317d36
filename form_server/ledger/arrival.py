"""A PostgreSQL into which a backup comes: empty before, whole afterwards, and served by nobody meanwhile.

A file is worked on beside its place and moved there. A database has no beside: a mark in it says that it
is not whole yet, is there before the first row, and goes after the last. Who opens it to serve asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.errors import DatabaseOccupied, RestoreUnfinished

_MARK: Final = "restore_under_way"
_LOCK: Final = 0x61727276  # any number of its own
_OWN_TABLES: Final = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend
                      WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
    ORDER BY relname
"""
"""Of the schema in which our tables are; what an extension brought is left out."""


@contextmanager
def arrival(store: Store) -> Iterator[None]:
    """Whatever is raised inside leaves an empty database; a kill leaves one that is not served.

    Raises DatabaseOccupied when it holds anything but what a restore left that was cut short.
    """
    with store.translated():
        connection = store.standing_connection()
    try:
        with store.translated():
            _begin(connection, store.shown)
        try:
            yield
        except BaseException:
            with suppress(Exception):  # where even that fails, the mark stays
                _clear(connection)
            raise
        with store.translated():
            connection.execute(f"DROP TABLE {_MARK}")
    finally:
        connection.close()  # and with it the lock


def require_arrived(store: Store) -> None:
    """Raises RestoreUnfinished while, and after, a restore that did not come to its end."""
    if store.is_sqlite:
        return
    with store.read() as connection:
        if sa.inspect(connection).has_table(_MARK):
            raise RestoreUnfinished(store.shown)


def _begin(connection: Any, shown: str) -> None:
    (is_free,) = connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
    found = [name for (name,) in connection.execute(_OWN_TABLES).fetchall()]
    if not is_free:
        raise DatabaseOccupied(shown, ["another restore"])
    if found and _MARK not in found:
        raise DatabaseOccupied(shown, found)
    _clear(connection)
    connection.execute(f"CREATE TABLE {_MARK} ()")


def _clear(connection: Any) -> None:
    """All at once, the mark too: it was empty before."""
    found = [name for (name,) in connection.execute(_OWN_TABLES).fetchall()]
    if found:
        names = ", ".join(f'"{name}"' for name in found)
        connection.execute(f"DROP TABLE {names} CASCADE")
