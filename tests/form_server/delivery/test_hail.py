"""A message that is about to come: its sender is named ahead, and nothing depends on its coming."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.delivery import Sent
from tests.form_server.delivery.things import SENDER, server_for
from tests.form_server.delivery.transport import Offset, send, transport_to
from tests.smtp_faults import Action, Answer, Drop, FaultySmtpServer, Slow, Stage


@pytest.fixture(params=[False, True], ids=["one by one", "pipelining"])
def relay(request: pytest.FixtureRequest) -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer(pipelining=request.param) as relay:
        yield relay


def test_the_sender_is_named_once_for_a_message_that_comes(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        assert send(transport) == Sent()
        transport.hail(SENDER)
        transport.hail(SENDER)
        relay.wait_for_command(Stage.MAIL)
        assert send(transport) == Sent()
        assert send(transport) == Sent()
    assert relay.commands.count(Stage.MAIL) == 3
    assert [got.connection for got in relay.received] == [1, 1, 1]


def test_nothing_is_waited_for_until_the_message_is_there(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        relay.inject(Stage.MAIL, Slow(0.3))
        transport.hail(SENDER)
        assert len(relay.received) == 1
        assert send(transport) == Sent()
    assert relay.connections == 1


@pytest.mark.parametrize(
    "action", [Drop(), Answer(452, "4.5.3 too many messages"), Answer(421, "bye")]
)
def test_a_sender_that_is_not_taken_costs_no_attempt(
    relay: FaultySmtpServer, action: Action
) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        relay.inject(Stage.MAIL, action)
        transport.hail(SENDER)
        assert send(transport) == Sent()
    assert [got.connection for got in relay.received] == [1, 2]


def test_a_message_that_does_not_come_costs_the_connection_and_no_message(
    relay: FaultySmtpServer,
) -> None:
    clock = Offset()
    with transport_to(server_for(relay), clock) as transport:
        send(transport)
        transport.hail(SENDER)
        clock.ahead_s += 6
        assert send(transport) == Sent()
    assert [got.connection for got in relay.received] == [1, 2]


def test_only_a_connection_in_use_is_hailed(relay: FaultySmtpServer) -> None:
    clock = Offset()
    with transport_to(server_for(relay), clock) as transport:
        transport.hail(SENDER)
        assert relay.connections == 0
        send(transport)
        clock.ahead_s += 30
        transport.hail(SENDER)
        assert send(transport) == Sent()
    assert relay.commands.count(Stage.MAIL) == 2
    assert Stage.RSET in relay.commands
