from __future__ import annotations

import contextlib
import sqlite3
import stat
import threading
from pathlib import Path

from form_server.ledger import Ledger, LedgerUnavailable
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import a_delivery, a_referral, establish, hashed
from tests.postgres import PostgresServer


def rows_of(database: Path, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_a_copy_holds_what_was_committed_and_is_for_its_owner_only(
    sqlite_ledger: Ledger, tmp_path: Path
) -> None:
    referral = a_referral()
    sqlite_ledger.intake.accept(referral, [a_delivery(referral_id=referral.id)], actor="office")
    target = tmp_path / "copy.db"

    sqlite_ledger.upkeep.copy_to(target)

    assert rows_of(target, "SELECT id, envelope FROM referral") == [
        (referral.id, referral.envelope)
    ]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not target.with_name("copy.db-wal").exists()


def test_fingerprints_are_in_no_copy_not_even_in_its_free_pages(
    sqlite_ledger: Ledger, tmp_path: Path
) -> None:
    name = hashed("what somebody could guess at")
    sqlite_ledger.intake.accept(a_referral(dedupe_hash=name), [], actor="office")
    sqlite_ledger.truncate_wal()
    live = Path(sqlite_ledger.shown.removeprefix("sqlite:///"))
    assert name in live.read_bytes()

    target = tmp_path / "copy.db"
    sqlite_ledger.upkeep.copy_to(target)

    assert name not in target.read_bytes()
    assert rows_of(target, "SELECT count(*) FROM fingerprint") == [(0,)]


def test_copies_made_while_writers_run_are_whole(
    sqlite_ledger: Ledger, sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    """Each referral is written with two deliveries: a copy that tore a commit apart shows it."""
    end = threading.Event()
    failures: list[Exception] = []

    def write() -> None:
        try:
            while not end.is_set():
                one = a_referral()
                pair = [a_delivery(referral_id=one.id) for _ in range(2)]
                sqlite_ledger.intake.accept(one, pair, actor="office")
        except Exception as error:  # noqa: BLE001 - shown below
            failures.append(error)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        with Ledger.open(sqlite_url, clock=clock) as beside:
            targets = [tmp_path / f"copy{number}.db" for number in range(4)]
            for target in targets:
                beside.upkeep.copy_to(target)
    finally:
        end.set()
        for writer in writers:
            writer.join(20)

    assert not failures
    counts = []
    for target in targets:
        torn = rows_of(
            target,
            "SELECT referral.id FROM referral LEFT JOIN delivery ON delivery.referral_id = referral.id "
            "GROUP BY referral.id HAVING count(delivery.id) != 2",
        )
        assert torn == []
        counts.append(rows_of(target, "SELECT count(*) FROM referral")[0][0])
    assert counts == sorted(counts, key=lambda count: int(str(count)))
    assert counts[-1] != counts[0]


def test_damage_is_found(sqlite_ledger: Ledger, sqlite_url: str, clock: MovableClock) -> None:
    for _ in range(30):
        sqlite_ledger.intake.accept(a_referral(), [], actor="office")
    assert sqlite_ledger.upkeep.find_damage() == ()
    sqlite_ledger.truncate_wal()
    sqlite_ledger.close()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[-8192:-4096] = b"\xff" * 4096  # a page in the middle of the tables
    file.write_bytes(content)

    with Ledger.open(sqlite_url, clock=clock) as damaged:
        try:
            found = damaged.upkeep.find_damage()
        except LedgerUnavailable:
            return
    assert found


def test_rows_are_counted_by_table(ledger: Ledger) -> None:
    ledger.intake.accept(a_referral(), [a_delivery(), a_delivery()], actor="office")
    counts = ledger.upkeep.row_counts()
    assert (counts["referral"], counts["delivery"], counts["inbox"]) == (1, 2, 1)


def test_a_moment_of_postgresql_stays_as_it_was_while_others_write(
    postgres: PostgresServer, clock: MovableClock
) -> None:
    with postgres.lend_tables() as url, Ledger.open(url, clock=clock) as ledger:
        establish(ledger)
        name = ledger.meta.instance_id()
        ledger.intake.accept(a_referral(), [], actor="office")
        with ledger.upkeep.hold_moment() as moment:
            ledger.intake.accept(a_referral(), [], actor="office")
            with Ledger.open_as_of(url, moment.snapshot, clock=clock) as then:
                counted = then.upkeep.row_counts()
                assert then.meta.instance_id() == name
        assert (counted["referral"], ledger.upkeep.row_counts()["referral"]) == (1, 2)
        assert {"alembic_version", "referral", "fingerprint"} <= set(moment.tables)
        assert "fingerprint" in moment.short_lived
        assert ledger.upkeep.server_version() >= 12
