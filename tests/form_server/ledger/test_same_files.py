from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from form_server.ledger import Ledger, LedgerUnavailable
from tests.form_server.ledger.things import accept_one


def file_of(ledger: Ledger) -> Path:
    return Path(ledger.shown.removeprefix("sqlite:///"))


def count_receipts(file: Path) -> int:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as looking:
        (found,) = looking.execute("SELECT COUNT(*) FROM referral").fetchone()
    looking.close()
    return int(found)


def delete_all(file: Path) -> None:
    for one in file.parent.glob("ledger.db*"):
        one.unlink()


def elsewhere(file: Path) -> Path:
    return file.parent.with_name(f"{file.parent.name}-elsewhere")


def move_folder(file: Path) -> None:
    file.parent.rename(elsewhere(file))


def put_a_copy_in_its_place(file: Path) -> None:
    copy = file.with_name("copy.db")
    shutil.copy(file, copy)
    copy.replace(file)


@pytest.mark.parametrize("lose", [delete_all, move_folder, put_a_copy_in_its_place])
def test_no_referral_is_taken_into_a_file_that_nobody_will_find(
    sqlite_ledger: Ledger, lose: Callable[[Path], None]
) -> None:
    accept_one(sqlite_ledger)

    lose(file_of(sqlite_ledger))

    with pytest.raises(LedgerUnavailable, match="deleted, moved or replaced"):
        accept_one(sqlite_ledger)
    with pytest.raises(LedgerUnavailable, match="deleted, moved or replaced"):
        sqlite_ledger.check_writable()


def test_file_that_is_put_back_is_written_again(sqlite_ledger: Ledger) -> None:
    accept_one(sqlite_ledger)
    file = file_of(sqlite_ledger)
    move_folder(file)
    with pytest.raises(LedgerUnavailable):
        accept_one(sqlite_ledger)

    elsewhere(file).rename(file.parent)
    accept_one(sqlite_ledger)

    assert count_receipts(file) == 2


def test_log_that_is_deleted_takes_nothing_along(sqlite_ledger: Ledger) -> None:
    """Left alone, all since the last checkpoint would be gone with a process that is killed."""
    file, log = file_of(sqlite_ledger), file_of(sqlite_ledger).with_name("ledger.db-wal")
    accept_one(sqlite_ledger)
    log.unlink()
    accept_one(sqlite_ledger)
    sqlite_ledger.check_writable()
    assert count_receipts(file) == 2

    log.unlink()
    sqlite_ledger.check_writable()  # by a connection of the pool this time
    accept_one(sqlite_ledger)

    assert count_receipts(file) == 3


def test_log_that_somebody_still_reads_is_kept_until_they_are_done(
    sqlite_ledger: Ledger,
) -> None:
    accept_one(sqlite_ledger)
    file = file_of(sqlite_ledger)
    with sqlite_ledger._store.read() as reading:
        reading.exec_driver_sql("SELECT COUNT(*) FROM referral").scalar()
        with sqlite_ledger._store.write_bare() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        file.with_name("ledger.db-wal").unlink()
        with pytest.raises(LedgerUnavailable, match="log was deleted"):
            accept_one(sqlite_ledger)

    accept_one(sqlite_ledger)

    assert count_receipts(file) == 2
