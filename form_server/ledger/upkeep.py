"""The ledger as a thing to look after: is it whole, what does it hold, and a copy of it.

A copy is the store's own, of one moment, while others write: by SQLite itself, or by PostgreSQL's
programs as of a moment that is held here. What lives for hours only is not in it: fingerprints of what
was sent, sessions, failed sign-ins.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.errors import LedgerUnavailable
from form_server.ledger.gauges import Gauges, read_gauges
from form_server.ledger.migrate import VERSION_TABLE, found_revision
from form_server.ledger.spoiled import Spoiled, find_spoiled
from form_server.ledger.tables import (
    fingerprint,
    metadata,
    session,
    sign_in_failure,
    sign_in_step,
)
from form_server.ledger.vital_signs import VitalSigns, read_vital_signs

_SHORT_LIVED: Final = (fingerprint, session, sign_in_failure, sign_in_step)


@dataclass(frozen=True)
class Moment:
    """What PostgreSQL holds, as `snapshot` names it to other connections; lists of table names."""

    snapshot: str
    tables: tuple[str, ...]
    short_lived: tuple[str, ...]


class Upkeep:
    """For commands beside the server; nothing here is on the way of a referral."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def revision(self) -> str | None:
        """What the tables say they are; None for a database without tables."""
        with self._store.read() as connection:
            return found_revision(connection)

    def row_counts(self) -> Mapping[str, int]:
        """Rows by table, of one moment; tables that are not there are left out."""
        with self._store.read() as connection:
            there = set(sa.inspect(connection).get_table_names())
            return {
                table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables
                if table.name in there
            }

    def vital_signs(self) -> VitalSigns:
        with self._store.read() as connection:
            return read_vital_signs(connection)

    def gauges(self, now: datetime) -> Gauges:
        with self._store.read() as connection:
            return read_gauges(connection, now)

    def find_damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with its file, a line each; PostgreSQL looks after its own."""
        if not self._store.is_sqlite:
            return ()
        with self._store.read_bare() as cursor:
            return _damage(cursor.execute("PRAGMA quick_check(20)").fetchall())

    def find_spoiled(self) -> tuple[Spoiled, ...]:
        """Rows that mean nothing in places, although the file holds together."""
        with self._store.read() as connection:
            return find_spoiled(connection)

    def server_version(self) -> int:
        """PostgreSQL's major version."""
        with self._store.read() as connection:
            return int(connection.scalar(sa.text("SHOW server_version_num")) or 0) // 10_000

    @contextmanager
    def hold_moment(self) -> Iterator[Moment]:
        """Of PostgreSQL, while others go on writing: all that asks for it sees the same rows."""
        with self._store.read() as connection:
            connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            there = set(sa.inspect(connection).get_table_names())
            tables = (VERSION_TABLE, *(one.name for one in metadata.sorted_tables))
            yield Moment(
                str(connection.scalar(sa.select(sa.func.pg_export_snapshot()))),
                tuple(name for name in tables if name in there),
                tuple(table.name for table in _SHORT_LIVED),
            )

    def copy_to(self, target: Path) -> None:
        """A whole database of one moment in `target`, a new file of mode 0600, on the disk.

        Of SQLite. Raises LedgerUnavailable when it cannot be made or does not hold together.
        """
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with self._store.read_bare() as cursor:
            # Read in one transaction, so writers go on; without the free pages, so without the
            # remains of what was deleted.
            cursor.execute("VACUUM INTO ?", (str(target),))
        try:
            with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy:
                _strip(copy)
                damage = _damage(copy.execute("PRAGMA integrity_check(20)").fetchall())
        except sqlite3.DatabaseError as error:
            raise LedgerUnavailable(str(target), str(error)) from error
        if damage:
            raise LedgerUnavailable(self._store.shown, f"a copy of it is damaged: {damage[0]}")
        _sync(target)


def _strip(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    for table in _SHORT_LIVED:
        copy.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own table names
    copy.execute("VACUUM")  # a deleted row's bytes would stay in its page


def _damage(rows: list[tuple[str]]) -> tuple[str, ...]:
    return tuple(text for (text,) in rows if text != "ok")


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
