from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from form_server.ledger import (
    Appointment,
    Case,
    Channel,
    DeliveryKind,
    DeliveryState,
    Ledger,
    Outcome,
    ReferralState,
    Turn,
    clock_row,
)
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, an_attempt

LATER = NOON + timedelta(hours=2)
CLOCK = [DeliveryKind.CLOCK]


def clocked(ledger: Ledger) -> str:
    """A referral whose clock is due now."""
    referral = a_referral()
    ledger.intake.accept(referral, [clock_row(referral.id, NOON)], actor="office")
    return referral.id


def the_due(ledger: Ledger) -> Appointment:
    (one,) = ledger.agenda.due(NOON, CLOCK)
    return one


def states(ledger: Ledger) -> dict[DeliveryState, int]:
    return {state: rows for state, rows in ledger.deliveries.counts().items() if rows}


def test_turn_writes_what_is_due_and_arms_the_row_again(ledger: Ledger) -> None:
    referral_id = clocked(ledger)
    ledger.wake.clear()
    reminder = a_delivery(kind=DeliveryKind.REMINDER, referral_id=referral_id)
    seen: list[Case | None] = []

    def decide(case: Case | None) -> Turn:
        seen.append(case)
        return Turn(LATER, "channel 0 0", [reminder], note="referral.reminded", detail="told=1")

    assert ledger.agenda.take_turn(the_due(ledger), decide)
    assert [case.referral.id for case in seen if case] == [referral_id]
    assert ledger.agenda.due(NOON, CLOCK) == []
    (armed,) = ledger.agenda.due(LATER, CLOCK)
    assert (armed.place, armed.due_at) == ("channel 0 0", LATER)
    assert [one.id for one in ledger.deliveries.of_referral(referral_id)] == [reminder.id]
    assert ledger.audit.of_referral(referral_id)[-1].action == "referral.reminded"
    assert ledger.wake.is_set()


def test_turn_that_fails_leaves_everything_as_it_was(ledger: Ledger) -> None:
    clocked(ledger)
    before = the_due(ledger)

    def decide(_: Case | None) -> Turn:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ledger.agenda.take_turn(before, decide)
    assert the_due(ledger) == before


def test_turn_that_was_postponed_says_why_and_comes_back(ledger: Ledger) -> None:
    clocked(ledger)
    ledger.agenda.postpone(the_due(ledger), LATER, "It failed.")

    assert ledger.agenda.due(NOON, CLOCK) == []
    (again,) = ledger.agenda.due(LATER, CLOCK)
    assert again.failures == 1
    ledger.agenda.take_turn(again, lambda _: Turn(LATER + timedelta(hours=1)))
    (mended,) = ledger.agenda.due(LATER + timedelta(hours=1), CLOCK)
    assert mended.failures == 0


def test_two_workers_take_a_turn_once(ledger: Ledger) -> None:
    referral_id = clocked(ledger)
    one = the_due(ledger)

    def take(number: int) -> bool:
        reminder = a_delivery(id=f"w{number}", kind=DeliveryKind.REMINDER, referral_id=referral_id)
        return ledger.agenda.take_turn(one, lambda _: Turn(LATER, "", [reminder]))

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take, range(8)))
    assert taken.count(True) == 1
    assert len(ledger.deliveries.of_referral(referral_id)) == 1


def test_call_recorded_while_a_turn_is_due_ends_it(ledger: Ledger) -> None:
    referral_id = clocked(ledger)
    one = the_due(ledger)
    ledger.steps.record_attempt(an_attempt(referral_id, NOON))

    assert not ledger.agenda.take_turn(one, lambda _: Turn(LATER))
    assert states(ledger) == {DeliveryState.DISMISSED: 1}


@pytest.mark.parametrize("first", ["turn", "call"])
def test_turns_and_calls_at_once_neither_deadlock_nor_remind_after_the_call(
    ledger: Ledger, first: str
) -> None:
    ids = [clocked(ledger) for _ in range(12)]
    due = {one.referral_id: one for one in ledger.agenda.due(NOON, CLOCK)}

    def turn(referral_id: str) -> None:
        def decide(case: Case | None) -> Turn:
            assert case is not None
            reminder = a_delivery(kind=DeliveryKind.REMINDER, referral_id=referral_id)
            return Turn(LATER, "", [] if case.referral.first_contact_at else [reminder])

        ledger.agenda.take_turn(due[referral_id], decide)

    def call(referral_id: str) -> None:
        ledger.steps.record_attempt(an_attempt(referral_id, NOON))

    work: list[tuple[Callable[[str], None], str]] = []
    for referral_id in ids:
        pair = [(turn, referral_id), (call, referral_id)]
        work += pair if first == "turn" else pair[::-1]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda job: job[0](job[1]), work))
    for referral_id in ids:
        left = [one.state for one in ledger.deliveries.of_referral(referral_id)]
        assert set(left) <= {DeliveryState.DISMISSED}
    assert ledger.agenda.due(LATER, CLOCK) == []


def test_pause_is_looked_at_at_once(ledger: Ledger, clock: MovableClock) -> None:
    referral_id = clocked(ledger)
    ledger.agenda.take_turn(the_due(ledger), lambda _: Turn(LATER))
    clock.advance(timedelta(minutes=5))

    assert ledger.steps.pause(referral_id, "d1")
    (woken,) = ledger.agenda.due(clock.now, CLOCK)
    assert woken.due_at == clock.now
    paused = ledger.referrals.get(referral_id)
    assert (paused.state, paused.acknowledged_at, paused.acknowledged_by) == (
        ReferralState.ACKNOWLEDGED,
        clock.now,
        None,
    )
    entry = ledger.audit.of_referral(referral_id)[-1]
    assert (entry.action, entry.actor, entry.detail) == ("referral.paused", "link", "d1")


def test_pause_works_once_and_not_after_a_call(ledger: Ledger) -> None:
    paused, called = clocked(ledger), clocked(ledger)
    ledger.steps.record_attempt(an_attempt(called, NOON))

    assert ledger.steps.pause(paused, "d1")
    assert not ledger.steps.pause(paused, "d2")
    assert not ledger.steps.pause(called, "d3")


def test_outcome_of_a_turn_closes_the_referral(ledger: Ledger) -> None:
    referral_id = clocked(ledger)
    ledger.agenda.take_turn(the_due(ledger), lambda _: Turn(None, outcome=Outcome.DRILL))

    after = ledger.referrals.get(referral_id)
    assert (after.state, after.outcome, after.closed_at) == (
        ReferralState.CLOSED,
        Outcome.DRILL,
        NOON,
    )
    assert states(ledger) == {DeliveryState.SENT: 1}


def test_standing_work_keeps_its_time_across_starts(ledger: Ledger) -> None:
    ledger.agenda.stand(DeliveryKind.DIGEST, NOON)
    ledger.agenda.stand(DeliveryKind.DIGEST, LATER)

    (one,) = ledger.agenda.due(LATER, [DeliveryKind.DIGEST])
    assert one.due_at == NOON
    ledger.agenda.stand(DeliveryKind.DIGEST, None)
    assert ledger.agenda.due(LATER, [DeliveryKind.DIGEST]) == []
    ledger.agenda.stand(DeliveryKind.DIGEST, LATER)
    (again,) = ledger.agenda.due(LATER, [DeliveryKind.DIGEST])
    assert again.due_at == LATER


def test_standing_work_that_a_restored_backup_holds_stays_on_hold(ledger: Ledger) -> None:
    ledger.agenda.stand(DeliveryKind.DIGEST, NOON)
    ledger.holding.hold_unfinished(actor="test")
    ledger.agenda.stand(DeliveryKind.DIGEST, NOON)

    assert ledger.agenda.due(LATER, [DeliveryKind.DIGEST]) == []


def test_open_referrals_without_a_clock_get_one(ledger: Ledger) -> None:
    bare, called, wound = a_referral(), a_referral(), clocked(ledger)
    for one in (bare, called):
        ledger.intake.accept(one, [], actor="office")
    ledger.steps.record_attempt(an_attempt(called.id, NOON))

    assert ledger.agenda.wind_up(NOON) == 1
    assert ledger.agenda.wind_up(NOON) == 0
    assert {one.referral_id for one in ledger.agenda.due(NOON, CLOCK)} == {bare.id, wound}


def test_clock_is_no_message_and_no_lane_claims_it(ledger: Ledger) -> None:
    referral_id = clocked(ledger)

    assert ledger.deliveries.of_referral(referral_id) == []
    for channel in (Channel.EMAIL, Channel.PUSH, Channel.WEBHOOK):
        assert ledger.queue.claim("worker", NOON, 10, channel) == []
