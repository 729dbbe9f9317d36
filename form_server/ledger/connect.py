"""From a database's URL to connections that keep what they are given."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from form_server.ledger.errors import LedgerUnavailable
from outreach_kit.errors import UsageError

BEGIN = "sqlite_begin"  # execution option: how a transaction begins on SQLite
_BUSY_MS = 10_000
_POOL_WAIT_S = 15.0
_PRAGMAS = (
    "page_size=2048",  # of a new file: an accepted referral touches twenty pages and fills none
    f"busy_timeout={_BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit is on the disk before the office is answered
    "fullfsync=ON",  # macOS: through the drive's own cache as well; elsewhere without effect
    "checkpoint_fullfsync=ON",
    "secure_delete=ON",
    "foreign_keys=ON",
)


def parse_url(text: str) -> sa.URL:
    """SQLite or PostgreSQL (by psycopg, however it is written); raises UsageError."""
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise UsageError(
            "The database's address cannot be read: write HANDOFF_DATABASE_URL as "
            "sqlite:////path/to/ledger.db or postgresql://user@host/database."
        ) from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise UsageError(
            f"HANDOFF_DATABASE_URL asks for {backend}: the ledger keeps to SQLite and PostgreSQL."
        )
    return url


def sqlite_file(text: str) -> Path | None:
    """The file of a SQLite address; None for PostgreSQL. Raises UsageError."""
    url = parse_url(text)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


@dataclass(frozen=True)
class ToolAddress:
    """A PostgreSQL as its own programs are told of it; `words` may be seen by everybody."""

    words: str
    password: str = field(repr=False)


_SECRETS: Final = ("password", "sslpassword")


def tool_address(text: str) -> ToolAddress:
    """Of a PostgreSQL URL. Raises UsageError when psycopg is missing."""
    engine = make_engine(parse_url(text))
    _, said = engine.dialect.create_connect_args(engine.url)
    from psycopg import pq  # late: it is there with PostgreSQL alone
    from psycopg.conninfo import make_conninfo

    known = {one.keyword.decode() for one in pq.Conninfo.get_defaults()}.difference(_SECRETS)
    words = {name: value for name, value in said.items() if name in known}
    return ToolAddress(make_conninfo(**words), str(said.get("password", "")))


def make_engine(url: sa.URL) -> Engine:
    """A pool of connections, opened when first used; a new SQLite file is made for its owner only.

    Raises LedgerUnavailable when the file cannot be, UsageError when psycopg is missing.
    """
    # Values stay out of errors, and so out of logs.
    always: dict[str, Any] = {
        "hide_parameters": True, "pool_size": 8, "max_overflow": 24, "pool_timeout": _POOL_WAIT_S,
    }  # fmt: skip
    if url.get_backend_name() != "sqlite":
        try:
            return sa.create_engine(url, pool_pre_ping=True, **always)
        except ModuleNotFoundError as error:
            raise UsageError(
                "PostgreSQL needs psycopg, which is not installed: run "
                "`pip install --require-hashes -r requirements-postgres.txt`."
            ) from error
    _prepare_file(url.database, url.render_as_string())
    engine = sa.create_engine(url, **always)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    # One bit that flips in a text makes it no UTF-8. Such a row is read all the same, with a mark in
    # the place: else it would fail every list that it stands on, and every claim of the rows beside it.
    connection.text_factory = _decode
    cursor: DBAPICursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get(BEGIN, "DEFERRED")
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"BEGIN {how}")


def _prepare_file(database: str | None, shown: str) -> None:
    """The file for its owner's eyes only; SQLite gives its -wal and -shm the same rights."""
    if not database or database == ":memory:":
        raise LedgerUnavailable(shown, "a ledger in memory would lose what it accepts")
    path = Path(database)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise LedgerUnavailable(shown, error.strerror or "its file cannot be opened") from error
