from __future__ import annotations

import os
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


def test_lock_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "serve.lock"
    path.mkdir()
    with pytest.raises(MachineError, match=r"serve\.lock cannot be written"):
        ProcessLock(path).acquire()
