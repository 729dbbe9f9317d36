"""A lane that is told of a row which is being committed makes its way out ready, and waits on."""

from __future__ import annotations

import threading

import pytest

from form_server.delivery.lane import Lane, Surroundings
from form_server.ledger import Channel as Way
from form_server.ledger import Ledger
from form_server.ledger.idle_lanes import IdleLane
from tests.form_server.delivery.bench import ScriptedChannel
from tests.form_server.delivery.things import not_sealed
from tests.form_server.ledger.conftest import MovableClock


class ForesightedChannel(ScriptedChannel):
    def __init__(self) -> None:
        super().__init__()
        self.readied = 0

    def make_ready(self) -> None:
        self.readied += 1


class Waiting:
    """What a lane waits with: once for each of these, and then for nothing."""

    def __init__(self, call: threading.Event, *calls: object) -> None:
        self.call = call
        self.calls = list(calls)
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        if self.calls:
            act = self.calls.pop(0)
            assert callable(act)
            act()
            assert self.call.is_set()


def lane_with(ledger: Ledger, channel: ScriptedChannel) -> tuple[Lane, threading.Event]:
    call = threading.Event()
    idle = ledger.idle_lanes.add(Way.EMAIL, "boot-1/email", call)
    around = Surroundings(MovableClock(), lambda: 0.0, lambda: 0.5)
    return Lane(Way.EMAIL, channel, ledger.queue, not_sealed, idle, around), call


def test_a_beckoned_lane_makes_its_way_ready_and_waits_for_the_row(ledger: Ledger) -> None:
    channel = ForesightedChannel()
    lane, call = lane_with(ledger, channel)
    waiting = Waiting(call, lane.idle.beckon)
    lane.await_call(waiting)
    assert (channel.readied, waiting.times) == (1, 2)
    assert not call.is_set()


def test_a_row_that_is_there_already_is_not_waited_for(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = ForesightedChannel()
    lane, call = lane_with(ledger, channel)
    monkeypatch.setattr(IdleLane, "has_given", True)
    waiting = Waiting(call, lane.idle.beckon)
    lane.await_call(waiting)
    assert (channel.readied, waiting.times) == (1, 1)


def test_a_call_that_is_no_beckoning_readies_nothing(ledger: Ledger) -> None:
    channel = ForesightedChannel()
    lane, call = lane_with(ledger, channel)
    lane.idle.beckon()  # while it was at work
    waiting = Waiting(call, call.set)
    lane.await_call(waiting)
    assert (channel.readied, waiting.times) == (0, 1)
    assert call.is_set()


def test_a_channel_that_can_do_nothing_ahead_is_not_called(ledger: Ledger) -> None:
    lane, call = lane_with(ledger, ScriptedChannel())
    lane.idle.beckon()
    assert not call.is_set()
    assert not lane.idle.was_beckoned()
