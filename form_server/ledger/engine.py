"""One store under the ledger: its engine, the single writer, the wake-up, and how errors leave it.

SQLite has one writer at a time. Within a process a plain lock queues the writers, because SQLite's
own busy handler sleeps while it waits; between processes BEGIN IMMEDIATE and a busy timeout do.
PostgreSQL needs neither, and the lock stands open there.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler

from form_server.ledger.errors import LedgerUnavailable, translated

_BUSY_MS = 10_000
_WRITER_WAIT_S = 15.0  # longer than the busy timeout, so that the store's own word comes first
_PRAGMAS = (
    f"busy_timeout={_BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit is on the disk before the office is answered
    "fullfsync=ON",  # macOS: through the drive's own cache as well; elsewhere without effect
    "checkpoint_fullfsync=ON",
    "secure_delete=ON",
    "foreign_keys=ON",
)
_BEGIN = "sqlite_begin"


class Store:
    """A database and the manners of using it; `wake` is set when rows fell due."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self.shown = self._url.render_as_string(hide_password=True)
        self.wake = threading.Event()
        self._writer = threading.Lock()
        if self.is_sqlite:
            _prepare_file(self._url.database, self.shown)
        self.engine = _engine(self._url, self.is_sqlite)
        self._writing = self.engine.execution_options(**{_BEGIN: "IMMEDIATE"})
        self._driver = self.engine.dialect.loaded_dbapi

    @property
    def broken_constraint(self) -> type[Exception]:
        """What the bare driver raises when a row breaks a rule of its table."""
        return self._driver.IntegrityError

    def close(self) -> None:
        self.engine.dispose()

    def translated(self) -> AbstractContextManager[None]:
        """LedgerUnavailable for whatever the driver says when the store fails."""
        return translated(self.shown, self._driver)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; never waits for the writer on either store."""
        with self.translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that is committed at the end, or leaves nothing behind."""
        with self.translated(), self._only_writer(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def write_bare(self) -> Iterator[DBAPICursor]:
        """Like `write`, on the driver's own cursor: for statements compiled ahead of time."""
        with self.translated(), self._only_writer():
            connection = self.engine.raw_connection()
            try:
                cursor = connection.cursor()
                if self.is_sqlite:
                    cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                connection.close()

    @contextmanager
    def read_bare(self) -> Iterator[DBAPICursor]:
        """The driver's own cursor for one quick look; what it starts is rolled back."""
        with self.translated():
            connection = self.engine.raw_connection()
            try:
                yield connection.cursor()
            finally:
                connection.close()

    def outside_transaction(self, sql: str) -> None:
        """Runs what SQLite refuses inside a transaction, such as a checkpoint."""
        with self._only_writer(), self.read_bare() as cursor:
            cursor.execute(sql)
            cursor.fetchall()

    def _only_writer(self) -> AbstractContextManager[None]:
        return self._queue_for_writing() if self.is_sqlite else nullcontext()

    @contextmanager
    def _queue_for_writing(self) -> Iterator[None]:
        if not self._writer.acquire(timeout=_WRITER_WAIT_S):
            raise LedgerUnavailable(
                self.shown, f"another thread has been writing for {_WRITER_WAIT_S:.0f} seconds"
            )
        try:
            yield
        finally:
            self._writer.release()


class Compiled:
    """A statement compiled once for a store, run on the bare driver's cursor.

    `parameters` are the names that a run passes, each time all of them. No column type converts
    anything on this way, so a statement that would need it is refused here.
    """

    def __init__(
        self, store: Store, statement: sa.ClauseElement, parameters: tuple[str, ...]
    ) -> None:
        dialect = store.engine.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(parameters))
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only statements on rows can be run ahead of time")
        for name, bind in compiled.binds.items():
            if not isinstance(bind.type, sa.String | sa.Integer | sa.LargeBinary):
                raise TypeError(f"{name} is {bind.type!r}, which the bare driver does not convert")
        self._sql = str(compiled)
        # Literals of the statement itself (a limit, a state) are parameters too.
        self._fixed = {k: v for k, v in compiled.params.items() if k not in parameters}

    def run(self, cursor: DBAPICursor, values: Mapping[str, object]) -> None:
        cursor.execute(self._sql, {**self._fixed, **values} if self._fixed else values)

    def run_many(self, cursor: DBAPICursor, rows: list[dict[str, object]]) -> None:
        if len(rows) == 1:
            self.run(cursor, rows[0])
        elif rows:
            cursor.executemany(self._sql, [{**self._fixed, **row} for row in rows])


def _engine(url: sa.URL, is_sqlite: bool) -> Engine:
    # "named" lets prepared SQL take mappings on SQLite as it does on PostgreSQL.
    style: dict[str, Any] = {"paramstyle": "named"} if is_sqlite else {"pool_pre_ping": True}
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=8,
        max_overflow=24,
        pool_timeout=_WRITER_WAIT_S,
        **style,
    )
    if is_sqlite:
        event.listen(engine, "connect", _set_up_connection)
        event.listen(engine, "begin", _begin)
    return engine


def _set_up_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor: DBAPICursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get(_BEGIN, "DEFERRED")
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
