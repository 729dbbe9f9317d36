"""What stands beside the server: who answers at its port, its site, its proxy, its mail."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from form_server.doctor import Verdict
from form_server.doctor.keys import check_recovery
from form_server.doctor.mail import check_mail_server
from form_server.doctor.proxies import check_proxies
from form_server.doctor.running import check_server
from form_server.doctor.site import check_site
from form_server.ledger import Ledger
from form_server.settings import MailSettings, Settings
from outreach_kit.practice import Practice
from tests.form_server.delivery.certificates import make_certificate
from tests.form_server.delivery.hooks import HookServer, Reply, say
from tests.form_server.doctor.examining import NOW, only
from tests.form_server.office.house import House
from tests.house.server_process import free_port
from tests.smtp_faults import FaultySmtpServer


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (say(200, body=b'{"status":"ok","checks":{"worker":"ok"}}'), Verdict.OK),
        (say(503, body=b'{"status":"not ready","checks":{"disk":"nearly full"}}'), Verdict.FAIL),
        (say(200, body=b"<html>"), Verdict.FAIL),
        (say(200, body=b"[1]"), Verdict.FAIL),
        (lambda connection: connection.sendall(b"220 mail ESMTP\r\n"), Verdict.FAIL),
    ],
)
def test_what_answers_at_the_servers_port(
    settings: Settings, answer: Reply, verdict: Verdict
) -> None:
    with HookServer() as running:
        running.reply = answer
        there = dataclasses.replace(settings, host="0.0.0.0", port=running.port)
        assert only(check_server(there)).verdict is verdict


@pytest.mark.parametrize(
    ("url", "proxies", "verdict"),
    [
        ("https://refer.harborstreet.example", 0, Verdict.WARN),
        ("https://refer.harborstreet.example", 1, Verdict.OK),
        ("http://127.0.0.1:8080", 0, Verdict.OK),
    ],
)
def test_a_public_address_without_a_named_proxy(
    settings: Settings, url: str, proxies: int, verdict: Verdict
) -> None:
    there = dataclasses.replace(settings, url=url, trusted_proxies=proxies)
    found = only(check_proxies(there))
    assert found.verdict is verdict
    assert ("HANDOFF_TRUSTED_PROXIES=1" in found.todo) is (verdict is Verdict.WARN)


def test_site_that_says_something_else(settings: Settings, practice: Practice) -> None:
    assert only(check_site(settings, practice)).verdict is Verdict.OK
    file = settings.site / "handoff.json"
    built = json.loads(file.read_text())
    file.write_text(
        json.dumps({**built, "phone": "+13605550000", "form_url": "https://old.example"})
    )
    found = only(check_site(settings, practice))
    assert found.verdict is Verdict.FAIL
    assert "the phone number, the form's address" in found.words
    assert "https://old.example" in found.words
    file.unlink()
    assert only(check_site(settings, practice)).verdict is Verdict.WARN


def test_mail_server_that_is_not_there() -> None:
    mail = MailSettings("127.0.0.1", free_port(), "x@harborstreet.example")
    found = only(check_mail_server(mail, NOW))
    assert (found.verdict, "cannot be reached" in found.words) == (Verdict.FAIL, True)


def test_mail_server_over_tls_and_its_certificate(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)  # ends tomorrow
    with FaultySmtpServer(starttls=certificate.server_context()) as relay:
        mail = MailSettings(
            "localhost", relay.port, "x@harborstreet.example", use_tls=True,
            ca_file=certificate.trust,
        )  # fmt: skip
        found = only(check_mail_server(mail, datetime.now(UTC)))
        assert (found.verdict, "certificate" in found.words) == (Verdict.WARN, True)
        untrusted = dataclasses.replace(mail, ca_file=None)
        found = only(check_mail_server(untrusted, NOW))
        assert (found.verdict, "cannot be trusted" in found.words) == (Verdict.FAIL, True)


def test_a_served_house_is_seen_from_beside(house: House) -> None:
    """Doctor opens a ledger that another process serves."""
    with Ledger.open(house.settings.database_url) as beside:
        assert only(check_recovery(beside)).verdict is Verdict.OK
