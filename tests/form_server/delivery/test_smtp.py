from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from form_server.delivery import (
    Again,
    Concern,
    MailServer,
    Never,
    Outcome,
    Sent,
    SmtpTransport,
    Unknown,
)
from outreach_kit.errors import UsageError
from tests.form_server.delivery.things import SENDER, THERAPIST, server_for
from tests.smtp_faults import (
    Action,
    Answer,
    Drop,
    FaultySmtpServer,
    Hang,
    Slow,
    Stage,
    Trickle,
)

WIRE = b"Message-ID: <1@x.example>\r\nSubject: hello\r\n\r\n.dot first\r\nlast line\r\n"
BEFORE_DATA = [Stage.CONNECT, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA]


class Offset:
    """A monotonic clock that the test can put forward."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead_s


class Begun:
    """Counts how often the transmission was announced."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@contextmanager
def transport_to(server: MailServer, monotonic: Offset | None = None) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(server, monotonic=monotonic or Offset())
    try:
        yield transport
    finally:
        transport.close()


def send(transport: SmtpTransport, recipient: str = THERAPIST, wire: bytes = WIRE) -> Outcome:
    return transport.send(SENDER, recipient, iter([wire]), Begun())


def send_once(relay: FaultySmtpServer, **settings: Any) -> Outcome:
    with transport_to(server_for(relay, **settings)) as transport:
        return send(transport)


def test_message_arrives_byte_for_byte(relay: FaultySmtpServer) -> None:
    assert send_once(relay) == Sent()
    (got,) = relay.received
    assert (got.sender, got.recipients) == (SENDER, (THERAPIST,))
    assert got.data == WIRE


def test_connection_is_kept_between_messages(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        assert [send(transport) for _ in range(3)] == [Sent()] * 3
    assert [got.connection for got in relay.received] == [1, 1, 1]


def test_stale_connection_costs_no_attempt(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        relay.stop()
        relay.start()
        assert send(transport) == Sent()
    assert len(relay.received) == 2


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT])
@pytest.mark.parametrize("action", [Drop(), Answer(421)])
def test_kept_connection_that_ends_in_the_envelope_costs_no_attempt(
    relay: FaultySmtpServer, stage: Stage, action: Action
) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        relay.inject(stage, action)
        assert send(transport) == Sent()
    assert [got.connection for got in relay.received] == [1, 2]


def test_limit_of_messages_per_connection_costs_no_attempt(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        relay.inject(Stage.MAIL, Answer(452, "4.5.3 too many messages in this session"))
        assert send(transport) == Sent()


def test_idle_connection_is_asked_whether_it_stands(relay: FaultySmtpServer) -> None:
    clock = Offset()
    with transport_to(server_for(relay), clock) as transport:
        send(transport)
        clock.ahead_s += 30
        assert send(transport) == Sent()
        assert Stage.RSET in relay.commands
        assert relay.connections == 1
        clock.ahead_s += 30
        relay.inject(Stage.RSET, Drop())
        assert send(transport) == Sent()
        assert relay.connections == 2


def test_connection_idle_for_too_long_is_left_politely(relay: FaultySmtpServer) -> None:
    clock = Offset()
    with transport_to(server_for(relay, keep_s=60), clock) as transport:
        send(transport)
        transport.rest()
        assert Stage.QUIT not in relay.commands
        clock.ahead_s += 61
        transport.rest()
        assert Stage.QUIT in relay.commands
        assert send(transport) == Sent()
        assert relay.connections == 2


@pytest.mark.parametrize("action", [Answer(500), Drop(), Hang()])
def test_trouble_while_parting_is_ignored(relay: FaultySmtpServer, action: Action) -> None:
    transport = SmtpTransport(server_for(relay))
    assert send(transport) == Sent()
    relay.inject(Stage.QUIT, action)
    began = time.monotonic()
    transport.close()
    assert time.monotonic() - began < 10
    assert len(relay.received) == 1


def test_refused_connection_is_tried_again(relay: FaultySmtpServer) -> None:
    relay.stop()
    outcome = send_once(relay)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.CHANNEL
    assert "cannot be reached" in outcome.reason


@pytest.mark.parametrize("stage", BEFORE_DATA)
def test_connection_lost_before_the_message_is_tried_again(
    relay: FaultySmtpServer, stage: Stage
) -> None:
    relay.inject(stage, Drop())
    assert isinstance(send_once(relay), Again)
    assert relay.received == []


@pytest.mark.parametrize("stage", [*BEFORE_DATA, Stage.AUTH])
@pytest.mark.parametrize("action", [Hang(), Trickle()])
def test_silent_server_is_left_in_time(stage: Stage, action: Action) -> None:
    with FaultySmtpServer(accounts={"nora": "secret"}) as relay:
        relay.inject(stage, action)
        began = time.monotonic()
        outcome = send_once(relay, timeout_s=0.4, username="nora", password="secret")
        assert time.monotonic() - began < 10  # not for ever: there is one deadline for all of it
    assert isinstance(outcome, Again)
    assert "did not answer within 0.4 seconds" in outcome.reason


@pytest.mark.parametrize(
    "action", [Drop(), Drop(kept=True), Hang(), Hang(kept=True), Trickle()], ids=repr
)
def test_lost_answer_to_a_whole_message_is_unknown(relay: FaultySmtpServer, action: Action) -> None:
    relay.inject(Stage.DOT, action)
    outcome = send_once(relay, timeout_s=30.0, answer_s=0.3)
    assert isinstance(outcome, Unknown)
    assert "may have been taken" in outcome.reason
    relay.wait_for_command(Stage.DOT)


def test_connection_lost_amid_the_message_is_tried_again(relay: FaultySmtpServer) -> None:
    # More than the buffers of both ends hold, so that the end cannot have been handed over.
    wire = b"Subject: long\r\n\r\n" + (b"x" * 76 + b"\r\n") * 200_000
    relay.inject(Stage.BODY, Drop())
    with transport_to(server_for(relay)) as transport:
        outcome = send(transport, wire=wire)
    assert isinstance(outcome, Again)
    assert "before the message was through" in outcome.reason


def test_server_that_stops_reading_amid_the_message_is_left_in_time(
    relay: FaultySmtpServer,
) -> None:
    wire = b"Subject: long\r\n\r\n" + (b"x" * 76 + b"\r\n") * 200_000
    relay.inject(Stage.BODY, Hang())
    began = time.monotonic()
    with transport_to(server_for(relay, timeout_s=0.5)) as transport:
        outcome = send(transport, wire=wire)
    assert time.monotonic() - began < 10
    assert isinstance(outcome, Again)


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT])
@pytest.mark.parametrize(
    ("code", "expected"), [(421, Again), (450, Again), (451, Again), (550, Never), (552, Never)]
)
def test_refusal_is_for_now_or_for_good(
    relay: FaultySmtpServer, stage: Stage, code: int, expected: type[Outcome]
) -> None:
    relay.inject(stage, Answer(code, "5.1.1 no"))
    outcome = send_once(relay)
    assert isinstance(outcome, expected)
    assert str(code) in getattr(outcome, "reason", "")
    assert relay.received == []


@pytest.mark.parametrize("code", [421, 450, 550, 554])
def test_refusal_to_talk_at_all_is_never_for_good(relay: FaultySmtpServer, code: int) -> None:
    relay.inject(Stage.CONNECT, Answer(code, "go away"))
    outcome = send_once(relay)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.CHANNEL
    assert f"{code} go away" in outcome.reason


def test_goodbye_instead_of_a_greeting_is_tried_again(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.EHLO, Answer(421, "too many of you"))
    outcome = send_once(relay)
    assert isinstance(outcome, Again)
    assert "421 too many of you" in outcome.reason


def test_server_of_the_old_kind_is_greeted_its_way(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.EHLO, Answer(502, "only HELO here"))
    assert send_once(relay) == Sent()


def test_refused_recipient_does_not_harm_the_next(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.RCPT, Answer(550, "5.1.1 no such user"), recipient="gone@x.example")
    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport, "gone@x.example"), Never)
        assert send(transport) == Sent()
    assert relay.connections == 1
    assert [got.recipients for got in relay.received] == [(THERAPIST,)]


def test_transmission_is_announced_once_and_after_the_envelope(relay: FaultySmtpServer) -> None:
    begun = Begun()

    def begin() -> None:
        begun()
        assert relay.commands[-1] == Stage.RCPT

    with transport_to(server_for(relay)) as transport:
        assert transport.send(SENDER, THERAPIST, iter([WIRE]), begin) == Sent()
    assert begun.times == 1


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.EHLO, Stage.MAIL, Stage.RCPT])
def test_refused_envelope_announces_nothing(relay: FaultySmtpServer, stage: Stage) -> None:
    relay.inject(stage, Drop())
    begun = Begun()
    with transport_to(server_for(relay)) as transport:
        transport.send(SENDER, THERAPIST, iter([WIRE]), begun)
    assert begun.times == 0


def test_announcement_that_fails_stops_the_message_and_not_the_next(
    relay: FaultySmtpServer,
) -> None:
    def begin() -> None:
        raise LookupError("no longer ours")

    with transport_to(server_for(relay)) as transport:
        with pytest.raises(LookupError):
            transport.send(SENDER, THERAPIST, iter([WIRE]), begin)
        assert relay.received == []
        assert send(transport) == Sent()
    assert relay.connections == 1


@pytest.mark.parametrize("address", ["a@x.example\r\nDATA", "ä@x.example", "<a@x.example>", "a b"])
def test_address_that_smtp_cannot_carry_is_refused_unsent(
    relay: FaultySmtpServer, address: str
) -> None:
    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport, address), Never)
    assert relay.connections == 0


def test_reason_never_echoes_the_message_or_the_address(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.RCPT, Answer(550, f"5.1.1 <{THERAPIST.upper()}> unknown\x07"))
    relay.inject(Stage.DOT, Answer(554, "5.7.1 the text “hello Jane Quarles” is not liked"))
    with transport_to(server_for(relay)) as transport:
        address, content = send(transport), send(transport)
    assert isinstance(address, Never)
    assert isinstance(content, Never)
    assert "5.1.1" in address.reason
    assert "unknown" in address.reason
    assert THERAPIST not in address.reason.lower()
    assert address.reason.isprintable()
    assert "554 5.7.1" in content.reason
    assert "Quarles" not in content.reason


def test_slow_server_is_waited_for(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.DOT, Slow(0.3))
    assert send_once(relay) == Sent()


def test_account_signs_in() -> None:
    with FaultySmtpServer(accounts={"nora": "pass word"}) as relay:
        assert send_once(relay, username="nora", password="pass word") == Sent()
        assert relay.received[0].login == "nora"


@pytest.mark.parametrize("password", ["wrong", "pässword"])
def test_wrong_password_waits_for_mended_settings(password: str) -> None:
    with FaultySmtpServer(accounts={"nora": "right"}) as relay:
        outcome = send_once(relay, username="nora", password=password)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert "HANDOFF_MAIL_PASSWORD" in outcome.reason
    assert password not in outcome.reason


@pytest.mark.parametrize(("code", "concern"), [(535, Concern.SETTINGS), (454, Concern.CHANNEL)])
def test_refused_sign_in_is_tried_again(code: int, concern: Concern) -> None:
    with FaultySmtpServer(accounts={"nora": "right"}) as relay:
        relay.inject(Stage.AUTH, Answer(code, "5.7.8 no"), times=None)
        outcome = send_once(relay, username="nora", password="right")
    assert isinstance(outcome, Again)
    assert outcome.concern is concern


@pytest.mark.parametrize(
    "answer",
    [Answer(334, "this is no challenge"), Answer(334, "abcde"), Answer(250, "fine"), Answer(354)],
)
def test_sign_in_that_is_answered_with_nonsense_is_not_blamed_on_the_password(
    answer: Answer,
) -> None:
    with FaultySmtpServer(accounts={"nora": "right"}) as relay:
        relay.inject(Stage.AUTH, answer, times=None)
        outcome = send_once(relay, username="nora", password="right")
        relay.mend()
        assert send_once(relay, username="nora", password="right") == Sent()
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.CHANNEL
    assert "PASSWORD" not in outcome.reason
    assert "password" not in outcome.reason


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT])
def test_demand_to_sign_in_is_a_matter_of_settings(relay: FaultySmtpServer, stage: Stage) -> None:
    relay.inject(stage, Answer(530, "5.7.0 authentication required"))
    outcome = send_once(relay)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS


def test_server_without_sign_in_is_a_matter_of_settings(relay: FaultySmtpServer) -> None:
    outcome = send_once(relay, username="nora", password="secret")
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS


def test_password_never_crosses_a_network_in_the_clear() -> None:
    def open_line(host: str, *, use_tls: bool = False) -> MailServer:
        return MailServer(host, 25, SENDER, use_tls=use_tls, username="nora", password="secret")

    with pytest.raises(UsageError, match="in the clear"):
        open_line("mail.example.org")
    assert "secret" not in repr(open_line("mail.example.org", use_tls=True))
    open_line("127.0.0.1")
    open_line("localhost")


@pytest.mark.parametrize(("stage", "code"), [(Stage.RCPT, 354), (Stage.DATA, 250)])
def test_server_out_of_step_is_met_anew(relay: FaultySmtpServer, stage: Stage, code: int) -> None:
    relay.inject(stage, Answer(code))
    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport), Again)
        assert send(transport) == Sent()
    assert relay.connections == 2


def test_the_message_is_written_while_the_server_reads_the_envelope(
    relay: FaultySmtpServer,
) -> None:
    def write() -> Iterator[bytes]:
        relay.wait_for_command(Stage.MAIL)
        yield b"no message yet"
        relay.wait_for_command(Stage.RCPT)
        yield WIRE

    with transport_to(server_for(relay)) as transport:
        assert transport.send(SENDER, THERAPIST, write(), Begun()) == Sent()
    assert [got.data for got in relay.received] == [WIRE]


def test_a_message_that_cannot_be_written_is_not_sent_and_the_next_one_is(
    relay: FaultySmtpServer,
) -> None:
    def fail() -> Iterator[bytes]:
        yield b""
        raise LookupError("no such letter")

    with transport_to(server_for(relay)) as transport:
        with pytest.raises(LookupError):
            transport.send(SENDER, THERAPIST, fail(), Begun())
        assert relay.received == []
        assert send(transport) == Sent()


def test_a_message_is_written_once_although_its_connection_had_to_be_replaced(
    relay: FaultySmtpServer,
) -> None:
    written: list[None] = []

    def write() -> Iterator[bytes]:
        written.append(None)
        yield b""
        yield WIRE

    with transport_to(server_for(relay)) as transport:
        assert send(transport) == Sent()
        relay.inject(Stage.RCPT, Drop())
        assert transport.send(SENDER, THERAPIST, write(), Begun()) == Sent()
    assert relay.connections == 2
    assert len(written) == 1
    assert relay.received[-1].data == WIRE


@pytest.fixture
def hasty_relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer(pipelining=True) as relay:
        yield relay


def test_a_server_that_takes_commands_ahead_gets_both_at_once(
    hasty_relay: FaultySmtpServer,
) -> None:
    hasty_relay.inject(Stage.MAIL, Slow(0.3))

    with transport_to(server_for(hasty_relay)) as transport:
        assert send(transport) == Sent()
        assert send(transport) == Sent()
    assert [got.data for got in hasty_relay.received] == [WIRE, WIRE]


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT])
def test_a_refusal_of_one_of_two_leaves_both_sides_in_step(
    hasty_relay: FaultySmtpServer, stage: Stage
) -> None:
    with transport_to(server_for(hasty_relay)) as transport:
        assert send(transport) == Sent()
        hasty_relay.inject(stage, Answer(550, "no"), times=2)
        assert isinstance(send(transport), Never | Again)
        hasty_relay.mend()
        assert send(transport) == Sent()
    assert len(hasty_relay.received) == 2
