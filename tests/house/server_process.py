"""`python -m form_server` as a process of its own, set up by `init` and driven over HTTP."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE

START_WITHIN_S = 90.0
REFERRAL: Mapping[str, object] = {
    "referrer_name": "Dana Whitfield",
    "referrer_office": "Lakeside Family Medicine",
    "referrer_phone": "(360) 555-0188",
    "patient_name": "Zebulon Quillfeather",
    "patient_phone": "(360) 555-0177",
    "reasons": ["panic", "other"],
    "patient_agreed": True,
    "note": "Palpitations at the harmonica rehearsal.",
    "plan": "Premera Zanzibar",
}
PATIENT_MARKERS = (b"Zebulon", b"Quillfeather", b"555-0177", b"5550177", b"harmonica", b"Zanzibar")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()
    """Each as `name=value`."""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class ServerProcess:
    """One installation in `home`: `init` once, then `start` and `kill` as often as a test likes."""

    home: Path
    smtp_port: int
    port: int = field(default_factory=free_port)
    more_env: Mapping[str, str] = field(default_factory=dict)
    prefix: Sequence[str] = ()
    """Put before the interpreter: strace, say."""
    entry: Sequence[str] = ("form_server", "serve")
    """The module to run and its arguments; another one can give the server another clock."""
    passphrase: str = ""

    def __post_init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.log = self.home / "server.log"

    @property
    def var(self) -> Path:
        return self.home / "var"

    @property
    def env(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HANDOFF_")}
        return {
            **kept,
            "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
            "HANDOFF_VAR": str(self.var),
            "HANDOFF_PORT": str(self.port),
            "HANDOFF_SITE": str(self.home / "_site"),
            "HANDOFF_MAIL_SERVER": "127.0.0.1",
            "HANDOFF_MAIL_PORT": str(self.smtp_port),
            "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harborstreet.example",
            **self.more_env,
        }

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "form_server", *arguments],
            cwd=CHECKOUT, env=self.env, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def init(self) -> str:
        """Make the keys; returns what was printed."""
        done = self.run(
            "init", "--name", "Nora Ellison", "--email", "nora@harborstreet.example",
            "--recovery-sheet", str(self.home / "recovery.pdf"), "--unattended",
        )  # fmt: skip
        found = re.search(r"^ {4}((?:[a-z]+ ){5}[a-z]+)$", done.stdout, re.MULTILINE)
        assert found, done.stdout
        self.passphrase = found[1]
        return done.stdout

    def take_over(self, other: ServerProcess) -> None:
        """A copy of what is there, instead of an `init` of its own."""
        shutil.copytree(other.var, self.var)
        shutil.copy2(other.home / "recovery.pdf", self.home)
        self.passphrase = other.passphrase

    def launch(self) -> None:
        """The process, whether it answers yet or not."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.prefix, sys.executable, "-m", *self.entry],
                cwd=CHECKOUT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start(self) -> None:
        """The process, once it answers."""
        self.launch()
        process = self._process
        assert process is not None
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end:
            if process.poll() is not None:
                raise AssertionError(self.log.read_text())
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"the server did not answer in time:\n{self.log.read_text()}")

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not ended from here."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """Of what was started, and not ended from here."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL to the server and whatever was put before it; nothing of it can clean up."""
        self._signal(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        return self._signal(signal.SIGTERM)

    def signal(self, number: int) -> None:
        """Sends it and returns at once."""
        if self._process is not None:
            os.killpg(self._process.pid, number)

    def _signal(self, number: int) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(process.pid, number)
        return process.wait(40)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers=headers)

    def refer(self, referral: Mapping[str, object] = REFERRAL) -> Answer:
        return self.request(
            "POST",
            "/referrals",
            json.dumps(referral).encode(),
            {"Content-Type": "application/json"},
        )

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            cookies = response.headers.get_all("Set-Cookie") or []
            kept = tuple(one.split(";")[0] for one in cookies)
            return Answer(response.status, dict(response.getheaders()), response.read(), kept)
        finally:
            connection.close()
