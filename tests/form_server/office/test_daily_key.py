from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from form_server.office.daily_key import DailyKey
from tests.form_server.office.house import Clock

PACIFIC = ZoneInfo("America/Los_Angeles")


def make(folder: Path, clock: Clock) -> DailyKey:
    return DailyKey(folder, clock, PACIFIC)


def test_the_key_is_the_same_all_day_and_after_a_restart(tmp_path: Path) -> None:
    clock = Clock()
    first = make(tmp_path, clock).get()
    clock.pass_by(timedelta(hours=6))  # past midnight in UTC, not in the practice

    assert make(tmp_path, clock).get() == first
    assert len(first) == 32


def test_a_new_day_has_a_new_key_and_the_old_one_is_gone(tmp_path: Path) -> None:
    clock = Clock()
    key = make(tmp_path, clock)
    first = key.get()
    clock.pass_by(timedelta(days=1))

    assert key.get() != first
    (only,) = tmp_path.iterdir()
    assert only.read_bytes() == key.get()
    assert stat.S_IMODE(only.stat().st_mode) == 0o600


def test_processes_that_share_the_folder_share_the_key(tmp_path: Path) -> None:
    clock = Clock()

    assert make(tmp_path, clock).get() == make(tmp_path, clock).get()


def test_a_folder_that_cannot_be_used_costs_no_referral(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    key = make(tmp_path / "file", Clock())

    assert len(key.get()) == 32
    assert key.get() == key.get()
    assert "memory only" in caplog.text


def test_a_damaged_key_is_passed_over(tmp_path: Path) -> None:
    clock = Clock()
    make(tmp_path, clock).get()
    (only,) = tmp_path.iterdir()
    only.write_bytes(b"cut")

    assert len(make(tmp_path, clock).get()) == 32
