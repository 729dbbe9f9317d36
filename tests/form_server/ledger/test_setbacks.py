"""Rows that say they are from the future, on both stores."""

from __future__ import annotations

from datetime import datetime, timedelta

from form_server.ledger import Channel, DeliveryKind, DeliveryState, Ledger, clock_row
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, an_attempt

AHEAD = timedelta(days=40)
HOUR = timedelta(hours=1)


def clocked(ledger: Ledger, received_at: datetime, due_at: datetime) -> str:
    referral = a_referral(received_at=received_at, promised_by=received_at + 4 * HOUR)
    ledger.intake.accept(referral, [clock_row(referral.id, due_at)], actor="office")
    return referral.id


def test_an_open_referral_from_the_future_came_in_now(ledger: Ledger) -> None:
    early = clocked(ledger, NOON + AHEAD, NOON + AHEAD)
    clocked(ledger, NOON, NOON + HOUR)
    assert ledger.setbacks.from_the_future(NOON) == [early]

    assert ledger.setbacks.restart(early, NOON, lambda _: NOON + 4 * HOUR)

    after = ledger.referrals.get(early)
    assert (after.received_at, after.promised_by) == (NOON, NOON + 4 * HOUR)
    assert ledger.audit.of_referral(early)[-1].action == "referral.time_put_right"
    assert not ledger.setbacks.restart(early, NOON, lambda _: NOON)
    assert ledger.setbacks.from_the_future(NOON) == []


def test_clocks_of_referrals_that_still_wait_are_found(ledger: Ledger) -> None:
    astray = clocked(ledger, NOON, NOON + AHEAD)
    called = clocked(ledger, NOON, NOON + AHEAD)
    clocked(ledger, NOON, NOON + timedelta(minutes=10))
    ledger.steps.record_attempt(an_attempt(called))

    (found,) = ledger.setbacks.clocks(NOON)

    assert (found.one.referral_id, found.referral.id) == (astray, astray)
    assert found.one.due_at == NOON + AHEAD


def test_deliveries_written_ahead_of_time_are_due_in_time(
    ledger: Ledger, clock: MovableClock
) -> None:
    clock.now = NOON + AHEAD
    at_once, later = (a_delivery(due_at=clock.now + wait) for wait in (timedelta(), HOUR))
    ledger.queue.add([at_once, later])
    clock.now = NOON
    planned = a_delivery(due_at=NOON + AHEAD)  # written now, and to go out then
    ledger.queue.add([planned])
    ledger.wake.clear()

    assert ledger.setbacks.bring_back(NOON) == 2

    due = {one: ledger.deliveries.get(one.id).due_at for one in (at_once, later, planned)}
    assert due == {at_once: NOON, later: NOON + HOUR, planned: NOON + AHEAD}
    assert ledger.wake.is_set()
    assert ledger.setbacks.bring_back(NOON) == 0


def test_a_failed_delivery_put_off_by_a_clock_ahead_is_tried_now(ledger: Ledger) -> None:
    one = a_delivery()
    ledger.queue.add([one])
    ledger.queue.claim("boot-1", NOON, 1)
    ledger.queue.mark_retrying(one.id, "boot-1", NOON + AHEAD, "The relay did not answer.")

    assert ledger.setbacks.bring_back(NOON) == 1

    found = ledger.deliveries.get(one.id)
    assert (found.state, found.due_at) == (DeliveryState.RETRYING, NOON)


def test_standing_work_is_pulled_and_other_kinds_are_not(ledger: Ledger) -> None:
    ledger.agenda.stand(DeliveryKind.DIGEST, NOON + AHEAD)
    ledger.agenda.stand(DeliveryKind.DRILL, NOON + AHEAD)
    clocked(ledger, NOON, NOON + AHEAD)

    assert ledger.setbacks.pull(DeliveryKind.DIGEST, NOON + HOUR, NOON + HOUR) == 1
    assert ledger.setbacks.pull(DeliveryKind.DIGEST, NOON + HOUR, NOON + HOUR) == 0

    soon = ledger.agenda.due(NOON + HOUR, list(DeliveryKind))
    assert [one.kind for one in soon] == [DeliveryKind.DIGEST]


def test_what_is_kept_for_hours_is_forgotten_when_it_is_from_the_future(
    ledger: Ledger, clock: MovableClock
) -> None:
    clock.now = NOON + AHEAD
    first = a_referral(received_at=clock.now)
    ledger.intake.accept(first, [], actor="office")
    ledger.sign_in_failures.record("user-1", clock.now)
    clock.now = NOON
    ledger.sign_in_failures.record("user-2", NOON)

    ledger.setbacks.forget(NOON)

    again = a_referral(dedupe_hash=first.dedupe_hash)
    assert not ledger.intake.accept(again, [], actor="office").repeated
    assert ledger.sign_in_failures.get("user-1") is None
    assert ledger.sign_in_failures.get("user-2") is not None


def test_clock_rows_are_never_shifted_as_deliveries_are(
    ledger: Ledger, clock: MovableClock
) -> None:
    clock.now = NOON + AHEAD
    clocked(ledger, NOON, NOON + AHEAD)
    clock.now = NOON

    assert ledger.setbacks.bring_back(NOON) == 0
    assert ledger.queue.next_due_at(Channel.NONE) == NOON + AHEAD
