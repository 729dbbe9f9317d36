"""A state goes into an archive and comes back in another place."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from msgspec.structs import replace

from form_server.ledger import (
    AnsweredHow,
    Attempt,
    AttemptMeans,
    AttemptResult,
    DeliveryState,
    Ledger,
    NotFound,
)
from form_server.ledger import Outcome as Ending
from form_server.ledger.erasing import ERASED
from form_server.ledger.purging import Deletion
from form_server.safekeeping import (
    ArchiveRefused,
    BackedUp,
    Keys,
    NotEmpty,
    Restored,
    WrongServerKey,
    back_up,
    restore,
)
from form_server.safekeeping.archive import mark, read_manifest, write_archive
from form_server.safekeeping.manifest import Manifest, parse_manifest
from form_server.settings import Settings
from form_server.vault import Binding, ServerKey, open_sealed
from outreach_kit.errors import MachineError, UsageError
from tests.form_server.office.house import ENOUGH, House, settings_in

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MIGRATIONS = Path("form_server/ledger/migrations")
MARKERS = (b"Zebulon", b"Quillfeather", b"5550193", b"555-0193", b"harmonica")
SAYS_MUCH = {
    **ENOUGH,
    "patient_name": "Zebulon Quillfeather",
    "patient_phone": "(360) 555-0193",
    "note": "Palpitations at the harmonica rehearsal.",
}


def now() -> datetime:
    return NOW


@pytest.fixture
def backup(house: House, tmp_path: Path) -> BackedUp:
    """Two referrals and their notices, nothing delivered yet."""
    assert house.client.post("/referrals", data=SAYS_MUCH).status_code == 303
    second = {**ENOUGH, "patient_name": "Second One"}
    assert house.client.post("/referrals", data=second).status_code == 303
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return back_up(house.settings, folder, now)


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "new")


@contextlib.contextmanager
def ledger_of(settings: Settings) -> Iterator[Ledger]:
    with Ledger.open(settings.database_url, clock=now) as ledger:
        yield ledger


def bring_back(house: House, backup: BackedUp, empty: Settings, *deletions: Deletion) -> Restored:
    keys = Keys(file=house.settings.key_file)
    return restore(empty, backup.archive, now, keys=keys, deletions=deletions)


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {one.name: content.read() for one in tar if (content := tar.extractfile(one))}


def rewrite(archive: Path, change: Callable[[tarfile.TarFile, dict[str, bytes]], None]) -> None:
    """The archive again, put together by `change` out of what was in it."""
    content = members(archive)
    with tarfile.open(archive, "w") as tar:
        change(tar, content)


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


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


def test_what_was_deleted_since_goes_again(house: House, backup: BackedUp, empty: Settings) -> None:
    gone, kept = house.referrals()
    done = bring_back(
        house, backup, empty, Deletion(gone.id, NOW, "one year"), Deletion("unknown", NOW, "x")
    )

    assert done.deleted_again == 1
    with ledger_of(empty) as ledger:
        with pytest.raises(NotFound):
            ledger.referrals.get(gone.id)
        assert ledger.referrals.get(kept.id).envelope
        assert [one.id for one in ledger.purging.deletions()] == [gone.id]
        file = Path(ledger.shown.removeprefix("sqlite:///"))
    assert gone.envelope[-200:] not in file.read_bytes()
    assert kept.envelope[-200:] in file.read_bytes()


def test_a_closed_one_that_was_purged_since_leaves_its_figures(
    house: House, tmp_path: Path, empty: Settings
) -> None:
    assert house.client.post("/referrals", data=SAYS_MUCH).status_code == 303
    (referral,) = house.referrals()
    user = house.ledger.people.users()[0].id
    house.ledger.steps.record_attempt(
        Attempt("a1", referral.id, user, NOW, AttemptMeans.CALL, AttemptResult.REACHED)
    )
    house.ledger.steps.close(referral.id, Ending.SCHEDULED, user)
    backup = back_up(house.settings, tmp_path / "x.tar", now)

    bring_back(house, backup, empty, Deletion(referral.id, NOW, "one year"))

    with ledger_of(empty) as ledger:
        found = ledger.referrals.get(referral.id)
        assert (found.envelope, found.outcome) == (b"", Ending.SCHEDULED)


def test_a_closed_one_that_was_erased_since_leaves_nothing(
    house: House, tmp_path: Path, empty: Settings
) -> None:
    assert house.client.post("/referrals", data=SAYS_MUCH).status_code == 303
    (referral,) = house.referrals()
    house.ledger.steps.close(referral.id, Ending.SPAM, house.ledger.people.users()[0].id)
    backup = back_up(house.settings, tmp_path / "x.tar", now)

    bring_back(house, backup, empty, Deletion(referral.id, NOW, f"{ERASED}: asked"))

    with ledger_of(empty) as ledger:
        with pytest.raises(NotFound):
            ledger.referrals.get(referral.id)
        (record,) = ledger.purging.deletions()
        assert (record.id, record.rule) == (referral.id, "erased: asked")


def test_questions_come_back_whole_and_those_that_went_since_go_again(
    house: House, tmp_path: Path, empty: Settings
) -> None:
    asked = {"referrer_name": "Ana", "referrer_office": "Clinic", "referrer_phone": "360 555 0177"}
    for number in range(3):
        data = {**asked, "question": f"Number {number}?"}
        assert house.client.post("/questions", data=data).status_code == 303
    user = house.ledger.people.users()[0].id
    inboxes = [one.id for one in house.ledger.inboxes.all()]
    kept, answered, gone = house.ledger.questions.waiting(inboxes)
    house.ledger.question_steps.answer(answered.id, AnsweredHow.PHONE, b"sealed", user)
    backup = back_up(house.settings, tmp_path / "x.tar", now)

    done = bring_back(
        house, backup, empty,
        Deletion(answered.id, NOW, "retention 30 days"), Deletion(gone.id, NOW, ERASED),
    )  # fmt: skip

    assert done.deleted_again == 2
    with ledger_of(empty) as ledger:
        about = Binding(ledger.meta.instance_id(), kept.id, kept.inbox_id, kept.key_version)
        found = ledger.questions.get(kept.id)
        assert b"Number" in open_sealed(found.envelope, house.inbox_key, about)
        assert ledger.questions.get(answered.id).envelope == b""
        with pytest.raises(NotFound):
            ledger.questions.get(gone.id)
        held = {one.question_id for one in ledger.holding.held()}
        assert kept.id in held, "nothing about it goes out by itself"


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


def test_an_archive_from_before_manifests_had_a_sum_comes_back(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    first = msgspec.json.encode(replace(backup.manifest, format=1))

    def leave_the_sum_out(tar: tarfile.TarFile, inside: dict[str, bytes]) -> None:
        add(tar, "manifest.json", first)
        add(tar, "handoff.db", inside["handoff.db"])

    rewrite(backup.archive, leave_the_sum_out)
    assert bring_back(house, backup, empty).held >= 2


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


def test_a_state_is_never_written_over(house: House, backup: BackedUp, empty: Settings) -> None:
    with pytest.raises(NotEmpty, match=r"handoff\.db"):
        restore(house.settings, backup.archive, now, keys=Keys())
    empty.var.mkdir()
    (empty.var / "deletions.log").write_text("")
    with pytest.raises(NotEmpty, match=r"deletions\.log"):
        bring_back(house, backup, empty)


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


def test_older_tables_are_brought_up_to_date(empty: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "old.tar"
    old = tmp_path / "handoff.db"
    _make_first_tables(old)
    key = ServerKey.load_or_create(empty.key_file)
    manifest = Manifest(
        format=1, program="0.1.0", made_at=NOW, revision="0001", instance="first",
        server_key=key.fingerprint, recovery_key="", inbox_keys=(), counts={},
        files={"handoff.db": mark(old)},
    )  # fmt: skip
    write_archive(archive, manifest, {"handoff.db": old})

    done = restore(empty, archive, now, keys=Keys())

    with ledger_of(empty) as ledger:
        ledger.require_current_schema()
        assert done.migrated == (ledger.upkeep.revision() != "0001")


def test_newer_tables_are_refused(empty: Settings, backup: BackedUp, tmp_path: Path) -> None:
    database = tmp_path / "handoff.db"
    database.write_bytes(members(backup.archive)["handoff.db"])
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    manifest = read_manifest(backup.archive)
    newer = replace(manifest, revision="9999", files={"handoff.db": mark(database)})
    archive = tmp_path / "newer.tar"
    write_archive(archive, newer, {"handoff.db": database})
    with pytest.raises(Exception, match="newer version"):
        restore(empty, archive, now, keys=Keys(make_new=True))
    assert not (empty.var / "handoff.db").exists()


def _make_first_tables(database: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{database}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(sa.text("INSERT INTO meta VALUES ('instance_id', 'first')"))
    engine.dispose()
