"""A lane over a real ledger, with a channel, a clock and a disaster that do as the test tells them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from form_server.delivery import Again, Concern, Outcome, Sent
from form_server.delivery.ending import Ending
from form_server.delivery.lane import Lane, OpenParcel, Surroundings
from form_server.ledger import Channel as Way
from form_server.ledger import Claimed, DeliveryKind, DeliveryState, Ledger, NewDelivery
from form_server.parcels import Parcel
from tests.form_server.delivery.things import NOON, not_sealed

ONCE = DeliveryKind.ACKNOWLEDGEMENT
REPEATED = DeliveryKind.NOTICE
BLOCKED = Again("The relay is gone.", Concern.CHANNEL)


class MovableClock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class ScriptedChannel:
    """Answers as told, per delivery or for all, and remembers what it was given."""

    def __init__(self) -> None:
        self.answers: dict[str, Outcome | Exception] = {}
        self.usual: Outcome | Exception = Sent()
        self.given: list[str] = []
        self.before: Callable[[Claimed], None] = lambda _: None
        self.after: Callable[[Claimed], None] = lambda _: None

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        self.before(delivery)
        begin()
        self.given.append(delivery.id)
        self.after(delivery)
        answer = self.answers.get(delivery.id, self.usual)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def rest(self) -> None: ...
    def close(self) -> None: ...


class Bench:
    """A lane over a real ledger, with a channel that does as it is told."""

    def __init__(self, ledger: Ledger, clock: MovableClock) -> None:
        self.ledger = ledger
        self.clock = clock
        self.seconds = 0.0
        self.channel = ScriptedChannel()
        self.open_parcel: OpenParcel = not_sealed
        self.ending = Ending(lambda: self.seconds)
        self.lane = Lane(
            Way.EMAIL,
            self.channel,
            ledger.queue,
            lambda sealed, delivery_id: self.open_parcel(sealed, delivery_id),
            ledger.idle_lanes.add(Way.EMAIL, "boot-1/email", threading.Event()),
            Surroundings(clock, lambda: self.seconds, lambda: 0.5),
        )

    def add(self, *deliveries: NewDelivery) -> list[str]:
        self.ledger.queue.add(deliveries)
        return [one.id for one in deliveries]

    def sweep(self) -> int:
        return self.lane.sweep(self.ending, lambda: None)

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.advance(seconds)

    def state(self, delivery_id: str) -> DeliveryState:
        return self.ledger.deliveries.get(delivery_id).state

    def error(self, delivery_id: str) -> str:
        return self.ledger.deliveries.get(delivery_id).last_error or ""


class Saboteur:
    """Takes the table of deliveries away from under the ledger, and gives it back."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def strike(self, *_: object) -> None:
        self._run("ALTER TABLE delivery RENAME TO taken_away")

    def make_good(self) -> None:
        self._run("ALTER TABLE taken_away RENAME TO delivery")

    def _run(self, sql: str) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute(sql)
