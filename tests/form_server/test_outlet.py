"""A log that nobody reads: what is told of it, and that nothing waits for it."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from form_server.journal import PlainLines
from form_server.outlet import Outlet

SOON_S = 5.0


@dataclass
class Pipe:
    reading: int
    outlet: Outlet

    def tell(self, *said: str) -> None:
        """Fails where telling waits for somebody who reads."""
        record = logging.makeLogRecord({"name": "form_server", "levelname": "INFO", "levelno": 20})

        def go() -> None:
            for one in said:
                record.msg = one
                self.outlet.handle(record)

        thread = threading.Thread(target=go, daemon=True)
        thread.start()
        thread.join(SOON_S)
        assert not thread.is_alive()

    def read(self) -> list[str]:
        os.set_blocking(self.reading, False)
        found = b""
        try:
            while chunk := os.read(self.reading, 65_536):
                found += chunk
        except BlockingIOError:
            pass
        return found.decode().splitlines()


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 16_384)
    with os.fdopen(writing, "w") as stream:
        outlet = Outlet(stream)
        outlet.setFormatter(PlainLines())
        yield Pipe(reading, outlet)
    os.close(reading)


def test_a_log_that_is_read_has_every_line(pipe: Pipe) -> None:
    pipe.tell("first", "second", "naïve ☎")

    assert [line.rpartition(": ")[2] for line in pipe.read()] == ["first", "second", "naïve ☎"]


def test_a_full_pipe_holds_nobody_up_and_what_was_left_out_is_told(pipe: Pipe) -> None:
    pipe.tell(*(f"line {number} {'x' * 90}" for number in range(400)))

    before = pipe.read()
    assert 50 < len(before) < 400
    assert all("form_server: line" in line for line in before)

    pipe.tell("after")

    confessed, after = pipe.read()
    assert confessed.endswith(f"lines left out, because nobody read the log: {400 - len(before)}")
    assert "WARNING" in confessed
    assert after.endswith("form_server: after")


def test_a_line_longer_than_the_pipe_is_cut_and_the_next_begins_anew(pipe: Pipe) -> None:
    pipe.tell("y" * 100_000)

    (cut,) = pipe.read()
    assert cut.endswith("yyy")

    pipe.tell("after")

    blank, confessed, after = pipe.read()
    assert not blank
    assert confessed.endswith("read the log: 1")
    assert after.endswith(": after")


def test_a_reader_who_has_gone_costs_lines_and_no_error(
    pipe: Pipe, capfd: pytest.CaptureFixture[str]
) -> None:
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, pipe.reading)
    os.close(nowhere)

    pipe.tell("one", "two")

    assert capfd.readouterr().err == ""
