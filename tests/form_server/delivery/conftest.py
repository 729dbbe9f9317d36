"""A real relay on loopback, a ledger in a file, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from form_server.ledger import Ledger
from tests.form_server.delivery.certificates import Certificate, make_certificate
from tests.form_server.delivery.things import NOON
from tests.postgres import postgres
from tests.smtp_faults import FaultySmtpServer
from tests.tables import lay_tables

__all__ = ["postgres"]


class MovableClock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer() as running:
        yield running


@pytest.fixture
def ledger(tmp_path: Path, clock: MovableClock) -> Iterator[Ledger]:
    lay_tables(tmp_path / "ledger.db")
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))
