from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.delivery import Again, Never, Sent
from tests.form_server.delivery.things import SENDER, THERAPIST, server_for
from tests.form_server.delivery.transport import WIRE, Begun, Offset, send, send_once, transport_to
from tests.smtp_faults import Action, Answer, Drop, FaultySmtpServer, Slow, Stage


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


def test_server_of_the_old_kind_is_greeted_its_way(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.EHLO, Answer(502, "only HELO here"))
    assert send_once(relay) == Sent()


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


def test_slow_server_is_waited_for(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.DOT, Slow(0.3))
    assert send_once(relay) == Sent()


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
