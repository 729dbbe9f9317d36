from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from form_server.ledger import AlreadyServing, ProcessLock
from outreach_kit.errors import MachineError

_HOLDER = """
import sys
from pathlib import Path
from form_server.ledger.lock import ProcessLock
with ProcessLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_process_is_told_who_serves(tmp_path: Path) -> None:
    path = tmp_path / "var" / "serve.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyServing, match=f"process {holder.pid} ") as refused:
            ProcessLock(path).acquire()
        assert refused.value.pid == holder.pid
        holder.kill()
        holder.wait(10)

    with ProcessLock(path):  # freed by the kernel, kill -9 or not
        assert path.read_text() == str(os.getpid())


def test_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    path = tmp_path / "serve.lock"
    with ProcessLock(path), pytest.raises(AlreadyServing):
        ProcessLock(path).acquire()
    with ProcessLock(path):
        pass


@pytest.mark.skipif(not hasattr(fcntl, "F_OFD_SETLK"), reason="the system has no such locks")
@pytest.mark.parametrize("how", ["another state", "by a link", "by a second name", "lock deleted"])
def test_a_database_is_served_once_by_whatever_name(tmp_path: Path, how: str) -> None:
    database, lock = tmp_path / "handoff.db", tmp_path / "serve.lock"
    sqlite3.connect(database).execute("CREATE TABLE here (one)").connection.close()
    other, also = tmp_path / "other" / "serve.lock", tmp_path / "also.db"
    with ProcessLock(lock, database):
        match how:
            case "another state":
                second = ProcessLock(other, database)
            case "by a link":
                also.symlink_to(database)
                second = ProcessLock(other, also)
            case "by a second name":
                also.hardlink_to(database)
                second = ProcessLock(other, also)
            case _:
                lock.unlink()
                second = ProcessLock(lock, database)
        with pytest.raises(AlreadyServing, match=f"already serves this state .it holds {tmp_path}"):
            second.acquire()

        writer = sqlite3.connect(database)  # the commands still write
        with writer:
            writer.execute("INSERT INTO here VALUES (1)")
        writer.close()
    with second:
        pass


def test_a_database_that_is_not_there_is_said_by_who_opens_it(tmp_path: Path) -> None:
    with ProcessLock(tmp_path / "serve.lock", tmp_path / "none.db"):
        assert not (tmp_path / "none.db").exists()


def test_lock_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "serve.lock"
    path.mkdir()
    with pytest.raises(MachineError, match=r"serve\.lock cannot be written"):
        ProcessLock(path).acquire()
