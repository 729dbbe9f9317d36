from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import (
    DeliveryKind,
    DeliveryState,
    Fit,
    Ledger,
    NotFound,
    NotNow,
    Outcome,
    ReferralState,
)
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, accept_one, an_attempt

HOUR = timedelta(hours=1)


def actions_on(ledger: Ledger, referral_id: str) -> list[str]:
    return [entry.action for entry in ledger.audit.of_referral(referral_id)]


def test_first_attempt_is_the_first_contact_and_is_audited(ledger: Ledger) -> None:
    held = accept_one(ledger)
    first, second = an_attempt(held.id), an_attempt(held.id, NOON + 48 * HOUR)
    ledger.steps.record_attempt(first)
    after = ledger.steps.record_attempt(second)

    assert after.state is ReferralState.CONTACTED
    assert (after.first_contact_at, after.last_attempt_at) == (first.at, second.at)
    assert after.attempt_count == 2
    assert ledger.referrals.attempts(held.id) == [first, second]
    entry = ledger.audit.of_referral(held.id)[-1]
    assert (entry.action, entry.actor) == ("referral.attempted", "user:user-1")
    assert entry.detail == "call left_message"


def test_attempt_put_on_record_late_counts_from_when_it_was_made(ledger: Ledger) -> None:
    held = accept_one(ledger)
    ledger.steps.record_attempt(an_attempt(held.id, NOON + 5 * HOUR))
    after = ledger.steps.record_attempt(an_attempt(held.id, NOON + HOUR))
    assert after.first_contact_at == NOON + HOUR
    assert after.last_attempt_at == NOON + 5 * HOUR


def test_attempt_takes_waiting_alarms_out_of_the_queue(ledger: Ledger) -> None:
    held, other = accept_one(ledger), accept_one(ledger)
    reminder, escalation = (
        a_delivery(referral_id=held.id, kind=kind, due_at=NOON + HOUR)
        for kind in (DeliveryKind.REMINDER, DeliveryKind.ESCALATION)
    )
    notice = a_delivery(referral_id=held.id, due_at=NOON + HOUR)
    of_other = a_delivery(referral_id=other.id, kind=DeliveryKind.REMINDER, due_at=NOON + HOUR)
    ledger.queue.add([reminder, escalation, notice, of_other])

    ledger.steps.record_attempt(an_attempt(held.id))

    due = {one.id for one in ledger.queue.claim("w", NOON + HOUR, 10)}
    assert due == {notice.id, of_other.id}
    assert ledger.deliveries.get(reminder.id).state is DeliveryState.DISMISSED


def test_first_look_acknowledges_and_every_look_is_audited(
    ledger: Ledger, clock: MovableClock
) -> None:
    held = accept_one(ledger)
    first = ledger.steps.note_opened(held.id, "user-1")
    clock.advance(HOUR)
    second = ledger.steps.note_opened(held.id, "user-2")
    assert first.state is ReferralState.ACKNOWLEDGED
    assert (second.acknowledged_at, second.acknowledged_by) == (NOON, "user-1")
    assert second.first_contact_at is None
    assert actions_on(ledger, held.id)[1:] == ["referral.opened", "referral.opened"]


def test_acknowledging_twice_changes_nothing(ledger: Ledger) -> None:
    held = accept_one(ledger)
    first = ledger.steps.acknowledge(held.id, "user-1")
    assert ledger.steps.acknowledge(held.id, "user-2") == first
    assert actions_on(ledger, held.id)[1:] == ["referral.acknowledged"]


def test_acknowledging_after_contact_does_not_step_back(ledger: Ledger) -> None:
    held = accept_one(ledger)
    ledger.steps.record_attempt(an_attempt(held.id))
    assert ledger.steps.acknowledge(held.id, "user-1").state is ReferralState.CONTACTED
    assert ledger.steps.note_opened(held.id, "user-1").state is ReferralState.CONTACTED


def test_closing_has_an_outcome_and_a_time(ledger: Ledger, clock: MovableClock) -> None:
    held = accept_one(ledger)
    clock.advance(HOUR)
    closed = ledger.steps.close(held.id, Outcome.UNREACHABLE, "user-1")
    assert closed.state is ReferralState.CLOSED
    assert (closed.outcome, closed.closed_at) == (Outcome.UNREACHABLE, NOON + HOUR)
    assert ledger.audit.of_referral(held.id)[-1].detail == "unreachable"


def test_closed_referral_takes_no_further_step(ledger: Ledger) -> None:
    held = accept_one(ledger)
    ledger.steps.close(held.id, Outcome.DUPLICATE, "user-1")
    with pytest.raises(NotNow, match="closed"):
        ledger.steps.record_attempt(an_attempt(held.id))
    with pytest.raises(NotNow):
        ledger.steps.close(held.id, Outcome.SPAM, "user-1")
    with pytest.raises(NotNow):
        ledger.steps.acknowledge(held.id, "user-1")
    assert ledger.steps.note_opened(held.id, "user-1").state is ReferralState.CLOSED
    assert ledger.referrals.attempts(held.id) == []


def test_step_on_an_unknown_referral_is_refused(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.steps.record_attempt(an_attempt("r-unknown"))


def test_attempt_taken_back_leaves_what_the_others_tell(ledger: Ledger) -> None:
    held = accept_one(ledger)
    first, second = an_attempt(held.id), an_attempt(held.id, NOON + 2 * HOUR)
    ledger.steps.record_attempt(first)
    ledger.steps.record_attempt(second)

    one_left = ledger.steps.undo_attempt(second.id, "user-1", NOON)
    none_left = ledger.steps.undo_attempt(first.id, "user-1", NOON)

    assert (one_left.attempt_count, one_left.last_attempt_at) == (1, first.at)
    assert none_left.state is ReferralState.WAITING
    assert none_left.first_contact_at is None
    assert actions_on(ledger, held.id).count("referral.attempt_undone") == 2


def test_nobody_takes_back_what_is_older_closed_or_somebody_elses(ledger: Ledger) -> None:
    held = accept_one(ledger)
    made = an_attempt(held.id)
    ledger.steps.record_attempt(made)

    for user, since in (("user-1", made.at + HOUR), ("user-2", NOON)):
        with pytest.raises(NotFound):
            ledger.steps.undo_attempt(made.id, user, since)
    ledger.steps.close(held.id, Outcome.UNREACHABLE, "user-1")
    with pytest.raises(NotNow):
        ledger.steps.undo_attempt(made.id, "user-1", NOON)
    assert ledger.referrals.attempts(held.id) == [made]


def test_fit_is_marked_anew_and_only_changes_are_on_record(ledger: Ledger) -> None:
    held = accept_one(ledger)
    for fit in (Fit.IN, Fit.IN, Fit.OUT):
        assert ledger.steps.mark_fit(held.id, fit, "user-1").fit is fit

    details = [one.detail for one in ledger.audit.of_referral(held.id)]
    assert details[-2:] == ["none in", "in out"]


def test_an_ending_is_taken_back_and_the_alarm_that_it_ended_goes_on(
    ledger: Ledger, clock: MovableClock
) -> None:
    untried, tried = accept_one(ledger), accept_one(ledger)
    alarm = a_delivery(kind=DeliveryKind.CLOCK, referral_id=untried.id)
    ledger.queue.add([alarm])
    ledger.steps.record_attempt(an_attempt(tried.id))
    for one in (untried, tried):
        ledger.steps.close(one.id, Outcome.DUPLICATE, "user-1")
    assert ledger.deliveries.get(alarm.id).state is DeliveryState.DISMISSED

    states = [ledger.steps.reopen(one.id, "user-1", clock()).state for one in (untried, tried)]

    assert states == [ReferralState.WAITING, ReferralState.CONTACTED]
    assert ledger.referrals.get(tried.id).outcome is None
    assert ledger.deliveries.get(alarm.id).state is DeliveryState.PENDING
    assert actions_on(ledger, tried.id)[-1] == "referral.reopened"


def test_an_older_ending_stays(ledger: Ledger, clock: MovableClock) -> None:
    referral = accept_one(ledger)
    with pytest.raises(NotNow):
        ledger.steps.reopen(referral.id, "user-1", clock())
    ledger.steps.close(referral.id, Outcome.DUPLICATE, "user-1")

    with pytest.raises(NotNow):
        ledger.steps.reopen(referral.id, "user-1", clock() + HOUR)

    assert ledger.referrals.get(referral.id).outcome is Outcome.DUPLICATE
