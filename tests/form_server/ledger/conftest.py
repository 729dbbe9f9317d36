"""A migrated ledger on each store, with an inbox, a user and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from form_server.ledger import Ledger, Question
from tests.form_server.ledger.asking import a_question, take_in
from tests.form_server.ledger.things import establish
from tests.postgres import PostgresServer, postgres
from tests.tables import lay_tables

__all__ = ["postgres"]


class MovableClock:
    """A clock that stands still until the test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store without tables; each test runs once per store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a store with the newest tables; each test runs once per store."""
    if request.param == "sqlite":
        lay_tables(tmp_path / "ledger.db")
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.lend_tables() as lent:
        yield lent


@pytest.fixture
def ledger(url: str, clock: MovableClock) -> Iterator[Ledger]:
    with Ledger.open(url, clock=clock) as opened:
        establish(opened)
        yield opened


@pytest.fixture
def sqlite_ledger(sqlite_url: str, clock: MovableClock) -> Iterator[Ledger]:
    lay_tables(Path(sqlite_url.removeprefix("sqlite:///")))
    with Ledger.open(sqlite_url, clock=clock) as opened:
        establish(opened)
        yield opened


@pytest.fixture
def asked(ledger: Ledger) -> Question:
    return take_in(ledger, a_question())
