"""The processes that are measured, and the ones that measure, each started and ended here."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from outreach_kit.places import CHECKOUT
from tests.house.server_process import ServerProcess, free_port

_READY_WITHIN_S = 30.0
WORDS: Mapping[str, object] = {
    "referrer_name": "Dana Whitfield",
    "referrer_office": "Lakeside Family Medicine",
    "referrer_phone": "(360) 555-0188",
    "patient_name": "Zebulon Quillfeather 00000000",
    "patient_phone": "(360) 555-0177",
    "reasons": ["panic"],
    "patient_agreed": "true",
    "voicemail_ok": "true",
    "note": "Heart checked in October, all clear. Prefers a call after four.",
}
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Measured:
    """What one client process saw; times are nanoseconds of the monotonic clock."""

    latencies_ns: list[int]
    answered_ns: list[int]
    statuses: dict[str, int]
    receipts: list[str]
    seconds: float

    @property
    def answers(self) -> int:
        return len(self.latencies_ns)

    @property
    def good(self) -> int:
        return sum(count for status, count in self.statuses.items() if status[:1] in "23")

    @property
    def error_share(self) -> float:
        return 1 - self.good / max(1, sum(self.statuses.values()))


class Sink:
    """The mail server as a process; `tell` changes it, `stop` leaves its port closed."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._log = folder / "sink.log"
        self._log.touch()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = begin_program(
            "tests.benchmarks.sink", str(self.port), str(self._log), pipes=True
        )
        self._hear("ready")

    def tell(self, words: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        self._hear("done")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def arrivals(self) -> dict[str, int]:
        """The subject of each mail and the moment at which it was whole."""
        lines = self._log.read_text("utf-8").splitlines()
        pairs = (line.partition(" ") for line in lines)
        return {subject: int(at_ns) for at_ns, _, subject in pairs}

    def wait_for(self, count: int, within_s: float) -> None:
        end = time.monotonic() + within_s
        while self._log.read_bytes().count(b"\n") < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{count} mails did not come")
            time.sleep(0.05)

    def _hear(self, word: str) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == f"{word}\n"


class Stage:
    """Our server, the peers and the sink, all in one folder; nothing of it is left running."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sink = Sink(folder)
        self.ours = ServerProcess(folder, self.sink.port)
        self._peers: list[subprocess.Popen[str]] = []
        self._numbers = 0
        self.bodies = {FORM: folder / "body.form", JSON: folder / "body.json"}

    def __enter__(self) -> Self:
        self.bodies[FORM].write_text(urlencode(WORDS, doseq=True))
        self.bodies[JSON].write_text(json.dumps(WORDS))
        self.sink.start()
        self.ours.init()
        self.ours.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ours.kill()
        for peer in self._peers:
            peer.kill()
            peer.communicate()
        self.sink.stop()

    def start_peer(self, name: str) -> int:
        """Its port, once it answers."""
        port = free_port()
        arguments = (name, str(port), str(self._folder), str(self.sink.port))
        self._peers.append(begin_program("tests.benchmarks.peers", *arguments))
        end = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < end:
            try:
                self.measure(port, method="GET", path="/healthz", count=1)
            except subprocess.CalledProcessError:
                time.sleep(0.05)
            else:
                return port
        raise TimeoutError(f"{name} did not start")

    def measure(
        self,
        port: int,
        *,
        clients: int = 1,
        count: int | None = None,
        seconds: float | None = None,
        per_second: float = 0.0,
        fresh: bool = False,
        kind: str = "",
        method: str = "POST",
        path: str = "/referrals",
    ) -> Measured:
        """One client process, with a body of the content type `kind`; every body is another."""
        process = self.begin(
            port,
            *("--connections", str(clients), "--method", method, "--path", path),
            *(("--count", str(count)) if count is not None else ()),
            *(("--seconds", str(seconds)) if seconds is not None else ()),
            *(("--per-second", str(per_second)) if per_second else ()),
            *(("--fresh",) if fresh else ()),
            kind=kind,
        )
        out, _ = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
        return Measured(**json.loads(out))

    def begin(self, port: int, *options: str, kind: str = "") -> subprocess.Popen[str]:
        """A client process that is not waited for."""
        self._numbers += 100_000
        body = ("--body", str(self.bodies[kind]), "--content-type", kind) if kind else ()
        first = ("--first", str(self._numbers))
        return begin_program(
            "tests.benchmarks.load", str(port), *options, *first, *body, pipes=True
        )


def begin_program(module: str, *arguments: str, pipes: bool = False) -> subprocess.Popen[str]:
    """One of the programs beside this, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
        stdout=subprocess.PIPE if pipes else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
