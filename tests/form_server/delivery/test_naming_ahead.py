"""A message that may come: its sender is named ahead, and nothing depends on its coming."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.delivery import Sent
from tests.form_server.delivery.bench import Bench, ScriptedChannel
from tests.form_server.delivery.things import SENDER, THERAPIST, server_for
from tests.form_server.delivery.transport import WIRE, Begun, Offset, send, transport_to
from tests.smtp_faults import Action, Answer, Drop, FaultySmtpServer, Hang, Stage


@pytest.fixture(params=[False, True], ids=["one by one", "pipelining"])
def relay(request: pytest.FixtureRequest) -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer(pipelining=request.param) as relay:
        yield relay


def test_the_sender_is_named_once_for_a_message_that_comes(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        assert send(transport) == Sent()
        transport.name_sender(SENDER)
        transport.name_sender(SENDER)
        assert relay.commands.count(Stage.MAIL) == 2
        assert send(transport) == Sent()
        assert send(transport) == Sent()
    assert relay.commands.count(Stage.MAIL) == 3
    assert Stage.RSET not in relay.commands
    assert [got.connection for got in relay.received] == [1, 1, 1]


@pytest.mark.parametrize(
    "action", [Drop(), Hang(), Answer(452, "4.5.3 too many messages"), Answer(421, "bye")]
)
def test_a_sender_that_is_not_taken_costs_no_attempt(
    relay: FaultySmtpServer, action: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("form_server.delivery.smtp._NAMING_S", 0.3)
    with transport_to(server_for(relay)) as transport:
        send(transport)
        relay.inject(Stage.MAIL, action)
        transport.name_sender(SENDER)
        assert send(transport) == Sent()
    assert [got.connection for got in relay.received] == [1, 2]


@pytest.mark.parametrize("action", [Answer(503, "5.5.1 need MAIL"), Answer(421, "bye"), Drop()])
def test_a_server_that_has_forgotten_the_sender_is_asked_anew(
    relay: FaultySmtpServer, action: Action
) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        transport.name_sender(SENDER)
        relay.inject(Stage.RCPT, action)
        assert send(transport) == Sent()
    assert [got.connection for got in relay.received] == [1, 2]


def test_a_message_that_comes_later_has_its_sender_named_anew(relay: FaultySmtpServer) -> None:
    clock = Offset()
    with transport_to(server_for(relay), clock) as transport:
        send(transport)
        transport.name_sender(SENDER)
        clock.ahead_s += 6
        assert send(transport) == Sent()
    assert relay.commands.count(Stage.RSET) == 1
    assert [got.connection for got in relay.received] == [1, 1]


def test_a_message_from_another_sender_goes_out_as_theirs(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        send(transport)
        transport.name_sender(SENDER)
        outcome = transport.send("news@practice.example", THERAPIST, iter([WIRE]), Begun())
        assert outcome == Sent()
    assert [got.sender for got in relay.received] == [SENDER, "news@practice.example"]


def test_only_a_connection_that_was_just_used_hears_of_it(relay: FaultySmtpServer) -> None:
    clock = Offset()
    with transport_to(server_for(relay), clock) as transport:
        transport.name_sender(SENDER)
        assert relay.connections == 0
        send(transport)
        clock.ahead_s += 3
        transport.name_sender(SENDER)
        assert relay.commands.count(Stage.MAIL) == 1


class _Foresighted(ScriptedChannel):
    def __init__(self) -> None:
        super().__init__()
        self.readied: list[bool] = []

    def make_ready(self) -> None:
        self.readied.append(True)


def test_a_lane_gets_its_channel_ready_before_it_waits(bench: Bench) -> None:
    channel = bench.lane.channel = _Foresighted()
    seen: list[int] = []
    bench.lane.await_call(lambda: seen.append(len(channel.readied)))
    assert seen == [1]
