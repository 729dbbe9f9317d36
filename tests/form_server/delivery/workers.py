"""Workers over a ledger in a file, at the pace of a real clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from form_server.delivery import Channel, Chore, MailChannel, OpenParcel, SmtpTransport, Worker
from form_server.ledger import Channel as Way
from form_server.ledger import DeliveryState, Ledger, NewDelivery
from tests.form_server.delivery.things import not_sealed, server_for
from tests.smtp_faults import FaultySmtpServer
from tests.tables import lay_tables


def real_clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def ledger_in(folder: Path) -> Iterator[Ledger]:
    lay_tables(folder / "ledger.db")
    with Ledger.open(f"sqlite:///{folder / 'ledger.db'}", clock=real_clock) as opened:
        yield opened


def mail_to(
    relay: FaultySmtpServer, *, carries_whole: bool = False, timeout_s: float = 5.0
) -> MailChannel:
    server = server_for(relay, timeout_s=timeout_s)
    return MailChannel(server, SmtpTransport(server), carries_whole=carries_whole)


def make_worker(
    ledger: Ledger,
    channels: dict[Way, Channel],
    *,
    open_parcel: OpenParcel = not_sealed,
    clock: Callable[[], datetime] = real_clock,
    monotonic: Callable[[], float] = time.monotonic,
    chores: Sequence[Chore] = (),
) -> Worker:
    return Worker(
        ledger,
        channels,
        open_parcel,
        owner="boot-1",
        clock=clock,
        monotonic=monotonic,
        chores=chores,
    )


@contextmanager
def running(worker: Worker) -> Iterator[Worker]:
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop(10)


def add(ledger: Ledger, *deliveries: NewDelivery) -> list[str]:
    due_now = [replace(one, due_at=real_clock()) for one in deliveries]
    ledger.queue.add(due_now)
    return [one.id for one in due_now]


def wait_until(condition: Callable[[], bool], within_s: float = 10.0) -> None:
    end = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)


def wait_for_state(ledger: Ledger, delivery_id: str, state: DeliveryState) -> None:
    wait_until(lambda: ledger.deliveries.get(delivery_id).state is state)
