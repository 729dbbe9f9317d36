from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from form_server.delivery import Again, Never, Sent, Unknown
from form_server.ledger import Channel as Way
from form_server.ledger import DeliveryKind, DeliveryState
from tests.form_server.delivery.bench import ONCE, REPEATED, Bench
from tests.form_server.delivery.things import NOON, a_delivery


def test_due_delivery_is_sent_and_its_parcel_wiped(bench: Bench, tmp_path: Path) -> None:
    (one,) = bench.add(a_delivery())
    assert bench.sweep() == 1
    sent = bench.ledger.deliveries.get(one)
    assert sent.state is DeliveryState.SENT
    assert sent.sent_at == NOON
    assert bench.channel.given == [one]
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        assert connection.execute("SELECT parcel FROM delivery").fetchall() == [(None,)]


def test_delivery_is_not_sent_before_it_is_due(bench: Bench) -> None:
    bench.add(a_delivery(due_at=NOON + timedelta(minutes=1)))
    bench.sweep()
    assert bench.channel.given == []
    bench.advance(60)
    assert bench.sweep() == 1


def test_other_channels_rows_are_left_alone(bench: Bench) -> None:
    (push,) = bench.add(a_delivery(channel=Way.PUSH))
    assert bench.sweep() == 0
    assert bench.state(push) is DeliveryState.PENDING


def test_all_that_is_due_goes_out_in_one_sweep(bench: Bench) -> None:
    ids = bench.add(*(a_delivery() for _ in range(30)))
    assert bench.sweep() == 30
    assert bench.channel.given == ids


def test_failed_message_waits_longer_each_time_and_others_go_on(bench: Bench) -> None:
    bad, good = bench.add(a_delivery(), a_delivery())
    bench.channel.answers[bad] = Again("The relay is busy with you.")
    bench.sweep()
    assert bench.channel.given == [bad, good]
    assert (bench.state(bad), bench.state(good)) == (DeliveryState.RETRYING, DeliveryState.SENT)
    assert bench.error(bad) == "The relay is busy with you."
    waits = []
    for _ in range(3):
        due_at = bench.ledger.deliveries.get(bad).due_at
        waits.append((due_at - bench.clock()).total_seconds())
        bench.advance(waits[-1])
        bench.sweep()
    assert waits == [1, 2, 5]
    assert bench.channel.given == [bad, good, bad, bad, bad]


def test_a_wait_that_the_other_side_asks_for_is_kept(bench: Bench) -> None:
    (late,) = bench.add(a_delivery())
    bench.channel.answers[late] = Again("Not now.", not_before_s=120.0)
    bench.sweep()
    bench.channel.answers.clear()
    bench.advance(119)
    bench.sweep()
    assert bench.state(late) is DeliveryState.RETRYING
    bench.advance(2)
    bench.sweep()
    assert bench.state(late) is DeliveryState.SENT


def test_refused_message_is_stuck_and_others_go_on(bench: Bench) -> None:
    bad, good = bench.add(a_delivery(), a_delivery())
    bench.channel.answers[bad] = Never("No such mailbox.")
    bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (DeliveryState.STUCK, DeliveryState.SENT)
    assert bench.error(bad) == "No such mailbox."


@pytest.mark.parametrize(
    ("kind", "state"), [(REPEATED, DeliveryState.RETRYING), (ONCE, DeliveryState.UNKNOWN)]
)
def test_unknown_outcome_is_repeated_or_waits_for_a_human(
    bench: Bench, kind: DeliveryKind, state: DeliveryState
) -> None:
    (one,) = bench.add(a_delivery(kind=kind))
    bench.channel.usual = Unknown("No answer came.")
    bench.sweep()
    assert bench.state(one) is state
    assert bench.error(one) == "No answer came."
    bench.advance(3600)
    bench.channel.usual = Sent()
    assert bench.sweep() == (kind is REPEATED)


@pytest.mark.parametrize(
    ("kind", "state"), [(REPEATED, DeliveryState.SENDING), (ONCE, DeliveryState.TRANSMITTING)]
)
def test_transmission_is_committed_first_where_it_must_not_be_repeated(
    bench: Bench, kind: DeliveryKind, state: DeliveryState
) -> None:
    seen = []
    bench.channel.after = lambda held: seen.append(bench.state(held.id))
    bench.add(a_delivery(kind=kind))
    bench.sweep()
    assert seen == [state]


def test_message_refused_after_its_transmission_began_can_still_be_repeated(bench: Bench) -> None:
    (one,) = bench.add(a_delivery(kind=ONCE))
    bench.channel.usual = Again("Not now.")
    bench.sweep()
    assert bench.state(one) is DeliveryState.RETRYING


def test_nothing_new_is_begun_once_the_end_is_asked_for(bench: Bench) -> None:
    bench.add(a_delivery())
    bench.ending.ask(10)
    assert bench.sweep() == 0
    assert bench.channel.given == []


def test_what_is_held_is_finished_while_there_is_time(bench: Bench) -> None:
    ids = bench.add(*(a_delivery() for _ in range(5)))
    bench.channel.after = lambda held: bench.ending.ask(10) if held.id == ids[1] else None
    bench.sweep()
    assert bench.channel.given == ids


def test_what_is_held_is_given_back_when_time_is_up(bench: Bench) -> None:
    ids = bench.add(*(a_delivery() for _ in range(5)))
    bench.channel.after = lambda held: bench.ending.ask(0) if held.id == ids[1] else None
    bench.sweep()
    assert bench.channel.given == ids[:2]
    assert [bench.state(one) for one in ids[2:]] == [DeliveryState.PENDING] * 3
