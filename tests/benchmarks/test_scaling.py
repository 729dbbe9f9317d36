"""The benchmark runs and measures what it says; no time is asserted."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.benchmarks.idle import family_of, figures_of, read_cost
from tests.benchmarks.scaling import Scale, figures_in
from tests.postgres import missing_for_postgres

SMALL = Scale(turns=1, mails=12, calm_s=0, seconds=0.2, idle_s=0, workers=(1, 2), webs=(1,))


def test_growth_is_measured(tmp_path: Path) -> None:
    if missing := missing_for_postgres():
        pytest.skip(missing)
    figures = list(figures_in(tmp_path, SMALL))

    (limited,) = (one for one in figures if one.limit)
    assert "2 workers" in limited.name
    assert limited.ours.endswith("/s")
    assert limited.peer.endswith("/s")
    assert [one.name.partition(",")[0] for one in figures] == [
        "delivered a second", "  a worker's own time for each mail",
        "delivered a second", "  a worker's own time for each mail", "accepted a second",
    ]  # fmt: skip


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
