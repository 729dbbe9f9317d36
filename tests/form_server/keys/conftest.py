"""A house on each store; founded once, because drawing keys from words is slow by design."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from form_server.founding import Founding, found
from form_server.keys import Keyholder, open_user
from form_server.ledger import Ledger
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.form_server.keys.house import OWNER, House, MovableClock
from tests.postgres import PostgresServer, postgres
from tests.tables import lay_tables

__all__ = ["postgres"]


@dataclass(frozen=True)
class Ground:
    """A founded store that nobody writes to."""

    url: str
    founding: Founding
    owner: Keyholder


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    if request.param == "sqlite":
        database = tmp_path_factory.mktemp("ground") / "ledger.db"
        lay_tables(database)
        url = f"sqlite:///{database}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.new_tables()
    practice = load_practice(SAMPLE_PRACTICE)
    with Ledger.open(url, clock=MovableClock()) as ledger:
        founding = found(ledger, practice, name="Nora Ellison", email=OWNER)
        owner = open_user(ledger, OWNER, founding.passphrase)
        ledger.truncate_wal()
    return Ground(url, founding, owner)


@pytest.fixture
def house(ground: Ground, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Built on a copy of the ground."""
    if ground.url.startswith("sqlite"):
        copy = tmp_path / "ledger.db"
        copy.write_bytes(Path(ground.url.removeprefix("sqlite:///")).read_bytes())
        lending: AbstractContextManager[str] = nullcontext(f"sqlite:///{copy}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        lending = server.lend_copy(ground.url)
    clock = MovableClock()
    with lending as url, Ledger.open(url, clock=clock) as ledger:
        yield House(ledger, ground.founding, clock, ground.owner)
