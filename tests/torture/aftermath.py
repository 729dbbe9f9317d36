"""What a run is asked for, and all that it leaves to be judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from form_server.ledger import Ledger
from tests.house.server_process import ServerProcess
from tests.smtp_faults import FaultySmtpServer
from tests.torture.lives import Lives
from tests.torture.postings import Book
from tests.torture.weather import Weather

EMAIL = "nora@harborstreet.example"
"""The user whose passphrase opens everything."""


@dataclass(frozen=True)
class Order:
    """What to run; `database` is an address for HANDOFF_DATABASE_URL, or empty for SQLite."""

    referrals: int
    kills: int
    seed: int = 1
    clients: int = 4
    database: str = ""


@dataclass
class Aftermath:
    """All that the run leaves to be judged; the server is down and the mail server mended."""

    order: Order
    home: Path
    server: ServerProcess
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
        return Ledger.open(self.order.database or f"sqlite:///{self.server.var / 'handoff.db'}")
