"""What a mail server can do wrong, and what is made of it: again, never, or unknown."""

from __future__ import annotations

import time

import pytest

from form_server.delivery import (
    Again,
    Concern,
    MailChannel,
    Never,
    Outcome,
    Sent,
    SmtpTransport,
    Unknown,
)
from form_server.ledger import Claimed, DeliveryKind
from tests.form_server.delivery.things import THERAPIST, a_claim, a_notice, server_for
from tests.form_server.delivery.transport import send, send_once, transport_to
from tests.smtp_faults import Action, Answer, Drop, FaultySmtpServer, Hang, Slow, Stage, Trickle

BEFORE_DATA = [Stage.CONNECT, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA]


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


def test_refused_recipient_does_not_harm_the_next(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.RCPT, Answer(550, "5.1.1 no such user"), recipient="gone@x.example")
    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport, "gone@x.example"), Never)
        assert send(transport) == Sent()
    assert relay.connections == 1
    assert [got.recipients for got in relay.received] == [(THERAPIST,)]


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


@pytest.mark.parametrize(("stage", "code"), [(Stage.RCPT, 354), (Stage.DATA, 250)])
def test_server_out_of_step_is_met_anew(relay: FaultySmtpServer, stage: Stage, code: int) -> None:
    relay.inject(stage, Answer(code))
    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport), Again)
        assert send(transport) == Sent()
    assert relay.connections == 2


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (a_claim(), Unknown),
        (a_claim(attempts=2), Sent),
        (a_claim(kind=DeliveryKind.ACKNOWLEDGEMENT), Sent),
    ],
    ids=["first", "again", "at most once"],
)
def test_a_slow_answer_is_waited_for_where_a_second_copy_would_be_the_price(
    relay: FaultySmtpServer, claim: Claimed, expected: type[Outcome]
) -> None:
    relay.inject(Stage.DOT, Slow(0.6))
    server = server_for(relay, answer_s=0.2, long_answer_s=5.0)
    channel = MailChannel(server, SmtpTransport(server), carries_whole=False)
    try:
        outcome = channel.deliver(claim, a_notice(), lambda: None)
    finally:
        channel.close()
    assert isinstance(outcome, expected)
