"""Ledgers of every earlier version come to this one with all that is in them."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from form_server.ledger import Ledger
from form_server.ledger import migrate as migrating
from outreach_kit.places import CHECKOUT
from tests.form_server.ledger.heads import Filler, Kept, go_to, lost, revisions, shape_of

FROZEN: Final = Path(__file__).with_name("heads.json")
"""The shape of each head that ledgers out there may have."""
_OTHER: Final = """
import sys
import alembic.command
from form_server.ledger import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    print(ledger.migrate())
"""


def test_a_head_that_is_out_there_is_never_changed(tmp_path: Path) -> None:
    """A ledger that has it already would not be changed with it. Write another migration instead.

    When a version goes out, the shapes that this prints for its new heads are added to the file.
    """
    frozen: dict[str, str] = json.loads(FROZEN.read_text())
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    shapes = {}
    with engine.begin() as connection:
        for revision in revisions():
            go_to(connection, revision)
            shapes[revision] = shape_of(connection)
    engine.dispose()
    assert len(frozen) >= 14
    assert list(frozen) == revisions()[: len(frozen)]
    assert {name: shapes[name] for name in frozen} == frozen, shapes


def test_rows_of_every_version_are_there_unchanged_in_this_one(empty_url: str) -> None:
    """One ledger is taken from version to version, and gets a row in every table of each."""
    filler, kept = Filler(), list[Kept]()
    with Ledger.open(empty_url) as ledger:
        for revision in revisions():
            with ledger._store.write() as connection:
                go_to(connection, revision)
                kept += filler.fill(connection)
        ledger.require_current_schema()
        with ledger._store.read() as connection:
            assert lost(connection, kept) == []
    assert len(kept) > 16 * len(revisions())


def test_the_first_version_comes_here_in_one_step_and_a_second_one_does_nothing(
    empty_url: str,
) -> None:
    with Ledger.open(empty_url) as ledger:
        with ledger._store.write() as connection:
            go_to(connection, "0001")
            kept = list(Filler().fill(connection))
        assert ledger.migrate()
        assert not ledger.migrate()
        with ledger._store.read() as connection:
            assert lost(connection, kept) == []
        counts = ledger.upkeep.row_counts()
        assert all(counts[one.table] == 1 for one in kept)


def test_two_processes_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    with Ledger.open(empty_url) as ledger:
        with ledger._store.write() as connection:
            go_to(connection, "0001")
            kept = list(Filler().fill(connection))
        other = subprocess.Popen(
            [sys.executable, "-c", _OTHER, empty_url],
            cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            with ThreadPoolExecutor(1) as pool:
                said = pool.submit(other.communicate, "now\n", 60)
                mine = ledger.migrate()
                theirs, _ = said.result()
        finally:
            other.kill()
        assert other.returncode == 0
        assert mine or theirs == "True\n"
        with ledger._store.read() as connection:
            assert migrating.found_revision(connection) == migrating.REVISION
            assert lost(connection, kept) == []


def test_what_is_lost_or_changed_is_found(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        ledger.migrate()
        with ledger._store.write() as connection:
            kept = list(Filler().fill(connection))
            connection.exec_driver_sql("UPDATE meta SET value = 'another'")
            connection.exec_driver_sql("DELETE FROM session")
            assert sorted(lost(connection, kept)) == ["meta", "session"]


@pytest.mark.parametrize("table", ["referral", "delivery", "audit", "inbox_key"])
def test_the_first_version_has_what_a_referral_needs(tmp_path: Path, table: str) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    with engine.begin() as connection:
        go_to(connection, "0001")
        assert table in {one.table for one in Filler().fill(connection)}
    engine.dispose()
