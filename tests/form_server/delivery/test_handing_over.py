"""Rows that are born in a lane's hands while it waits."""

from __future__ import annotations

from typing import Any

import pytest

from form_server.delivery import Again, Concern
from form_server.ledger import Claimed, DeliveryState, Handed
from form_server.parcels import parcel_from_bytes
from tests.form_server.delivery.bench import BLOCKED, Bench
from tests.form_server.delivery.things import a_delivery


def hand_over(bench: Bench, **changes: Any) -> Handed:
    """A row that is born in the lane's hands, as the office writes it while the lane waits."""
    tickets = []
    bench.lane.await_call(lambda: tickets.append(bench.lane.idle.ticket()))
    (ticket,) = tickets
    assert ticket is not None
    new = a_delivery(held_by=ticket.owner, **changes)
    bench.ledger.queue.add([new])
    claimed = Claimed(
        id=new.id,
        kind=new.kind,
        channel=new.channel,
        address=new.address,
        referral_id=None,
        due_at=new.due_at,
        created_at=new.due_at,
        attempts=1,
        owner=ticket.owner,
        parcel=new.parcel,
        message_id=new.message_id,
        last_error=None,
    )
    return Handed(ticket, claimed, parcel_from_bytes(new.parcel))


def test_what_is_handed_over_goes_out_without_a_claim(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = hand_over(bench)
    bench.ledger.idle_lanes.give(handed)
    monkeypatch.setattr(bench.ledger.queue, "claim", lambda *_: [])
    assert bench.sweep() == 1
    assert bench.channel.given == [handed.claimed.id]
    assert bench.state(handed.claimed.id) is DeliveryState.SENT


def test_a_lane_at_work_takes_nothing_over(bench: Bench) -> None:
    assert bench.lane.idle.ticket() is None
    bench.channel.before = lambda _: tickets.append(bench.lane.idle.ticket())
    tickets: list[object] = []
    bench.add(a_delivery())
    bench.sweep()
    assert tickets == [None]


def test_a_lane_whose_way_is_blocked_takes_nothing_over(bench: Bench) -> None:
    bench.channel.usual = BLOCKED
    bench.add(a_delivery(), a_delivery())
    bench.sweep()
    tickets: list[object] = []
    bench.lane.await_call(lambda: tickets.append(bench.lane.idle.ticket()))
    assert tickets == [None]


def test_a_hand_over_that_was_lost_is_found_within_seconds(bench: Bench) -> None:
    lost = hand_over(bench)
    for _ in range(3):
        bench.sweep()
        bench.lane.find_strays()
        bench.advance(6)
    bench.sweep()
    assert bench.state(lost.claimed.id) is DeliveryState.SENT
    assert bench.channel.given == [lost.claimed.id]


def test_a_hand_over_that_comes_late_is_sent_once(bench: Bench) -> None:
    late = hand_over(bench)
    for _ in range(3):
        bench.sweep()
        bench.lane.find_strays()
        bench.advance(6)
    bench.ledger.idle_lanes.give(late)
    bench.sweep()
    bench.sweep()
    assert bench.channel.given == [late.claimed.id]


def test_what_was_handed_over_behind_a_blockade_is_given_back(bench: Bench) -> None:
    first, second = hand_over(bench), hand_over(bench)
    bench.channel.usual = Again("No such password.", Concern.SETTINGS)
    bench.ledger.idle_lanes.give(first)
    bench.ledger.idle_lanes.give(second)
    bench.sweep()
    assert bench.channel.given == [first.claimed.id]
    assert bench.state(second.claimed.id) is DeliveryState.PENDING
