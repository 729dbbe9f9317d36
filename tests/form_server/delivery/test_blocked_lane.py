"""A way that is shut: it is probed and not stormed, and nothing is held up or lost by it."""

from __future__ import annotations

from datetime import timedelta

from form_server.delivery import Again, Concern, Sent
from form_server.ledger import DeliveryState
from tests.form_server.delivery.bench import BLOCKED, Bench
from tests.form_server.delivery.things import a_delivery


def test_blocked_way_is_probed_and_not_stormed(bench: Bench) -> None:
    ids = bench.add(*(a_delivery() for _ in range(20)))
    bench.channel.usual = BLOCKED
    for _ in range(5):
        bench.sweep()
    assert len(bench.channel.given) == 2
    bench.advance(1.1)
    bench.sweep()
    assert len(bench.channel.given) == 3
    states = [bench.state(one) for one in ids]
    assert states.count(DeliveryState.PENDING) == 17
    assert states.count(DeliveryState.RETRYING) == 3


def test_connection_that_breaks_once_holds_up_nobody(bench: Bench) -> None:
    first, *others = bench.add(*(a_delivery() for _ in range(5)))
    bench.channel.answers[first] = BLOCKED
    bench.sweep()
    assert [bench.state(one) for one in others] == [DeliveryState.SENT] * 4
    assert bench.state(first) is DeliveryState.RETRYING


def test_way_that_opens_again_takes_everything_within_a_quarter_of_a_minute(bench: Bench) -> None:
    ids = bench.add(*(a_delivery() for _ in range(20)))
    bench.channel.usual = BLOCKED
    for _ in range(3600):
        bench.advance(1)
        bench.sweep()
    bench.channel.usual = Sent()
    for _ in range(16):
        bench.advance(1)
        bench.sweep()
    assert {bench.state(one) for one in ids} == {DeliveryState.SENT}


def test_long_outage_does_not_count_against_a_message(bench: Bench) -> None:
    (one,) = bench.add(a_delivery())
    bench.channel.usual = BLOCKED
    for _ in range(1200):
        bench.advance(1)
        bench.sweep()
    bench.channel.usual = Again("Greylisted.")
    while bench.error(one) != "Greylisted.":
        bench.advance(1)
        bench.sweep()
    due_at = bench.ledger.deliveries.get(one).due_at
    assert due_at - bench.clock() <= timedelta(seconds=2)


def test_settings_that_fail_pause_the_lane_and_leave_rows_due_for_a_new_start(bench: Bench) -> None:
    (one,) = bench.add(a_delivery())
    bench.channel.usual = Again("The password is wrong.", Concern.SETTINGS)
    for _ in range(600):
        bench.advance(1)
        bench.sweep()
    assert len(bench.channel.given) <= 7
    assert bench.lane.paused
    assert bench.ledger.deliveries.get(one).due_at - bench.clock() <= timedelta(seconds=30)


def test_one_message_that_blocks_the_way_does_not_hold_up_the_others(bench: Bench) -> None:
    bad, *good = bench.add(*(a_delivery() for _ in range(10)))
    bench.channel.answers[bad] = BLOCKED
    for _ in range(10):
        bench.advance(1)
        bench.sweep()
    assert {bench.state(one) for one in good} == {DeliveryState.SENT}
