"""Ledgers of earlier versions: the tables of any revision, and a row in each that is like no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from form_server.ledger import migrate as migrating

Row = dict[str, object]
_VERSION: Final = migrating.VERSION_TABLE


def revisions() -> list[str]:
    """From the first to the newest."""
    scripts = ScriptDirectory(str(migrating._SCRIPTS))
    return [one.revision for one in scripts.walk_revisions()][::-1]


def go_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating._SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def shape_of(connection: Connection) -> str:
    """A digest of SQLite's tables and indexes as they are now, however they were written down."""
    say = connection.exec_driver_sql
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {
        name: {
            "columns": sorted(tuple(row[1:]) for row in say(f"PRAGMA table_info('{name}')")),
            "keys": sorted(tuple(row[2:5]) for row in say(f"PRAGMA foreign_key_list('{name}')")),
            "indexes": sorted(
                (row[1], row[2], row[4], [tuple(one[1:3]) for one in say(f"PRAGMA index_info('{row[1]}')")])
                for row in say(f"PRAGMA index_list('{name}')")
                if not row[1].startswith("sqlite_")
            ),
        }
        for (name,) in say(names).all()
        if name != _VERSION
    }  # fmt: skip
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Kept:
    """What was written into one table, to be found again by its key."""

    table: str
    key: Row
    row: Row


class Filler:
    """Writes a row into every table there is, each time with other values."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def fill(self, connection: Connection) -> Iterator[Kept]:
        found = sa.MetaData()
        found.reflect(connection)
        written: dict[str, Row] = {}
        for table in found.sorted_tables:
            if table.name == _VERSION:
                continue
            row = written[table.name] = self._row(table, written)
            connection.execute(table.insert(), row)
            key = {column.name: row[column.name] for column in table.primary_key}
            yield Kept(table.name, key, row)

    def _row(self, table: sa.Table, written: Mapping[str, Row]) -> Row:
        row: Row = {}
        for column in table.columns:
            target = next(iter(column.foreign_keys), None)
            if target is not None:
                # Of this round; one that points to what is not written yet stays empty.
                other = written.get(target.column.table.name, {})
                row[column.name] = other.get(target.column.name)
            else:
                row[column.name] = self._value(table, column)
        return row

    def _value(self, table: sa.Table, column: sa.Column[Any]) -> object:
        number = next(self._numbers)
        if isinstance(column.type, sa.Boolean):
            return bool(number % 2)
        if isinstance(column.type, sa.Integer):
            return number
        if isinstance(column.type, sa.LargeBinary):
            return f"{table.name}.{column.name}".encode() + number.to_bytes(4)
        if isinstance(column.type, sa.Float | sa.Numeric):
            return number / 2
        length = getattr(column.type, "length", None)
        return f"{number} é {table.name}.{column.name}"[:length]


def lost(connection: Connection, kept: list[Kept]) -> list[str]:
    """Tables in which a row is gone, or holds anything else than was written."""
    found = sa.MetaData()
    found.reflect(connection)
    return [one.table for one in kept if not _is_there(connection, found.tables[one.table], one)]


def _is_there(connection: Connection, table: sa.Table, kept: Kept) -> bool:
    same = (table.c[name] == value for name, value in kept.key.items())
    row = connection.execute(sa.select(table).where(*same)).mappings().first()
    return row is not None and all(_plain(row[name]) == one for name, one in kept.row.items())


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
