"""An archive of an earlier program comes back, one of a later program is refused."""

from __future__ import annotations

import contextlib
import sqlite3
import tarfile
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from msgspec.structs import replace

from form_server.safekeeping import BackedUp, Keys, restore
from form_server.safekeeping.archive import mark, read_manifest, write_archive
from form_server.safekeeping.manifest import Manifest
from form_server.settings import Settings
from form_server.vault import ServerKey
from tests.form_server.office.house import House
from tests.form_server.safekeeping.moving import (
    NOW,
    add,
    bring_back,
    ledger_of,
    members,
    now,
    rewrite,
)

MIGRATIONS = Path("form_server/ledger/migrations")


def test_an_archive_from_before_manifests_had_a_sum_comes_back(
    house: House, backup: BackedUp, empty: Settings
) -> None:
    first = msgspec.json.encode(replace(backup.manifest, format=1))

    def leave_the_sum_out(tar: tarfile.TarFile, inside: dict[str, bytes]) -> None:
        add(tar, "manifest.json", first)
        add(tar, "handoff.db", inside["handoff.db"])

    rewrite(backup.archive, leave_the_sum_out)
    assert bring_back(house, backup, empty).held >= 2


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
