from __future__ import annotations

import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from form_server.ledger import Ledger, LedgerUnavailable
from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from tests.form_server.ledger.things import a_delivery, a_referral, accept_one


def pragma(ledger: Ledger, name: str) -> object:
    with ledger._store.read() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def file_of(ledger: Ledger) -> Path:
    return Path(ledger.shown.removeprefix("sqlite:///"))


def test_sqlite_is_set_up_to_keep_what_it_was_given(sqlite_ledger: Ledger) -> None:
    assert pragma(sqlite_ledger, "journal_mode") == "wal"
    assert pragma(sqlite_ledger, "synchronous") == 2  # FULL
    assert pragma(sqlite_ledger, "fullfsync") == 1
    assert pragma(sqlite_ledger, "checkpoint_fullfsync") == 1
    assert pragma(sqlite_ledger, "secure_delete") == 1
    assert pragma(sqlite_ledger, "foreign_keys") == 1
    assert pragma(sqlite_ledger, "busy_timeout") == 10_000


def test_only_what_need_not_last_is_left_to_the_next_commit_that_does(
    sqlite_ledger: Ledger,
) -> None:
    store = sqlite_ledger._store
    for _ in range(2):
        for lasting, expected in ((True, 2), (False, 1), (False, 1), (True, 2)):  # 1: NORMAL
            with store.write_bare(lasting=lasting) as cursor:
                assert cursor.execute("PRAGMA synchronous").fetchone() == (expected,)
        with pytest.raises(RuntimeError), store.write_bare(lasting=False):
            raise RuntimeError
    with store.write() as one, store.read() as other:  # all that the pool has, and one more
        for connection in (one, other):
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_what_need_not_last_leaves_the_pages_of_the_next_commit_in_memory(
    sqlite_ledger: Ledger,
) -> None:
    """Two connections would empty each other's cache: an accept read all its pages again."""
    store = sqlite_ledger._store
    with store.write_bare() as cursor:
        lasting = cursor.connection
    with store.write_bare(lasting=False) as cursor:
        assert cursor.connection is lasting


def test_files_are_for_their_owner_only(sqlite_ledger: Ledger) -> None:
    accept_one(sqlite_ledger)
    files = list(file_of(sqlite_ledger).parent.glob("ledger.db*"))
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_full_disk_is_said_so_and_nothing_is_kept(sqlite_ledger: Ledger) -> None:
    with sqlite_ledger._store.read() as connection:  # the pool's only connection, used again below
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = a_referral(envelope=bytes(100_000))

    with pytest.raises(LedgerUnavailable, match="database or disk is full") as refused:
        sqlite_ledger.intake.accept(big, [a_delivery(referral_id=big.id)], actor="office")

    assert isinstance(refused.value.__cause__, sqlite3.OperationalError)
    assert sqlite_ledger.referrals.by_receipt(big.receipt) is None
    assert not sqlite_ledger.wake.is_set()


def test_damaged_file_is_said_so(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"this is no database at all" * 200)
    with (
        Ledger.open(sqlite_url) as ledger,
        pytest.raises(LedgerUnavailable, match=r"not a database.*bring the last backup back"),
    ):
        ledger.migrate()


def test_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LedgerUnavailable, match=r"Not a directory|File exists"):
        Ledger.open(f"sqlite:///{tmp_path}/file/ledger.db")


def test_ledger_in_memory_is_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(LedgerUnavailable, match="memory"):
            Ledger.open(url)


def test_store_that_is_not_there_is_said_so_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    url = f"postgresql+psycopg://t:secret-word@/none?host={tmp_path}"
    with Ledger.open(url) as ledger, pytest.raises(LedgerUnavailable) as refused:
        ledger.check_writable()
    assert "secret-word" not in str(refused.value)


def test_statement_that_fails_does_not_tell_its_values(ledger: Ledger) -> None:
    twin = accept_one(ledger)
    with pytest.raises(sa.exc.IntegrityError) as broken, ledger._store.write() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO attempt VALUES (:id, :r, 'u', 1, 'm', 'marker-of-a-patient', NULL)"
            ),
            {"id": "a", "r": twin.id},
        )
    told = str(broken.value).replace(broken.value.statement or "", "")
    assert "marker-of-a-patient" not in told
    assert twin.id not in told


def test_block_that_fails_leaves_nothing_behind(ledger: Ledger) -> None:
    half = "INSERT INTO meta (key, value) VALUES ('half', 'done')"

    def fail() -> None:
        with ledger._store.write() as connection:
            connection.exec_driver_sql(half)
            raise RuntimeError

    def fail_bare() -> None:
        with ledger._store.write_bare() as cursor:
            cursor.execute(half)
            raise RuntimeError

    for failing in (fail, fail_bare):
        with pytest.raises(RuntimeError):
            failing()
        assert ledger.meta.get("half") is None


def test_reader_is_not_held_up_by_a_writer(ledger: Ledger) -> None:
    held = accept_one(ledger)
    with ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE referral SET state = 'closed'")
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(ledger.referrals.get, held.id).result(timeout=10)
    assert seen.state == "waiting"


def test_command_beside_the_server_waits_for_its_turn(
    sqlite_ledger: Ledger, sqlite_url: str
) -> None:
    with Ledger.open(sqlite_url) as command, ThreadPoolExecutor(1) as pool:
        with sqlite_ledger._store.write() as connection:
            connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('turn', 'server')")
            putting = pool.submit(command.meta.put, "turn", "command")
        putting.result(timeout=10)
    assert sqlite_ledger.meta.get("turn") == "command"


def test_writer_that_never_ends_does_not_hang_the_others(
    sqlite_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("form_server.ledger.engine._WRITER_WAIT_S", 0.05)
    entered, done = threading.Event(), threading.Event()

    def write_for_ever() -> None:
        with sqlite_ledger._store.write():
            entered.set()
            done.wait(10)

    writer = threading.Thread(target=write_for_ever)
    writer.start()
    entered.wait(10)
    try:
        with pytest.raises(LedgerUnavailable, match="another thread"):
            sqlite_ledger.check_writable()
    finally:
        done.set()
        writer.join(10)
    sqlite_ledger.check_writable()


def test_emptied_log_leaves_no_wiped_parcel_on_the_disk(sqlite_ledger: Ledger) -> None:
    marker = b"parcel-that-must-go" * 20
    delivery = a_delivery(parcel=marker)
    sqlite_ledger.queue.add([delivery])
    (claimed,) = sqlite_ledger.queue.claim("w", delivery.due_at, 1)
    sqlite_ledger.queue.mark_sent(claimed.id, "w", delivery.due_at)

    sqlite_ledger.truncate_wal()

    file = file_of(sqlite_ledger)
    assert (file.parent / "ledger.db-wal").stat().st_size == 0
    assert marker[:19] not in file.read_bytes()


def test_column_that_would_need_converting_is_refused(sqlite_ledger: Ledger) -> None:
    table = sa.Table("t", sa.MetaData(), sa.Column("at", sa.DateTime))
    with pytest.raises(TypeError, match="at is"):
        Compiled(sqlite_ledger._store, table.insert(), ("at",))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("queue._claim", "ix_delivery_due"),
        ("queue._first_due", "ix_delivery_due"),
    ],
)
def test_queue_finds_due_rows_by_their_partial_index(
    sqlite_ledger: Ledger, query: str, index: str
) -> None:
    part, name = query.split(".")
    of_every_kind = (None, None) if name == "_claim" else None
    compiled: Compiled = getattr(getattr(sqlite_ledger, part), name)[of_every_kind]
    values = {"by": "w", "moment": 1, "many": 1} if name == "_claim" else {}
    store: Store = sqlite_ledger._store
    with store.read_bare() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {compiled._sql}", compiled._bound(values))
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert f"INDEX {index}" in plan
