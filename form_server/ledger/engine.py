"""One store under the ledger: its engine, the single writer, the wake-up, and how errors leave it.

SQLite has one writer at a time. Within a process a plain lock queues the writers, because SQLite's
own busy handler sleeps while it waits; between processes BEGIN IMMEDIATE and a busy timeout do.
PostgreSQL needs neither, and the lock stands open there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.pool import PoolProxiedConnection

from form_server.ledger.connect import BEGIN, make_engine, parse_url
from form_server.ledger.errors import LedgerUnavailable, outage
from form_server.ledger.same_files import GONE, SameFiles
from form_server.ledger.waking import WakeUp

_WRITER_WAIT_S = 15.0  # longer than the busy timeout, so that the store's own word comes first


class Store:
    """A database and the manners of using it; `wake` is set when rows fell due.

    With a `snapshot` of PostgreSQL's, what is read is as of that moment, for as long as it is held. By
    `name` its connections are known there.
    """

    def __init__(self, url: str, *, snapshot: str = "", name: str = "") -> None:
        address = parse_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.shown = address.render_as_string(hide_password=True)
        self.wake = WakeUp()
        self._writer = threading.Lock()
        if name and not self.is_sqlite:
            address = address.update_query_dict({"application_name": name})
        self.engine = make_engine(address)
        if snapshot:
            event.listen(self.engine, "begin", lambda one: _look_back(one, snapshot))
        one_view = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reading = self.engine.execution_options(**one_view)
        self._writing = self.engine.execution_options(**{BEGIN: "IMMEDIATE"})
        self._driver = self.engine.dialect.loaded_dbapi
        self._files = SameFiles(Path(address.database or "")) if self.is_sqlite else None
        self._kept: PoolProxiedConnection | None = None
        self._cursor: DBAPICursor | None = None

    @property
    def broken_constraint(self) -> type[Exception]:
        """What the bare driver raises when a row breaks a rule of its table."""
        return self._driver.IntegrityError

    def close(self) -> None:
        with self._only_writer():
            self._give_back()
        self.engine.dispose()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """LedgerUnavailable for whatever the driver says when the store fails."""
        try:
            yield
        except Exception as error:
            self._raise_if_outage(error)
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; never waits for the writer on either store."""
        with self.translated(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that is committed at the end, or leaves nothing behind."""
        with self.translated(), self._only_writer():
            self._stand_on_the_same_files()
            with self._writing.begin() as connection:
                yield connection

    def write_bare(self, *, lasting: bool = True) -> AbstractContextManager[DBAPICursor]:
        """Like `write`, on the driver's own cursor: for statements compiled ahead of time.

        On SQLite, what is not `lasting` survives the process, and a power cut only once a later
        commit or a checkpoint has reached the disk: it spares the office behind it that wait.
        """
        return self._write_bare_here(lasting) if self.is_sqlite else self._write_bare_there()

    @contextmanager
    def _write_bare_here(self, lasting: bool) -> Iterator[DBAPICursor]:
        self._take_turn()
        try:
            self._stand_on_the_same_files()
            try:
                cursor = self._cursor or self._keep()
                if not lasting:
                    cursor.execute("PRAGMA synchronous=NORMAL")
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
                if not lasting:
                    cursor.execute("PRAGMA synchronous=FULL")
            except BaseException as error:
                self._give_back()
                self._raise_if_outage(error)
                raise
        finally:
            self._writer.release()

    def _keep(self) -> DBAPICursor:
        # A connection is kept for these writes: nobody else can use it while one of them runs,
        # and taking it from the pool each time costs as much as three inserts. One for all of
        # them, because what another one writes empties its cache of pages.
        kept = self._kept = self.engine.raw_connection()
        kept.detach()  # never back to the pool: it may end between NORMAL and FULL
        cursor = self._cursor = kept.cursor()
        if self._files is not None:
            self._files.note_log()
        return cursor

    def _stand_on_the_same_files(self) -> None:
        """To be called by the writer before it begins. Raises LedgerUnavailable."""
        files = self._files
        if files is None or (files.has_database() and files.has_log()):
            return
        if not files.has_database():
            raise LedgerUnavailable(self.shown, GONE)
        self._save_log()

    def _save_log(self) -> None:
        """The log alone was deleted: what it holds goes into the database while it is still open."""
        with self.translated():
            if self._cursor is not None:
                self._cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                was_held_up, *_ = self._cursor.fetchone() or (1,)
                if was_held_up:
                    raise LedgerUnavailable(self.shown, "its log was deleted while it was read")
            self._give_back()
            self.engine.dispose()

    @contextmanager
    def _write_bare_there(self) -> Iterator[DBAPICursor]:
        with self.translated():
            connection = self.engine.raw_connection()
            try:
                yield connection.cursor()
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

    def standing_connection(self) -> Any:
        """PostgreSQL's own driver's connection, kept apart from the pool and outside transactions.

        Whoever asked closes it. Raises LedgerUnavailable.
        """
        dialect = self.engine.dialect
        with self.translated():
            places, names = dialect.create_connect_args(self.engine.url)
            connection: Any = dialect.connect(*places, **names)
            connection.autocommit = True  # an open transaction would hold back the vacuum
            return connection

    def outside_transaction(self, sql: str) -> tuple[object, ...] | None:
        """Runs what SQLite refuses inside a transaction, such as a checkpoint; its first row.

        It does not wait for a long reader: the writers behind it would wait too.
        """
        with self._only_writer(), self.read_bare() as cursor:
            (usual_ms,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                rows = cursor.execute(sql).fetchall()
                return rows[0] if rows else None
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(usual_ms)}")

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            self._writer.release()

    def _take_turn(self) -> None:
        if not self._writer.acquire(timeout=_WRITER_WAIT_S):
            reason = f"another thread has been writing for {_WRITER_WAIT_S:.0f} seconds"
            raise LedgerUnavailable(self.shown, reason)

    def _give_back(self) -> None:
        """The kept connection goes, and with it what it had begun."""
        kept, self._kept, self._cursor = self._kept, None, None
        if self._files is not None:
            self._files.forget_log()
        if kept is not None:
            kept.close()

    def _raise_if_outage(self, error: BaseException) -> None:
        unavailable = outage(error, self.shown, self._driver)
        if unavailable is not None:
            raise unavailable from error


def _look_back(connection: Connection, snapshot: str) -> None:
    connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
