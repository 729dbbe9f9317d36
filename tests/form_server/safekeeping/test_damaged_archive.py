"""An archive that is not what it was when it was written is refused, and nothing of it is left."""

from __future__ import annotations

import resource
import tarfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from form_server.safekeeping import ArchiveRefused, BackedUp, Keys, restore
from form_server.safekeeping.archive import read_manifest, write_archive
from form_server.safekeeping.manifest import parse_manifest
from form_server.settings import Settings
from outreach_kit.errors import MachineError
from tests.form_server.office.house import House
from tests.form_server.safekeeping.moving import add, bring_back, members, now, rewrite


def test_a_flipped_bit_anywhere_is_refused_and_nothing_is_left(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    whole = backup.archive.read_bytes()
    size = len(whole)
    in_manifest = [
        whole.index(words) for words in (b'"program"', b'"desk_user": ', b'"referral": 2')
    ]
    in_manifest += [place + 13 for place in in_manifest]  # in the value
    in_ledger = [whole.index(b"SQLite format 3"), size // 3, size // 2, size * 9 // 10]
    for place in (0, 150, *in_manifest, *in_ledger):  # of the tar's own head, too
        damaged = bytearray(whole)
        damaged[place] ^= 1
        backup.archive.write_bytes(damaged)
        with pytest.raises(ArchiveRefused):
            bring_back(house, backup, empty)
        left = {path.name for path in empty.var.iterdir()} if empty.var.exists() else set()
        assert left <= {"serve.lock"}
    backup.archive.write_bytes(whole)
    assert bring_back(house, backup, empty).held >= 2


def test_a_full_disk_is_not_blamed_on_the_archive(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (backup.size // 2, before[1]))
    try:
        with pytest.raises(MachineError) as refused:
            bring_back(house, backup, empty)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert f"{empty.var} cannot be written (File too large)" in str(refused.value)
    assert {path.name for path in empty.var.iterdir()} <= {"serve.lock"}
    assert bring_back(house, backup, empty).held >= 2


def test_no_bit_of_the_manifest_can_be_another_one(backup: BackedUp) -> None:
    raw = members(backup.archive)["manifest.json"]
    assert parse_manifest(raw) == backup.manifest
    for place in range(len(raw)):
        for bit in range(8):
            damaged = bytearray(raw)
            damaged[place] ^= 1 << bit
            with pytest.raises(ValueError, match=r"."):
                parse_manifest(bytes(damaged))


def test_a_ledger_with_fewer_rows_than_were_counted_is_refused(
    backup: BackedUp, empty: Settings, house: House, tmp_path: Path
) -> None:
    manifest = read_manifest(backup.archive)
    more = replace(manifest, counts={**manifest.counts, "referral": 3})
    database = tmp_path / "handoff.db"
    database.write_bytes(members(backup.archive)["handoff.db"])
    write_archive(backup.archive, more, {"handoff.db": database})
    with pytest.raises(ArchiveRefused, match="referral in it has more or fewer rows"):
        bring_back(house, backup, empty)


@pytest.mark.parametrize("kept", [0, 100, 2000, 40_000])
def test_archive_that_was_cut_short_is_refused(
    house: House, backup: BackedUp, empty: Settings, kept: int
) -> None:
    backup.archive.write_bytes(backup.archive.read_bytes()[:kept])
    with pytest.raises(ArchiveRefused):
        bring_back(house, backup, empty)


def test_what_the_manifest_does_not_name_is_refused(
    house: House, backup: BackedUp, empty: Settings, tmp_path: Path
) -> None:
    def slip_in(tar: tarfile.TarFile, inside: dict[str, bytes]) -> None:
        for name, content in inside.items():
            add(tar, name, content)
        add(tar, "../../slipped", b"out")

    rewrite(backup.archive, slip_in)
    with pytest.raises(ArchiveRefused, match="other files"):
        bring_back(house, backup, empty)
    assert not list(tmp_path.rglob("slipped"))


def test_a_link_in_the_place_of_the_ledger_is_refused(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    def link(tar: tarfile.TarFile, inside: dict[str, bytes]) -> None:
        add(tar, "manifest.json", inside["manifest.json"])
        member = tarfile.TarInfo("handoff.db")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)

    rewrite(backup.archive, link)
    with pytest.raises(ArchiveRefused):
        bring_back(house, backup, empty)


def test_no_backup_at_all_is_said_so(house: House, empty: Settings, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear all")
    with pytest.raises(ArchiveRefused, match="no backup"):
        restore(empty, other, now, keys=Keys())
    with pytest.raises(ArchiveRefused, match="no such file"):
        restore(empty, tmp_path / "missing.tar", now, keys=Keys())
