"""A house on each store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.founding import found
from form_server.keys import open_user
from form_server.ledger import Ledger
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.form_server.keys.house import OWNER, House, MovableClock
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def house(url: str) -> Iterator[House]:
    clock = MovableClock()
    with Ledger.open(url, clock=clock) as ledger:
        ledger.migrate()
        practice = load_practice(SAMPLE_PRACTICE)
        founding = found(ledger, practice, name="Nora Ellison", email=OWNER)
        owner = open_user(ledger, OWNER, founding.passphrase)
        yield House(ledger, founding, clock, owner)
