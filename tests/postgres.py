"""A PostgreSQL server of the tests' own: on a unix socket in a temporary folder, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from form_server.ledger import Ledger

_START_WITHIN_S = 30
_TABLES = "newest_tables"
_CARELESS = "-c fsync=off -c full_page_writes=off"
"""Towards the disk: the machine itself does not fail here."""
_FORGETFUL = f"{_CARELESS} -c synchronous_commit=off"
"""Towards a crash of the server as well."""
_SEND_AWAY = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


_RUNNING: Final[list[PostgresServer]] = []


@dataclass(frozen=True)
class Lent:
    """`setting_right` brings back the rows that were there when it was lent for the first time."""

    url: str
    setting_right: str


class PostgresServer:
    """A running server. What is new is for good; what is lent comes back, and is set right for the next.

    A database is some three hundred files: made, and unlinked at the end, they took most of the time.
    """

    def __init__(self, folder: Path, control: Callable[..., None]) -> None:
        self._folder = folder
        self._control = control
        self._numbers = count(1)
        self._has_tables = False
        self._spare: dict[str, list[Lent]] = defaultdict(list)

    def start(self) -> None:
        """Again after `crash`; it has put itself right when this returns."""
        self._control("start", "-t", str(_START_WITHIN_S))

    def crash(self) -> None:
        """Every connection is cut, and nothing is put in order first."""
        self._control("stop", "-m", "immediate")

    def new_database(self) -> str:
        """Its URL; no tables are in it."""
        return self._create(f"test_{next(self._numbers)}", "template1")

    def new_tables(self) -> str:
        """The URL of one with the newest tables, copied: migrating takes five times as long."""
        if not self._has_tables:
            with Ledger.open(self._create(_TABLES, "template1")) as ledger:
                ledger.migrate()
            self._has_tables = True
        return self._create(f"test_{next(self._numbers)}", _TABLES)

    @contextmanager
    def lend_tables(self) -> Iterator[str]:
        """The URL of one with the newest tables and nothing in them; inside, nobody else has it."""
        spare = self._spare[_TABLES]
        lent = spare.pop() if spare else self._lend(self.new_tables())
        yield lent.url
        spare.append(self._set_right(lent))

    @contextmanager
    def lend_copy(self, url: str) -> Iterator[str]:
        """The URL of a copy of that database, to which nobody may be connected."""
        template = sa.make_url(url).database
        assert template is not None
        spare = self._spare[template]
        lent = spare.pop() if spare else None
        if lent is None:
            lent = self._lend(self._create(f"test_{next(self._numbers)}", template))
        yield lent.url
        spare.append(self._set_right(lent))

    def _lend(self, url: str) -> Lent:
        """Puts the rows that are in it beside, in a schema that no query of ours looks at."""
        with self._connect(url) as connection:
            say = connection.exec_driver_sql
            tables = say("SELECT relname FROM pg_class WHERE relkind = 'r'"
                         " AND relnamespace = 'public'::regnamespace").scalars().all()  # fmt: skip
            filled = [one for one in tables if say(f"SELECT 1 FROM {one} LIMIT 1").first()]
            sequences = say("SELECT sequencename, last_value FROM pg_sequences").all()
            say("CREATE SCHEMA kept")
            for one in filled:
                say(f"CREATE TABLE kept.{one} AS TABLE {one}")
        steps = [
            "SET session_replication_role = replica",  # in any order: no key is looked after
            *(f"DELETE FROM {one}" for one in tables),
            *(f"INSERT INTO {one} SELECT * FROM kept.{one}" for one in filled),
            *(
                f"SELECT setval('{name}', {last or 1}, {last is not None})"
                for name, last in sequences
            ),
        ]
        return Lent(url, "; ".join(steps))

    def _set_right(self, lent: Lent) -> Lent:
        """Whoever is still connected, a process that was killed say, is sent away first."""
        with self._connect(lent.url) as connection:
            connection.exec_driver_sql(_SEND_AWAY)
            connection.exec_driver_sql(lent.setting_right)
        return lent

    def _create(self, name: str, template: str) -> str:
        with self._connect(self._url("postgres")) as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url(name)

    @contextmanager
    def _connect(self, url: str) -> Iterator[sa.Connection]:
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            yield connection

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://tester@/{database}?host={self._folder}"


def missing_for_postgres() -> str | None:
    """What keeps these tests from a PostgreSQL of their own, or None."""
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed"
    if _programs() is None:
        return "PostgreSQL's initdb is not installed"
    return None


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One for all: each place that imports the fixture has a fixture of its own, and the first starts it."""
    missing = missing_for_postgres()
    if missing is not None:
        pytest.skip(missing)
    if _RUNNING:
        yield _RUNNING[0]
        return
    with running_postgres() as server:
        _RUNNING.append(server)
        yield server  # fixtures end in the reverse order: nobody has it any more
        _RUNNING.clear()


@contextmanager
def running_postgres(
    *, survives_crashes: bool = False, keeps_to_the_disk: bool = False
) -> Iterator[PostgresServer]:
    """Starts in under a second, and does not care for the disk: its data is worth nothing.

    One that keeps to the disk commits as it would anywhere, for whoever measures.
    """
    programs = _programs()
    if programs is None:
        raise FileNotFoundError("initdb")
    # A short path: that of a unix socket has at most 104 bytes, and macOS's TMPDIR is long.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            **as_user,
        )

    data = str(folder / "data")
    care = _CARELESS if survives_crashes else _FORGETFUL
    if keeps_to_the_disk:
        care = ""
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {care}"

    def control(verb: str, *how: str) -> None:
        started = ("-l", str(folder / "log"), "-o", options) if verb == "start" else ()
        run("pg_ctl", "-D", data, "-w", *started, *how, verb)

    try:
        run("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        server = PostgresServer(folder, control)
        server.start()
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder with initdb and pg_ctl: on Debian it is not on the PATH."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    elsewhere = [
        *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin/initdb"),
    ]
    return max(elsewhere).parent if elsewhere else None
