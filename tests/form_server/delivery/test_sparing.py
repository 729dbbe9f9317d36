"""An address that keeps everybody waiting: it is asked seldom, and the others are told in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.delivery import Again, Sent, Sparing, Unknown
from form_server.ledger import Claimed, DeliveryState
from tests.form_server.delivery.bench import Bench
from tests.form_server.delivery.things import NOON, a_delivery

HANGS, WELL = "https://hangs.example/", "https://well.example/"
SILENCE_S = 20.0


@pytest.fixture
def told(bench: Bench) -> dict[str, float]:
    """When each row for the address that is well went out, in seconds; the other one hangs."""
    times: dict[str, float] = {}

    def wait(delivery: Claimed) -> None:
        if delivery.address == HANGS:
            bench.advance(SILENCE_S)
        else:
            times[delivery.id] = bench.seconds

    bench.channel.before = wait
    bench.lane.channel = Sparing(bench.channel, monotonic=lambda: bench.seconds)
    return times


def live(bench: Bench, until_s: float) -> None:
    while bench.seconds < until_s:
        bench.sweep()
        bench.advance(1)


def test_one_that_hangs_holds_up_no_other_for_longer_than_one_try(
    bench: Bench, told: dict[str, float]
) -> None:
    hung = bench.add(*(a_delivery(address=HANGS) for _ in range(30)))
    well = bench.add(*(a_delivery(address=WELL) for _ in range(30)))
    for one in hung:
        bench.channel.answers[one] = Unknown("It was told and said nothing.")

    live(bench, 3600.0)

    assert set(told) == set(well)
    assert max(told.values()) <= SILENCE_S
    asked = [one for one in bench.channel.given if one in hung]
    assert 20 < len(asked) < 40  # an hour of a try each 140 seconds, and a few sooner


def test_what_comes_later_is_told_between_two_tries(bench: Bench, told: dict[str, float]) -> None:
    for one in bench.add(*(a_delivery(address=HANGS) for _ in range(30))):
        bench.channel.answers[one] = Unknown("It was told and said nothing.")
    live(bench, 600.0)
    late = []
    for _ in range(20):
        begun_s = bench.seconds
        (one,) = bench.add(a_delivery(address=WELL, due_at=bench.clock()))
        live(bench, begun_s + 37)
        late.append(told[one] - begun_s)

    assert max(late) <= SILENCE_S + 1
    assert sorted(late)[10] <= 1


def test_once_it_answers_it_gets_everything(bench: Bench, told: dict[str, float]) -> None:
    hung = bench.add(*(a_delivery(address=HANGS) for _ in range(10)))
    bench.channel.usual = Unknown("It was told and said nothing.")
    live(bench, 300.0)
    bench.channel.usual = Sent()
    bench.channel.before = lambda _: None

    live(bench, bench.seconds + 900.0)

    assert {bench.state(one) for one in hung} == {DeliveryState.SENT}


def test_a_row_that_was_not_tried_is_due_when_the_rest_ends(
    bench: Bench, told: dict[str, float]
) -> None:
    first, second = bench.add(a_delivery(address=HANGS), a_delivery(address=HANGS))
    bench.channel.usual = Unknown("It was told and said nothing.")
    bench.sweep()

    assert bench.channel.given == [first]
    assert bench.ledger.deliveries.get(second).due_at == NOON + timedelta(seconds=SILENCE_S + 5)
    assert "kept everybody waiting" in bench.error(second)


def test_a_quick_no_lets_nobody_rest(bench: Bench) -> None:
    bench.lane.channel = Sparing(bench.channel, monotonic=lambda: bench.seconds)
    ids = bench.add(*(a_delivery(address=HANGS) for _ in range(3)))
    bench.channel.usual = Again("It answered 503.")
    bench.sweep()
    assert bench.channel.given == ids
