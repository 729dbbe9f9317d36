from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from form_server.delivery import Again, Concern, MailServer, Outcome, Sent, SmtpTransport
from outreach_kit.errors import MachineError
from tests.form_server.delivery.certificates import Certificate, make_certificate
from tests.form_server.delivery.things import SENDER, THERAPIST, server_for
from tests.smtp_faults import Answer, Drop, FaultySmtpServer, Hang, Stage

WIRE = b"Subject: sealed\r\n\r\nhello\r\n"


@pytest.fixture(params=["starttls", "implicit"])
def tls_relay(
    request: pytest.FixtureRequest, certificate: Certificate
) -> Iterator[tuple[FaultySmtpServer, dict[str, Any]]]:
    """A relay that speaks TLS in one of the two ways, and the settings that ask for that way."""
    context = certificate.server_context()
    starttls = request.param == "starttls"
    relay = FaultySmtpServer(
        starttls=context if starttls else None,
        implicit_tls=None if starttls else context,
        accounts={"nora": "secret"},
    )
    with relay:
        yield relay, {"use_tls": starttls, "use_ssl": not starttls}


def send(server: MailServer) -> Outcome:
    transport = SmtpTransport(server)
    try:
        return transport.send(SENDER, THERAPIST, iter([WIRE]), lambda: None)
    finally:
        transport.close()


def test_mail_and_password_cross_over_verified_tls(
    tls_relay: tuple[FaultySmtpServer, dict[str, Any]], certificate: Certificate
) -> None:
    relay, tls = tls_relay
    server = server_for(relay, ca_file=certificate.trust, username="nora", password="secret", **tls)
    assert send(server) == Sent()
    (got,) = relay.received
    assert got.over_tls
    assert got.login == "nora"


def test_encrypted_connection_is_kept(
    tls_relay: tuple[FaultySmtpServer, dict[str, Any]], certificate: Certificate
) -> None:
    relay, tls = tls_relay
    transport = SmtpTransport(server_for(relay, ca_file=certificate.trust, **tls))
    for _ in range(3):
        assert transport.send(SENDER, THERAPIST, iter([WIRE]), lambda: None) == Sent()
    transport.close()
    assert relay.connections == 1


def test_certificate_that_nobody_vouches_for_is_refused(
    tls_relay: tuple[FaultySmtpServer, dict[str, Any]],
) -> None:
    relay, tls = tls_relay
    outcome = send(server_for(relay, username="nora", password="secret", **tls))
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert "cannot be trusted" in outcome.reason
    assert "HANDOFF_MAIL_CA_FILE" in outcome.reason
    assert Stage.AUTH not in relay.commands
    assert relay.received == []


def test_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    other = make_certificate(tmp_path, name="other.example", address="127.0.0.2")
    with FaultySmtpServer(starttls=other.server_context()) as relay:
        outcome = send(server_for(relay, ca_file=other.trust, use_tls=True))
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert "Check HANDOFF_MAIL_SERVER" in outcome.reason
    assert relay.received == []


@pytest.mark.parametrize("days_off", [-30, 30], ids=["expired", "not yet valid"])
def test_a_certificate_out_of_its_time_may_be_this_machines_clock(
    tmp_path: Path, days_off: int
) -> None:
    other = make_certificate(tmp_path, days_off=days_off)
    with FaultySmtpServer(starttls=other.server_context()) as relay:
        outcome = send(server_for(relay, ca_file=other.trust, use_tls=True))
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert "Check this machine's clock" in outcome.reason
    assert relay.received == []


def test_server_without_starttls_gets_nothing(
    relay: FaultySmtpServer, certificate: Certificate
) -> None:
    outcome = send(server_for(relay, ca_file=certificate.trust, use_tls=True))
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert Stage.MAIL not in relay.commands


def test_tls_from_the_first_byte_where_starttls_is_spoken_is_named(
    certificate: Certificate,
) -> None:
    with FaultySmtpServer(starttls=certificate.server_context()) as relay:
        outcome = send(server_for(relay, ca_file=certificate.trust, use_ssl=True))
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert "HANDOFF_MAIL_USE_TLS" in outcome.reason


@pytest.mark.parametrize("action", [Drop(), Hang(), Answer(454, "not now")])
def test_trouble_while_starting_tls_is_tried_again(
    certificate: Certificate, action: Drop | Hang | Answer
) -> None:
    with FaultySmtpServer(starttls=certificate.server_context()) as relay:
        relay.inject(Stage.STARTTLS, action)
        server = server_for(relay, ca_file=certificate.trust, use_tls=True, timeout_s=0.5)
        outcome = send(server)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.CHANNEL


@contextmanager
def script(*replies: bytes) -> Iterator[int]:
    """A server that reads a line before each reply but the first; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with (
                contextlib.suppress(ConnectionError),  # the client may leave amid a reply
                connection,
                connection.makefile("rb") as lines,
            ):
                for number, reply in enumerate(replies):
                    if number and not lines.readline():
                        return
                    connection.sendall(reply)
                lines.read()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def test_reply_smuggled_in_before_the_encryption_is_refused(certificate: Certificate) -> None:
    replies = (b"220 hi\r\n", b"250-relay\r\n250 STARTTLS\r\n", b"220 go\r\n250 AUTH PLAIN\r\n")
    with script(*replies) as port:
        server = MailServer(
            "127.0.0.1", port, SENDER, use_tls=True, ca_file=certificate.trust, timeout_s=5
        )
        outcome = send(server)
    assert isinstance(outcome, Again)
    assert "not SMTP" in outcome.reason


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff" * 70_000, b"220-x\r\n" * 20_000]
)
def test_something_that_is_no_mail_server_is_left(greeting: bytes) -> None:
    with script(greeting) as port:
        outcome = send(MailServer("127.0.0.1", port, SENDER, timeout_s=5))
    assert isinstance(outcome, Again)
    assert "not SMTP" in outcome.reason


def test_missing_certificates_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="HANDOFF_MAIL_CA_FILE"):
        SmtpTransport(MailServer("h", 587, SENDER, use_tls=True, ca_file=tmp_path / "none.pem"))


def test_certificate_files_that_are_none_stop_the_start(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    with pytest.raises(MachineError, match="HANDOFF_MAIL_CA_FILE"):
        SmtpTransport(MailServer("h", 587, SENDER, use_tls=True, ca_file=empty))
