"""A PostgreSQL ledger goes into an archive by PostgreSQL's own programs, and comes back in an empty one."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import shutil
import stat
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from msgspec.structs import replace

from form_server.app import create_app, services_of
from form_server.commands import handoff
from form_server.ledger import (
    DatabaseOccupied,
    DeliveryState,
    Ledger,
    NotFound,
    RestoreUnfinished,
    move_ledger,
)
from form_server.ledger.purging import Deletion
from form_server.safekeeping import (
    ArchiveRefused,
    BackedUp,
    DeletionLog,
    Keys,
    ToolFailed,
    WrongServerKey,
    back_up,
    restore,
)
from form_server.safekeeping.archive import mark, read_manifest, write_archive
from form_server.settings import Settings
from form_server.vault import Binding, open_sealed
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.ledger.things import a_delivery, a_referral
from tests.form_server.office.house import ENOUGH, Blueprint, House, settings_in
from tests.form_server.safekeeping.moving import MARKERS, NOW, SAYS_MUCH, now
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


@pytest.fixture(scope="module")
def founded(
    blueprint: Blueprint, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a database with what `init` makes; to be copied."""
    source = tmp_path_factory.mktemp("moving") / "handoff.db"  # a move writes down where it went
    shutil.copy2(blueprint.folder / "handoff.db", source)
    url = postgres.new_tables()
    move_ledger(f"sqlite:///{source}", url)
    return url


@pytest.fixture
def moved(
    blueprint: Blueprint, founded: str, postgres: PostgresServer, tmp_path: Path
) -> Iterator[House]:
    """An installation on PostgreSQL that took in two referrals and delivered nothing yet."""
    var = tmp_path / "var"
    var.mkdir(mode=0o700)
    for name in ("server.key", "cache"):
        source = blueprint.folder / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, var / name)
    with postgres.lend_copy(founded) as url:
        settings = settings_in(var, HANDOFF_DATABASE_URL=url)
        app = create_app(settings)
        house = House(settings, services_of(app).clock, app, blueprint.inbox_key)  # type: ignore[arg-type]
        for said in (SAYS_MUCH, {**ENOUGH, "patient_name": "Second One"}):
            assert house.client.post("/referrals", data=said).status_code == 303
        yield house
        house.services.close()


@pytest.fixture
def backup(moved: House, tmp_path: Path) -> BackedUp:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return back_up(moved.settings, folder, now)


@pytest.fixture
def empty(postgres: PostgresServer, tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "new", HANDOFF_DATABASE_URL=postgres.new_database())


@contextlib.contextmanager
def ledger_of(settings: Settings) -> Iterator[Ledger]:
    with Ledger.open(settings.database_url, clock=now) as ledger:
        yield ledger


def tables_in(settings: Settings) -> list[str]:
    engine = sa.create_engine(settings.database_url)
    with engine.connect() as connection:
        found = sa.inspect(connection).get_table_names()
    engine.dispose()
    return found


def in_plain(archive: Path, folder: Path) -> str:
    """All rows of the archive's dump, as PostgreSQL's own program writes them out."""
    with tarfile.open(archive) as tar:
        tar.extract("handoff.dump", folder, filter="data")
    done = subprocess.run(
        ["pg_restore", "--file=-", folder / "handoff.dump"], capture_output=True, check=True
    )
    return done.stdout.decode()


def test_archive_is_private_sealed_and_without_what_lives_for_hours(
    moved: House, backup: BackedUp, tmp_path: Path
) -> None:
    assert stat.S_IMODE(backup.archive.stat().st_mode) == 0o600
    assert list(backup.archive.parent.iterdir()) == [backup.archive]
    with tarfile.open(backup.archive) as tar:
        assert tar.getnames() == ["manifest.json", "handoff.dump"]
    counts = backup.manifest.counts
    assert (counts["referral"], counts["fingerprint"]) == (2, 0)
    with ledger_of(moved.settings) as ledger:
        assert ledger.upkeep.row_counts()["fingerprint"] == 2
    rows = in_plain(backup.archive, tmp_path)
    assert "COPY public.referral " in rows
    assert "Alder Falls" not in rows
    sealed = rows.lower()
    for marker in MARKERS:
        assert marker.decode().lower() not in sealed
        assert marker.hex() not in sealed  # as bytes are written there


def test_what_comes_back_opens_with_the_same_keys_and_stays_held(
    moved: House, backup: BackedUp, empty: Settings
) -> None:
    done = restore(empty, backup.archive, now, keys=Keys(file=moved.settings.key_file))

    assert (done.manifest.counts["referral"], done.broken_chain, done.migrated) == (2, "", False)
    with ledger_of(empty) as ledger:
        ledger.require_current_schema()
        inbox = ledger.inboxes.all()[0]
        names = set()
        for one in ledger.referrals.open_in([inbox.id]).referrals:
            about = Binding(ledger.meta.instance_id(), one.id, one.inbox_id, one.key_version)
            words = json.loads(open_sealed(one.envelope, moved.inbox_key, about))
            names.add(words["patient_name"])
        assert names == {"Zebulon Quillfeather", "Second One"}
        assert done.held == ledger.deliveries.counts()[DeliveryState.ON_HOLD] >= 2
        assert ledger.queue.claim("worker", NOW + timedelta(days=9), 99) == []
        assert ledger.audit.recent(1)[0].action == "ledger.restored"
        ledger.audit.chain()
        assert ledger.audit.verify() is not None
    assert empty.key_file.read_bytes() == moved.settings.key_file.read_bytes()
    assert [one.name for one in empty.var.iterdir()] == ["server.key"]


def test_a_backup_made_while_offices_send_is_of_one_moment(
    moved: House, empty: Settings, tmp_path: Path
) -> None:
    """Each referral is written with two deliveries: a copy that tore a commit apart shows it."""
    end = threading.Event()

    def write() -> None:
        while not end.is_set():
            one = a_referral(inbox_id=inbox)
            pair = [a_delivery(referral_id=one.id) for _ in range(2)]
            moved.ledger.intake.accept(one, pair, actor="office")

    inbox = moved.ledger.inboxes.all()[0].id
    earlier = [one.id for one in moved.referrals()]
    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        made = back_up(moved.settings, tmp_path / "busy.tar", now, with_server_key=True)
    finally:
        end.set()
        for writer in writers:
            writer.join(20)
    after = moved.ledger.upkeep.row_counts()["referral"]

    restore(empty, made.archive, now, keys=Keys())

    assert empty.key_file.read_bytes() == moved.settings.key_file.read_bytes()
    assert len(earlier) <= made.manifest.counts["referral"] <= after
    with ledger_of(empty) as ledger, ledger._store.read() as connection:
        torn = connection.execute(
            sa.text(
                "SELECT referral.id FROM referral"
                " LEFT JOIN delivery ON delivery.referral_id = referral.id"
                " WHERE referral.id <> ALL(:earlier) GROUP BY referral.id"
                " HAVING count(delivery.id) <> 2"
            ),
            {"earlier": earlier},
        ).all()
        assert torn == []


def test_what_was_deleted_since_goes_again_by_the_list_beside_the_lost_database(
    moved: House, backup: BackedUp, postgres: PostgresServer
) -> None:
    gone, kept = moved.referrals()
    DeletionLog(moved.settings.var / "deletions.log").follow([Deletion(gone.id, NOW, "one year")])
    empty = dataclasses.replace(moved.settings, database_url=postgres.new_database())
    env = {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(empty.var),
        "HANDOFF_DATABASE_URL": empty.database_url,
    }

    done = CliRunner().invoke(handoff, ["restore", str(backup.archive)], env=env)

    assert done.exception is None
    assert "deletions.log says: 1." in done.stdout
    with ledger_of(empty) as ledger:
        with pytest.raises(NotFound):
            ledger.referrals.get(gone.id)
        assert ledger.referrals.get(kept.id).envelope == kept.envelope


def test_a_database_with_anything_in_it_is_left_alone(
    moved: House, backup: BackedUp, empty: Settings
) -> None:
    engine = sa.create_engine(empty.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE somebody_elses (id INTEGER)")
    engine.dispose()
    for settings, name in ((moved.settings, "alembic_version"), (empty, "somebody_elses")):
        with pytest.raises(DatabaseOccupied, match=name):
            restore(settings, backup.archive, now, keys=Keys(file=moved.settings.key_file))
    assert tables_in(empty) == ["somebody_elses"]
    assert len(moved.referrals()) == 2


def test_a_restore_that_is_refused_leaves_an_empty_database(
    moved: House, backup: BackedUp, empty: Settings, tmp_path: Path
) -> None:
    with pytest.raises(WrongServerKey):
        restore(empty, backup.archive, now, keys=Keys())
    assert tables_in(empty) == []
    manifest = read_manifest(backup.archive)
    with tarfile.open(backup.archive) as tar:
        tar.extract("handoff.dump", tmp_path, filter="data")
    dumped = tmp_path / "handoff.dump"
    miscounted = replace(manifest, counts={**manifest.counts, "referral": 3})
    write_archive(tmp_path / "miscounted.tar", miscounted, {"handoff.dump": dumped})
    with pytest.raises(ArchiveRefused, match="more or fewer rows"):
        restore(empty, tmp_path / "miscounted.tar", now, keys=Keys(make_new=True))
    dumped.write_bytes(dumped.read_bytes()[:9000])
    cut = replace(manifest, files={"handoff.dump": mark(dumped)})
    write_archive(tmp_path / "cut.tar", cut, {"handoff.dump": dumped})
    with pytest.raises(ToolFailed, match="pg_restore"):
        restore(empty, tmp_path / "cut.tar", now, keys=Keys(make_new=True))
    assert tables_in(empty) == []
    assert restore(empty, backup.archive, now, keys=Keys(file=moved.settings.key_file)).held >= 2


def test_a_restore_that_was_killed_is_not_served_and_can_be_run_again(
    moved: House, backup: BackedUp, empty: Settings
) -> None:
    with ledger_of(empty) as ledger:
        arriving = ledger.arrival()
        arriving.__enter__()  # and never left: as after a kill
        with pytest.raises(DatabaseOccupied, match="another restore"):
            restore(empty, backup.archive, now, keys=Keys(file=moved.settings.key_file))
        with ledger_of(empty) as beside, pytest.raises(RestoreUnfinished):
            beside.require_current_schema()
        with ledger._store.write() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
    assert tables_in(empty) == ["restore_under_way"]
    assert restore(empty, backup.archive, now, keys=Keys(file=moved.settings.key_file)).held >= 2
    assert "restore_under_way" not in tables_in(empty)


def test_each_kind_of_archive_goes_to_its_own_store(
    moved: House, backup: BackedUp, empty: Settings, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="HANDOFF_DATABASE_URL to an empty"):
        restore(settings_in(tmp_path / "file"), backup.archive, now, keys=Keys())
    old = tmp_path / "handoff.db"
    old.write_bytes(b"SQLite format 3\0")
    other = replace(backup.manifest, files={"handoff.db": mark(old)})
    write_archive(tmp_path / "file.tar", other, {"handoff.db": old})
    with pytest.raises(UsageError, match="form_server move"):
        restore(empty, tmp_path / "file.tar", now, keys=Keys())
