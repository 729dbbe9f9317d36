from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from form_server.doctor.findings import Verdict
from form_server.doctor.host import check_host
from tests.form_server.office.house import settings_in

DISK = "/dev/vda1 / ext4 rw,relatime 0 0\n"


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    return tmp_path / "mounts"


def test_a_disk_of_its_own_is_well(tmp_path: Path, mounts: Path) -> None:
    mounts.write_text(f"overlay / overlay rw 0 0\n/dev/vdb {tmp_path} xfs rw 0 0\n")

    [found] = check_host(settings_in(tmp_path), {}, mounts)

    assert found.verdict is Verdict.OK
    assert "xfs" in found.words


@pytest.mark.parametrize("kind", ["overlay", "tmpfs"])
def test_a_state_that_is_gone_at_the_next_start_is_found(
    tmp_path: Path, mounts: Path, kind: str
) -> None:
    mounts.write_text(f"{DISK}none {tmp_path} {kind} rw 0 0\n")

    [found] = check_host(settings_in(tmp_path), {}, mounts)

    assert found.verdict is Verdict.FAIL
    assert "every referral is lost" in found.words
    assert "HANDOFF_VAR" in found.todo


def test_with_postgresql_it_is_the_key_that_is_lost(tmp_path: Path, mounts: Path) -> None:
    mounts.write_text("overlay / overlay rw 0 0\n")
    settings = replace(settings_in(tmp_path), database_url="postgresql+psycopg://db/handoff")

    [found] = check_host(settings, {}, mounts)

    assert "key is lost" in found.words


def test_of_two_mounts_at_one_place_the_later_counts(tmp_path: Path, mounts: Path) -> None:
    mounts.write_text(f"{DISK}none {tmp_path} tmpfs rw 0 0\n/dev/vdb {tmp_path} ext4 rw 0 0\n")

    [found] = check_host(settings_in(tmp_path), {}, mounts)

    assert found.verdict is Verdict.OK


def test_a_place_with_a_blank_in_its_name_is_understood(tmp_path: Path, mounts: Path) -> None:
    var = tmp_path / "my state"
    var.mkdir()
    blank = "\\040"
    mounts.write_text(f"{DISK}none {tmp_path}/my{blank}state tmpfs rw 0 0\n")

    [found] = check_host(settings_in(var), {}, mounts)

    assert found.verdict is Verdict.FAIL


def test_a_host_that_sleeps_is_named(tmp_path: Path, mounts: Path) -> None:
    mounts.write_text(DISK)

    [found] = check_host(settings_in(tmp_path), {"RENDER": "true"}, mounts)

    assert found.verdict is Verdict.WARN
    assert "Render" in found.words


def test_a_system_that_tells_nothing_is_taken_as_it_is(tmp_path: Path, mounts: Path) -> None:
    assert list(check_host(settings_in(tmp_path), {}, mounts)) == []
