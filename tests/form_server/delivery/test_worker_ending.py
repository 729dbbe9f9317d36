"""How a worker stops, and how it says that it lives."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from form_server.ledger import Channel as Way
from form_server.ledger import DeliveryState, Ledger
from tests.form_server.delivery.things import a_delivery
from tests.form_server.delivery.workers import (
    add,
    ledger_in,
    mail_to,
    make_worker,
    real_clock,
    running,
    wait_until,
)
from tests.smtp_faults import FaultySmtpServer, Hang, Stage


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_in(tmp_path) as opened:
        yield opened


def test_stop_is_prompt_when_nothing_is_under_way(ledger: Ledger, relay: FaultySmtpServer) -> None:
    worker = make_worker(ledger, {Way.EMAIL: mail_to(relay)})
    worker.start()
    add(ledger, a_delivery())
    relay.wait_for(1)
    began = time.monotonic()
    assert worker.stop(30)
    assert time.monotonic() - began < 10
    assert Stage.QUIT in relay.commands
    assert not worker.is_alive()


def test_stop_is_bounded_when_a_relay_hangs(ledger: Ledger, relay: FaultySmtpServer) -> None:
    relay.inject(Stage.MAIL, Hang(), times=None)
    worker = make_worker(ledger, {Way.EMAIL: mail_to(relay, timeout_s=30)})
    worker.start()
    (one,) = add(ledger, a_delivery())
    relay.wait_for_command(Stage.MAIL)
    began = time.monotonic()
    assert not worker.stop(0.2)
    assert time.monotonic() - began < 10
    assert ledger.deliveries.get(one).state is DeliveryState.SENDING
    relay.stop()
    wait_until(lambda: not any("delivery-lane" in t.name for t in threading.enumerate()))
    assert ledger.deliveries.get(one).state is DeliveryState.RETRYING


def test_worker_says_how_long_it_was_silent(ledger: Ledger, relay: FaultySmtpServer) -> None:
    worker = make_worker(ledger, {Way.EMAIL: mail_to(relay)})
    assert worker.silent_s == math.inf
    assert not worker.is_alive()
    with running(worker):
        assert worker.is_alive()
        assert worker.silent_s < 60


def test_lane_that_no_longer_shows_itself_is_not_alive(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.MAIL, Hang())
    ahead_s = [0.0]
    worker = make_worker(
        ledger,
        {Way.EMAIL: mail_to(relay, timeout_s=3)},
        monotonic=lambda: time.monotonic() + ahead_s[0],
    )
    with running(worker):
        add(ledger, a_delivery())
        relay.wait_for_command(Stage.MAIL)
        assert worker.is_alive()
        ahead_s[0] = 600.0
        wait_until(lambda: not worker.is_alive(), within_s=2)
        wait_until(worker.is_alive)


@pytest.mark.parametrize("moved", [timedelta(days=30), timedelta(days=-30)])
def test_wall_clock_that_is_set_has_stalled_no_thread(
    ledger: Ledger, relay: FaultySmtpServer, moved: timedelta
) -> None:
    by = [timedelta()]
    relay.inject(Stage.MAIL, Hang())
    worker = make_worker(
        ledger,
        {Way.EMAIL: mail_to(relay, timeout_s=3)},
        clock=lambda: real_clock() + by[0],
    )
    with running(worker):
        add(ledger, a_delivery())
        relay.wait_for_command(Stage.MAIL)  # no thread shows itself while its relay hangs
        by[0] = moved
        assert worker.is_alive()
