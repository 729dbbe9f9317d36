from __future__ import annotations

from datetime import timedelta

from form_server.ledger import DeliveryKind, DeliveryState, Ledger
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, accept_one, an_attempt


def states(ledger: Ledger) -> dict[DeliveryState, int]:
    return {state: rows for state, rows in ledger.deliveries.counts().items() if rows}


def test_what_waits_and_what_was_under_way_is_held_and_claimed_by_nobody(
    ledger: Ledger, clock: MovableClock
) -> None:
    kinds = [DeliveryKind.NOTICE, DeliveryKind.NOTICE, DeliveryKind.REPLY, DeliveryKind.NOTICE]
    rows = [
        a_delivery(kind=kind, due_at=NOON - timedelta(minutes=10 - number))
        for number, kind in enumerate(kinds)
    ]
    ledger.queue.add(rows)
    first, second, third = ledger.queue.claim("worker", clock.now, 3)
    ledger.queue.mark_sent(first.id, "worker", clock.now)
    ledger.queue.mark_transmitting(third.id, "worker")

    assert ledger.holding.hold_unfinished(actor="command") == 3

    assert states(ledger) == {DeliveryState.SENT: 1, DeliveryState.ON_HOLD: 3}
    assert {one.id for one in ledger.holding.held()} == {second.id, third.id, rows[3].id}
    ledger.queue.void_claims()
    assert ledger.queue.claim("worker", clock.now, 9) == []
    assert ledger.queue.next_due_at() is None


def test_released_rows_go_out_again_the_chosen_ones_or_all(
    ledger: Ledger, clock: MovableClock
) -> None:
    rows = [a_delivery() for _ in range(3)]
    ledger.queue.add(rows)
    ledger.holding.hold_unfinished(actor="command")
    ledger.wake.clear()

    assert ledger.holding.release([rows[1].id], actor="command") == 1
    assert ledger.wake.is_set()
    assert [one.id for one in ledger.queue.claim("worker", clock.now, 9)] == [rows[1].id]
    assert ledger.holding.release(actor="command") == 2


def test_alarms_that_somebody_has_answered_since_are_not_released(
    ledger: Ledger, clock: MovableClock
) -> None:
    referral, other = accept_one(ledger), accept_one(ledger)
    rows = [
        a_delivery(kind=kind, referral_id=one.id)
        for one in (referral, other)
        for kind in (DeliveryKind.REMINDER, DeliveryKind.NOTICE)
    ]
    ledger.queue.add(rows)
    ledger.holding.hold_unfinished(actor="command")
    ledger.steps.record_attempt(an_attempt(referral.id))

    assert ledger.holding.release(actor="command") == 3

    assert ledger.deliveries.get(rows[0].id).state is DeliveryState.DISMISSED
    assert ledger.deliveries.get(rows[2].id).state is DeliveryState.PENDING


def test_dropped_rows_end_unsent(ledger: Ledger, clock: MovableClock) -> None:
    rows = [a_delivery() for _ in range(2)]
    ledger.queue.add(rows)
    ledger.holding.hold_unfinished(actor="command")

    assert ledger.holding.drop([rows[0].id], actor="command") == 1

    assert states(ledger) == {DeliveryState.DISMISSED: 1, DeliveryState.ON_HOLD: 1}
    actions = [entry.action for entry in ledger.audit.recent(3)]
    assert actions[:2] == ["delivery.dropped", "delivery.held"]
