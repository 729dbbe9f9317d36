"""What a run is asked for, and all that it leaves to be judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from form_server.ledger import Ledger
from tests.house.server_process import ServerProcess
from tests.postgres import PostgresServer
from tests.smtp_faults import FaultySmtpServer
from tests.torture.fleet import Fleet
from tests.torture.lives import Lives
from tests.torture.postings import Book
from tests.torture.weather import Weather

EMAIL = "nora@harborstreet.example"
"""The user whose passphrase opens everything."""


@dataclass(frozen=True)
class Order:
    """What to run; `postgres` is the server to use, None for SQLite, which has one process.

    Of the `kills`, so many `outages` are PostgreSQL's own, and some are one worker's alone.
    """

    referrals: int
    kills: int
    seed: int = 1
    clients: int = 4
    postgres: PostgresServer | None = None
    webs: int = 1
    workers: int = 0
    outages: int = 0


@dataclass
class Aftermath:
    """All that the run leaves to be judged; the server is down and the mail server mended."""

    order: Order
    home: Path
    database: str
    """The ledger's address."""
    server: ServerProcess
    fleet: Fleet
    """The server and whoever works beside it."""
    relay: FaultySmtpServer
    weather: Weather
    lives: Lives
    book: Book
    leaks: list[str] = field(default_factory=list)
    """Files in which a patient's marker was read, at any time."""
    stuck: dict[str, str] = field(default_factory=dict)
    """Deliveries that were stuck when the weather cleared: their id and address."""
    undelivered: int = 0
    """Deliveries still due when patience ended."""
    bad_exits: list[int] = field(default_factory=list)

    def open_ledger(self) -> Ledger:
        return Ledger.open(self.database)
