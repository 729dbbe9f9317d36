from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from form_server.delivery import Again, Concern, Never, Outcome, Sent, Unknown
from form_server.delivery.ending import Ending
from form_server.delivery.lane import Lane, OpenParcel, Surroundings
from form_server.ledger import Channel as Way
from form_server.ledger import (
    Claimed,
    DeliveryKind,
    DeliveryState,
    Handed,
    Ledger,
    LedgerUnavailable,
    NewDelivery,
)
from form_server.parcels import Parcel, parcel_from_bytes
from tests.form_server.delivery.conftest import MovableClock
from tests.form_server.delivery.things import NOON, a_delivery, not_sealed

ONCE = DeliveryKind.ACKNOWLEDGEMENT
REPEATED = DeliveryKind.NOTICE
BLOCKED = Again("The relay is gone.", Concern.CHANNEL)


class ScriptedChannel:
    """Answers as told, per delivery or for all, and remembers what it was given."""

    def __init__(self) -> None:
        self.answers: dict[str, Outcome | Exception] = {}
        self.usual: Outcome | Exception = Sent()
        self.given: list[str] = []
        self.before: Callable[[Claimed], None] = lambda _: None
        self.after: Callable[[Claimed], None] = lambda _: None

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        self.before(delivery)
        begin()
        self.given.append(delivery.id)
        self.after(delivery)
        answer = self.answers.get(delivery.id, self.usual)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def rest(self) -> None: ...
    def close(self) -> None: ...


class Bench:
    """A lane over a real ledger, with a channel that does as it is told."""

    def __init__(self, ledger: Ledger, clock: MovableClock) -> None:
        self.ledger = ledger
        self.clock = clock
        self.seconds = 0.0
        self.channel = ScriptedChannel()
        self.open_parcel: OpenParcel = not_sealed
        self.ending = Ending(lambda: self.seconds)
        self.lane = Lane(
            Way.EMAIL,
            self.channel,
            ledger.queue,
            lambda sealed, delivery_id: self.open_parcel(sealed, delivery_id),
            ledger.idle_lanes.add(Way.EMAIL, "boot-1/email", threading.Event()),
            Surroundings(clock, lambda: self.seconds, lambda: 0.5),
        )

    def add(self, *deliveries: NewDelivery) -> list[str]:
        self.ledger.queue.add(deliveries)
        return [one.id for one in deliveries]

    def sweep(self) -> int:
        return self.lane.sweep(self.ending, lambda: None)

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.advance(seconds)

    def state(self, delivery_id: str) -> DeliveryState:
        return self.ledger.deliveries.get(delivery_id).state

    def error(self, delivery_id: str) -> str:
        return self.ledger.deliveries.get(delivery_id).last_error or ""


@pytest.fixture
def bench(ledger: Ledger, clock: MovableClock) -> Bench:
    return Bench(ledger, clock)


class Saboteur:
    """Takes the table of deliveries away from under the ledger, and gives it back."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def strike(self, *_: object) -> None:
        self._run("ALTER TABLE delivery RENAME TO taken_away")

    def make_good(self) -> None:
        self._run("ALTER TABLE taken_away RENAME TO delivery")

    def _run(self, sql: str) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute(sql)


@pytest.fixture
def saboteur(ledger: Ledger, tmp_path: Path) -> Saboteur:
    return Saboteur(tmp_path / "ledger.db")


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


def test_poisoned_parcel_is_shown_and_others_go_on(bench: Bench) -> None:
    bad, good = bench.add(a_delivery(b'{"kind": "Jane Quarles"}'), a_delivery())
    bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (DeliveryState.RETRYING, DeliveryState.SENT)
    assert [one.id for one in bench.ledger.deliveries.failing()] == [bad]
    assert "cannot be read" in bench.error(bad)
    assert "Quarles" not in bench.error(bad)


def test_parcel_that_does_not_open_is_tried_again_and_others_go_on(bench: Bench) -> None:
    bad, good = bench.add(a_delivery(), a_delivery())

    def open_parcel(sealed: bytes, delivery_id: str) -> bytes:
        if delivery_id == bad:
            raise ValueError("wrong key for Jane Quarles")
        return sealed

    bench.open_parcel = open_parcel
    bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (DeliveryState.RETRYING, DeliveryState.SENT)
    assert "ValueError at test_lane.py" in bench.error(bad)
    bench.open_parcel = not_sealed  # the program was mended
    bench.advance(2)
    bench.sweep()
    assert bench.state(bad) is DeliveryState.SENT


@pytest.mark.parametrize(
    ("kind", "state"), [(REPEATED, DeliveryState.RETRYING), (ONCE, DeliveryState.UNKNOWN)]
)
def test_bug_amid_a_transmission_is_shown_and_says_nothing_of_the_referral(
    bench: Bench, kind: DeliveryKind, state: DeliveryState, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = bench.add(a_delivery(kind=kind), a_delivery())
    bench.channel.answers[bad] = KeyError("Jane Quarles")
    with caplog.at_level(logging.DEBUG):
        bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (state, DeliveryState.SENT)
    assert "KeyError" in bench.error(bad)
    assert bad in caplog.text
    assert "Quarles" not in caplog.text + bench.error(bad)


def test_row_taken_over_by_another_owner_is_left_to_it(bench: Bench) -> None:
    mine, good = bench.add(a_delivery(kind=ONCE), a_delivery())

    def take_over(held: Claimed) -> None:
        if held.id == mine:
            bench.ledger.queue.mark_stuck(mine, held.owner, "taken")

    bench.channel.before = take_over
    bench.sweep()
    assert bench.channel.given == [good]
    assert bench.error(mine) == "taken"


def test_outcome_that_could_not_be_written_is_written_later_and_nothing_is_sent_twice(
    bench: Bench, saboteur: Saboteur
) -> None:
    first, second = bench.add(a_delivery(), a_delivery())
    bench.channel.after = lambda held: saboteur.strike() if held.id == first else None
    for _ in range(3):
        with pytest.raises(LedgerUnavailable):
            bench.sweep()
    saboteur.make_good()
    bench.sweep()
    assert bench.channel.given == [first, second]
    assert [bench.state(one) for one in (first, second)] == [DeliveryState.SENT] * 2


def test_transmission_that_could_not_be_committed_does_not_happen(
    bench: Bench, saboteur: Saboteur
) -> None:
    (one,) = bench.add(a_delivery(kind=ONCE))
    bench.channel.before = saboteur.strike
    with pytest.raises(LedgerUnavailable):
        bench.sweep()
    assert bench.channel.given == []
    saboteur.make_good()
    bench.channel.before = lambda _: None
    bench.sweep()
    bench.advance(2)
    bench.sweep()
    assert bench.channel.given == [one]
    assert bench.state(one) is DeliveryState.SENT


def test_rows_claimed_without_an_answer_are_given_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = bench.add(a_delivery())
    queue, claim = bench.ledger.queue, bench.ledger.queue.claim

    def claim_and_lose_the_answer(*arguments: Any) -> list[Claimed]:
        claim(*arguments)
        raise LedgerUnavailable("here", "the connection was lost after the commit")

    monkeypatch.setattr(queue, "claim", claim_and_lose_the_answer)
    with pytest.raises(LedgerUnavailable):
        bench.sweep()
    assert bench.state(one) is DeliveryState.SENDING
    monkeypatch.undo()
    assert bench.sweep() == 1
    assert bench.state(one) is DeliveryState.SENT


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
