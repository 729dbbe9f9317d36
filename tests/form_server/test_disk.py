from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from form_server.disk import DiskWatch
from form_server.disk_alert import DiskAlert
from form_server.ledger import Channel, DeliveryKind, Ledger, Role
from form_server.parcels import AlertParcel, parcel_from_bytes
from form_server.vault import ServerKey
from tests.form_server.ledger.things import a_user, establish

MB = 1024 * 1024


class Disk:
    """A disk whose room a test sets; counts how often it was asked."""

    def __init__(self, free_mb: int) -> None:
        self.free_mb = free_mb
        self.broken = False
        self.looks = 0

    def free(self, _folder: Path) -> int:
        self.looks += 1
        if self.broken:
            raise OSError(errno.EIO, "Input/output error")
        return self.free_mb * MB


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def watch(disk: Disk, seconds: Seconds, *folders: Path) -> DiskWatch:
    return DiskWatch(folders or [Path("/")], 200, free=disk.free, monotonic=seconds)


def test_the_floor_is_where_the_door_closes() -> None:
    disk, seconds = Disk(200), Seconds()
    looked = watch(disk, seconds)
    assert not looked.is_low()
    disk.free_mb = 199
    seconds.now += 1
    assert looked.is_low()
    disk.free_mb = 5000
    seconds.now += 1
    assert not looked.is_low()


def test_the_disk_is_asked_at_most_once_a_second() -> None:
    disk, seconds = Disk(5000), Seconds()
    looked = watch(disk, seconds)
    for _ in range(100):
        looked.is_low()
        seconds.now += 0.005
    assert disk.looks == 1


def test_the_fullest_of_several_disks_counts(tmp_path: Path) -> None:
    room = {tmp_path: 5000 * MB, Path("/db"): 10 * MB}
    looked = DiskWatch(room, 200, free=room.__getitem__)
    assert (looked.free_mb(), looked.is_low()) == (10, True)


def test_a_disk_that_cannot_be_asked_is_not_called_full() -> None:
    disk, seconds = Disk(1), Seconds()
    disk.broken = True
    looked = watch(disk, seconds)
    assert looked.free_mb() is None
    assert not looked.is_low()


def test_the_real_disk_is_asked(tmp_path: Path) -> None:
    free_mb = DiskWatch([tmp_path], 1).free_mb()
    assert free_mb is not None
    assert free_mb > 0
    assert DiskWatch([tmp_path], free_mb + 1_000_000).is_low()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock) as opened:
        opened.migrate()
        establish(opened)
        yield opened


def alert(ledger: Ledger, clock: Clock, disk: Disk, key: ServerKey) -> DiskAlert:
    return DiskAlert(
        DiskWatch([Path("/")], 200, free=disk.free, monotonic=Seconds()),
        ledger,
        key,
        clock,
        practice_name="Harbor Street Counseling",
        phone="(360) 555-0142",
        mail_domain="harborstreet.example",
    )


def test_the_owners_alone_are_told_once_a_day(ledger: Ledger, clock: Clock) -> None:
    desk = a_user(id="user-2", email="desk@harborstreet.example", role=Role.FRONT_DESK)
    ledger.people.add_user(desk, [], actor="command")
    key = ServerKey.generate()
    chore = alert(ledger, clock, Disk(10), key)
    for _ in range(3):
        chore()
        clock.now += timedelta(hours=7)

    (told,) = ledger.queue.claim("worker", clock.now, 9)
    assert (told.kind, told.channel) == (DeliveryKind.ALERT, Channel.EMAIL)
    assert told.address == "nora@harborstreet.example"
    assert told.referral_id is None
    parcel = parcel_from_bytes(key.open(told.parcel, "parcel", told.id))
    assert isinstance(parcel, AlertParcel)
    assert "nearly full" in parcel.subject
    assert "(360) 555-0142" in " ".join(parcel.lines)

    clock.now += timedelta(hours=4)  # 25 hours after the first
    chore()
    assert len(ledger.queue.claim("worker", clock.now, 9)) == 1


def test_a_restart_does_not_tell_again(ledger: Ledger, clock: Clock) -> None:
    for _ in range(2):
        alert(ledger, clock, Disk(10), ServerKey.generate())()
    assert len(ledger.queue.claim("worker", clock.now, 9)) == 1


def test_with_room_nobody_is_told(ledger: Ledger, clock: Clock) -> None:
    alert(ledger, clock, Disk(5000), ServerKey.generate())()
    assert ledger.queue.next_due_at() is None
