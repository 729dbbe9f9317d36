"""Several processes that deliver from one PostgreSQL: here each is a ledger and a worker of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from form_server.delivery import Worker
from form_server.delivery import worker as worker_module
from form_server.ledger import Channel as Way
from form_server.ledger import DeliveryState, Ledger
from tests.form_server.delivery.bench import ScriptedChannel
from tests.form_server.delivery.things import a_delivery
from tests.form_server.delivery.workers import add, make_worker, real_clock, running, wait_until
from tests.form_server.ledger.test_hearing import cut_all_connections
from tests.postgres import PostgresServer


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.lend_tables() as lent:
        yield lent


@pytest.fixture
def here(url: str) -> Iterator[Ledger]:
    with Ledger.open(url, clock=real_clock) as opened:
        yield opened


@pytest.fixture
def elsewhere(url: str) -> Iterator[Ledger]:
    with Ledger.open(url, clock=real_clock) as opened:
        yield opened


def a_worker(ledger: Ledger) -> Worker:
    return make_worker(ledger, {Way.EMAIL: ScriptedChannel()})


def is_sent(ledger: Ledger, *deliveries: str) -> bool:
    return all(ledger.deliveries.get(one).state is DeliveryState.SENT for one in deliveries)


def test_a_commit_of_another_process_goes_out_before_any_sweep(
    here: Ledger, elsewhere: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "SWEEP_S", 600.0)
    with running(a_worker(here)):
        first = add(here, a_delivery())
        wait_until(lambda: is_sent(here, *first))  # its own first look is over, and it listens

        second = add(elsewhere, a_delivery())

        wait_until(lambda: is_sent(here, *second))


def test_what_a_process_held_when_it_died_goes_out_from_another(
    here: Ledger, elsewhere: Ledger
) -> None:
    with running(a_worker(here)):
        with elsewhere.queue.owners.presence("elsewhere/email"):
            # Held from its birth, so that the worker here cannot have been first.
            held = a_delivery(due_at=real_clock(), held_by="elsewhere/email")
            elsewhere.queue.add([held])
            time.sleep(2.5 * worker_module.SWEEP_S)
            assert elsewhere.deliveries.get(held.id).state is DeliveryState.SENDING

        wait_until(lambda: is_sent(here, held.id))


def test_a_lane_that_was_held_for_dead_shows_itself_again_and_delivers(
    here: Ledger, elsewhere: Ledger, url: str
) -> None:
    with running(a_worker(here)):
        first = add(here, a_delivery())
        wait_until(lambda: is_sent(here, *first))
        cut_all_connections(url)
        second = add(elsewhere, a_delivery())
        wait_until(lambda: is_sent(here, *second))

        # Whoever holds the mark keeps anybody else from having it.
        other = threading.Thread(target=lambda: mark_and_leave(elsewhere), daemon=True)
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(10)
    assert not other.is_alive()


def mark_and_leave(ledger: Ledger) -> None:
    with ledger.queue.owners.presence("boot-1/email"):
        pass
