"""A real relay on loopback, a ledger in a file, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.ledger import Ledger
from tests.form_server.delivery.bench import Bench, MovableClock, Saboteur
from tests.form_server.delivery.certificates import Certificate, make_certificate
from tests.postgres import postgres
from tests.smtp_faults import FaultySmtpServer
from tests.tables import lay_tables

__all__ = ["postgres"]


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


@pytest.fixture
def bench(ledger: Ledger, clock: MovableClock) -> Bench:
    return Bench(ledger, clock)


@pytest.fixture
def saboteur(ledger: Ledger, tmp_path: Path) -> Saboteur:
    return Saboteur(tmp_path / "ledger.db")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))
