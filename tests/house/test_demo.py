"""The demo plays the main job for real, says so to people and to programs, and can be run again."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from form_server.demo import stage as demo_stage
from form_server.demo.mailbox import Mailbox, SmtpThread, create_mailbox_app
from form_server.demo.stage import VAR
from outreach_kit.places import CHECKOUT
from tests.house.test_serve import bytes_with_markers

PATIENT = (b"Marlowe", b"Testperson", b"555-0119", b"5550119")


def run_demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "form_server", "demo", "--once", *arguments],
        cwd=CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_program_reads_the_timeline_and_a_second_run_works() -> None:
    for arguments in (("--json",), ("--json", "--forward", "full")):
        done = run_demo(*arguments)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        assert list(told["timeline_ms"]) == ["built", "accepted", "forwarded", "opened"]
        assert all(took > 0 for took in told["timeline_ms"].values())
        assert set(told["addresses"]) == {"site", "form", "desk", "mailbox", "status"}
        assert (Path(told["out"]) / "print/guide-letter.pdf").is_file()
        assert (Path(told["prints"]) / "visit-sheet-letter.pdf").is_file()
        assert len(told["sign_in"]["passphrase"].split()) == 6
        assert bytes_with_markers(VAR, PATIENT) == []


def test_a_taken_port_is_moved_past_with_a_word() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", demo_stage.WEB_PORT))
        except OSError:
            pytest.fail(f"port {demo_stage.WEB_PORT} is in use by something else")
        taken.listen()
        done = run_demo()
    assert done.returncode == 0, done.stderr
    assert re.search(rf"port {demo_stage.WEB_PORT} is taken, so \d+ is used", done.stdout)
    assert "opened at the desk in" in done.stdout


def test_mailbox_takes_real_mail_and_shows_it_without_running_it() -> None:
    import smtplib

    mailbox = Mailbox()
    smtp = SmtpThread(mailbox)
    smtp.start()
    try:
        with smtplib.SMTP("127.0.0.1", smtp.port, timeout=10) as client:
            client.sendmail(
                "a@b.example", ["c@d.example"],
                "Subject: <b>Hello</b>\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
            )  # fmt: skip
        mail = mailbox.wait(0, 10)
    finally:
        smtp.stop()
    assert mail is not None
    assert message_from_bytes(mail.raw)["Subject"] == "<b>Hello</b>"
    browser = create_mailbox_app(mailbox).test_client()
    assert b"&lt;b&gt;Hello&lt;/b&gt;" in browser.get("/").data
    assert b"sandbox" in browser.get("/mail/1").data
    shown = browser.get("/mail/1/html")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script" not in shown.headers["Content-Security-Policy"]
    assert browser.get("/mail/2").status_code == 404
    assert browser.get("/mail/1/other").status_code == 404


def test_nothing_of_the_demo_is_in_the_server() -> None:
    names = "[name for name in sys.modules if name.startswith('form_server.demo')]"
    code = f"import sys, form_server.app; sys.exit(bool({names}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=False).returncode == 0
