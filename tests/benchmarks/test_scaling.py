"""The benchmark runs and measures what it says; no time is asserted."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.benchmarks.idle import family_of, figures_of, read_cost
from tests.benchmarks.scaling import Scale, compare, figures_in
from tests.postgres import missing_for_postgres

SMALL = Scale(turns=1, mails=12, calm_s=0, seconds=0.2, idle_s=0, workers=(1,), webs=(1,))


def test_what_is_delivered_and_accepted_is_measured(tmp_path: Path) -> None:
    if missing := missing_for_postgres():
        pytest.skip(missing)
    delivered, spent, accepted = figures_in(tmp_path, SMALL)

    assert delivered.name == "delivered a second, 1 worker, relay takes 20 ms"
    assert 0 < float(delivered.ours.removesuffix("/s")) < 50
    assert spent.ours.endswith(" ms CPU")
    assert accepted.name == "accepted a second, 1 web, 8 clients, delivering too"
    assert float(accepted.ours.removesuffix("/s")) > 0


def test_more_processes_are_held_against_one_turn_by_turn() -> None:
    rates = {1: [10.0, 40.0, 20.0], 2: [19.0, 60.0, 50.0], 4: [30.0, 160.0, 70.0]}
    (two,) = compare("delivered, 2 workers (peer: one)", rates, 2, 1.8)
    assert (two.ours, two.peer, two.ratio, two.held) == ("50.0/s", "20.0/s", "1.90x", True)
    (four,) = compare("delivered, 4 workers (peer: one)", rates, 4, 3.6)
    assert (four.ratio, four.held) == ("3.50x", False)
    (reported,) = compare("accepted, 2 webs (peer: one)", rates, 2, None)
    assert (reported.ratio, reported.limit, reported.held) == ("1.90x", "", None)


def test_what_a_process_costs_is_read_from_the_system() -> None:
    before = read_cost([os.getpid()])
    woken = threading.Event()
    for _ in range(50):
        woken.wait(0.0005)
    after = read_cost([os.getpid()])

    assert after.wakes - before.wakes >= 40
    assert after.cpu_s >= before.cpu_s
    assert 20_000 < after.memory_kb < 20_000_000
    assert os.getpid() in family_of(os.getpid())
    (row,) = figures_of({"these tests": [os.getpid()]}, 0.02)
    assert row.name == "idle: these tests"
    assert row.ours.endswith("wake-ups a minute")
