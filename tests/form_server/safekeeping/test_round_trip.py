"""A state goes into an archive and comes back in another place."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from form_server.ledger import DeliveryState, LedgerUnavailable
from form_server.safekeeping import BackedUp, Keys, NotEmpty, WrongServerKey, back_up, restore
from form_server.safekeeping.backing_up import writable
from form_server.settings import Settings
from form_server.vault import Binding, ServerKey, open_sealed
from outreach_kit.errors import MachineError, UsageError
from tests.form_server.office.house import House
from tests.form_server.safekeeping.moving import (
    MARKERS,
    NOW,
    bring_back,
    ledger_of,
    members,
    now,
)


def test_archive_is_private_and_holds_the_sealed_ledger_alone(
    house: House, backup: BackedUp
) -> None:
    assert stat.S_IMODE(backup.archive.stat().st_mode) == 0o600
    inside = members(backup.archive)
    assert set(inside) == {"manifest.json", "handoff.db"}
    raw = backup.archive.read_bytes()
    assert not [word for word in MARKERS if word.lower() in raw.lower()]
    assert house.services.server_key.to_bytes() not in raw
    assert list(backup.archive.parent.iterdir()) == [backup.archive]


def test_manifest_says_what_is_in_it_and_which_keys_it_needs(
    house: House, backup: BackedUp
) -> None:
    said = json.loads(members(backup.archive)["manifest.json"])
    assert said["counts"]["referral"] == 2
    assert said["counts"]["fingerprint"] == 0
    assert said["instance"] == house.ledger.meta.instance_id()
    assert said["server_key"] == house.services.server_key.fingerprint
    assert said["inbox_keys"][0]["fingerprint"] == house.inbox_key.public.fingerprint
    assert datetime.fromisoformat(said["made_at"]) == NOW


def test_restored_referrals_open_with_the_same_keys(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    done = bring_back(house, backup, empty)

    assert done.manifest.counts["referral"] == 2
    with ledger_of(empty) as ledger:
        inbox = ledger.inboxes.all()[0]
        referrals = ledger.referrals.open_in([inbox.id]).referrals
        names = set()
        for one in referrals:
            about = Binding(ledger.meta.instance_id(), one.id, one.inbox_id, one.key_version)
            words = json.loads(open_sealed(one.envelope, house.inbox_key, about))
            names.add(words["patient_name"])
        assert names == {"Zebulon Quillfeather", "Second One"}
        assert ledger.audit.recent(1)[0].action == "ledger.restored"
    assert stat.S_IMODE(Path(empty.var / "handoff.db").stat().st_mode) == 0o600
    assert ServerKey.load(empty.key_file).fingerprint == backup.manifest.server_key
    assert stat.S_IMODE(empty.key_file.stat().st_mode) == 0o600


def test_nothing_goes_out_of_a_restored_state_by_itself(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    done = bring_back(house, backup, empty)

    with ledger_of(empty) as ledger:
        counts = ledger.deliveries.counts()
        assert done.held == counts[DeliveryState.ON_HOLD] >= 2
        assert ledger.queue.claim("worker", NOW + timedelta(days=9), 99) == []
        notice = next(one for one in ledger.holding.held() if one.kind == "notice")
        ledger.holding.release([notice.id], actor="command")
        (claimed,) = ledger.queue.claim("worker", NOW, 99)
        assert house.services.server_key.open(claimed.parcel, "parcel", claimed.id)


def test_a_state_is_never_written_over(house: House, backup: BackedUp, empty: Settings) -> None:
    with pytest.raises(NotEmpty, match=r"handoff\.db"):
        restore(house.settings, backup.archive, now, keys=Keys())
    empty.var.mkdir()
    (empty.var / "deletions.log").write_text("")
    with pytest.raises(NotEmpty, match=r"deletions\.log"):
        bring_back(house, backup, empty)


def test_what_is_left_of_another_database_is_not_played_into_the_restored_one(
    house: House, backup: BackedUp, empty: Settings, tmp_path: Path
) -> None:
    elsewhere = replace(empty, database_url=f"sqlite:///{tmp_path}/another-disk/ledger.db")
    (tmp_path / "another-disk").mkdir()
    (tmp_path / "another-disk" / "ledger.db-wal").write_bytes(b"of the one that was lost")
    with pytest.raises(NotEmpty, match=r"ledger\.db-wal"):
        bring_back(house, backup, elsewhere)


def test_key_that_is_in_its_place_already_must_be_the_one(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    with pytest.raises(WrongServerKey, match="no server key"):
        restore(empty, backup.archive, now, keys=Keys())
    other = ServerKey.load_or_create(empty.key_file)
    with pytest.raises(WrongServerKey, match=other.fingerprint):
        restore(empty, backup.archive, now, keys=Keys())
    shutil.copyfile(house.settings.key_file, empty.key_file)
    assert restore(empty, backup.archive, now, keys=Keys()).held >= 2


def test_with_a_new_key_referrals_open_still(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    restore(empty, backup.archive, now, keys=Keys(make_new=True))
    assert ServerKey.load(empty.key_file).fingerprint != backup.manifest.server_key
    with ledger_of(empty) as ledger:
        assert ledger.upkeep.row_counts()["referral"] == 2


def test_server_key_goes_along_only_when_asked(
    house: House, empty: Settings, tmp_path: Path
) -> None:
    backup = back_up(house.settings, tmp_path / "with-key.tar", now, with_server_key=True)
    assert set(members(backup.archive)) == {"manifest.json", "handoff.db", "server.key"}
    restore(empty, backup.archive, now, keys=Keys())
    assert empty.key_file.read_bytes() == house.settings.key_file.read_bytes()


def test_backup_is_not_put_beside_the_data_nor_over_a_file(house: House, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lost with it"):
        back_up(house.settings, house.settings.var / "b.tar", now)
    there = tmp_path / "there.tar"
    there.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        back_up(house.settings, there, now)
    with pytest.raises(MachineError, match="no folder"):
        back_up(house.settings, tmp_path / "no" / "b.tar", now)
    assert there.read_text() == "mine"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (OSError(errno.EROFS, "Read-only file system"), "Read-only file system in /mnt/usb"),
        (LedgerUnavailable("handoff.db", "database or disk is full"), "no room left in /mnt/usb"),
    ],
)
def test_place_that_cannot_be_written_to_is_said_and_the_ledger_is_not_blamed(
    trouble: Exception, said: str
) -> None:
    with pytest.raises(MachineError, match=said), writable(Path("/mnt/usb/b.tar")):
        raise trouble


def test_what_a_killed_backup_left_is_cleared_away_by_a_later_one(
    house: House, tmp_path: Path
) -> None:
    left, under_way, strange = (tmp_path / f".warm-handoff-{name}" for name in ("a", "b", "c"))
    for one in (left, under_way):
        one.mkdir()
        (one / "handoff.db").write_bytes(b"sealed")
    strange.symlink_to(house.settings.var)
    half_a_day_ago = under_way.stat().st_mtime - 13 * 3600
    for one in (left, strange):
        os.utime(one, (half_a_day_ago, half_a_day_ago), follow_symlinks=False)

    back_up(house.settings, tmp_path / "b.tar", now)

    assert {one.name for one in tmp_path.glob(".warm*")} == {under_way.name, strange.name}
    assert (house.settings.var / "handoff.db").is_file()
