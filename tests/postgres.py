"""A PostgreSQL server of the tests' own: on a unix socket in a temporary folder, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from form_server.ledger import Ledger

_START_WITHIN_S = 30
_TABLES = "newest_tables"
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class PostgresServer:
    """A running server; every database it hands out is new, and nothing is in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._has_tables = False

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

    def new_copy(self, url: str) -> str:
        """The URL of a copy of that database, to which nobody may be connected."""
        template = sa.make_url(url).database
        assert template is not None
        return self._create(f"test_{next(self._numbers)}", template)

    def _create(self, name: str, template: str) -> str:
        engine = sa.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        engine.dispose()
        return self._url(name)

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
    missing = missing_for_postgres()
    if missing is not None:
        pytest.skip(missing)
    with running_postgres() as server:
        yield server


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Starts in under a second, and does not care for the disk: its data is worth nothing."""
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
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {_FAST}"
    try:
        run("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        run(
            "pg_ctl", "-D", data, "-w", "-t", str(_START_WITHIN_S),
            "-l", str(folder / "log"), "-o", options, "start",
        )  # fmt: skip
        try:
            yield PostgresServer(folder)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
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
