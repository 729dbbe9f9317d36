"""A referral that changes inboxes: who handed it where is kept, and who is there is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import (
    DeliveryKind,
    InboxKey,
    Ledger,
    NewInbox,
    NotFound,
    NotNow,
    Referral,
    ReferralState,
    clock_row,
)
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, an_attempt


@pytest.fixture
def one(ledger: Ledger) -> Referral:
    key = InboxKey("inbox-2", 1, b"other public")
    ledger.inboxes.add(NewInbox("inbox-2", "Ana Ruiz", "ana-ruiz"), key, [], actor="test")
    new = a_referral()
    clock = clock_row(new.id, NOON + timedelta(hours=3))
    ledger.intake.accept(new, [clock], actor="office")
    return ledger.referrals.get(new.id)


def move(ledger: Ledger, before: Referral, to: str = "inbox-2", **more: object) -> Referral:
    more.setdefault("deliveries", [])
    return ledger.moves.move(before, to, 1, b"sealed anew", {}, actor="user:user-1", **more)  # type: ignore[arg-type]


def test_its_way_is_kept_there_and_back(ledger: Ledger, clock: MovableClock, one: Referral) -> None:
    there = move(ledger, one)
    clock.advance(timedelta(minutes=5))
    move(ledger, there, to="inbox-1")
    way = [(step.from_inbox_id, step.to_inbox_id) for step in ledger.handovers.of(one.id)]
    assert way == [("inbox-1", "inbox-2"), ("inbox-2", "inbox-1")]
    assert [step.at for step in ledger.handovers.of(one.id)] == [NOON, clock()]


def test_an_alarm_that_was_paused_goes_on_where_nobody_has_seen_it(
    ledger: Ledger, clock: MovableClock, one: Referral
) -> None:
    ledger.steps.acknowledge(one.id, "user-1")
    clock.advance(timedelta(minutes=5))
    moved = move(ledger, ledger.referrals.get(one.id))
    assert (moved.state, moved.acknowledged_at) == (ReferralState.WAITING, None)
    assert moved.promised_by == one.promised_by
    (due,) = ledger.agenda.due(clock(), [DeliveryKind.CLOCK])
    assert due.referral_id == one.id


def test_a_promise_that_was_kept_stays_kept(ledger: Ledger, one: Referral) -> None:
    tried = ledger.steps.record_attempt(an_attempt(one.id))
    sealed = dict.fromkeys(ledger.moves.parts_of(one.id), b"anew")
    moved = ledger.moves.move(tried, "inbox-2", 1, b"sealed anew", sealed, actor="user:user-1")
    assert moved.state is ReferralState.CONTACTED
    assert moved.first_contact_at == tried.first_contact_at


def test_a_claim_ends_and_the_others_are_told_in_the_same_commit(
    ledger: Ledger, one: Referral
) -> None:
    ledger.claims.take(one.id, "user-1")
    notice = a_delivery(referral_id=one.id)
    move(ledger, one, deliveries=[notice])
    assert ledger.claims.of([one.id]) == {}
    assert ledger.deliveries.get(notice.id).referral_id == one.id


def test_of_two_handovers_one_is_too_late_and_tells_nobody(ledger: Ledger, one: Referral) -> None:
    move(ledger, one)
    notice = a_delivery(referral_id=one.id)
    with pytest.raises(NotNow):
        move(ledger, one, deliveries=[notice])
    assert len(ledger.handovers.of(one.id)) == 1
    with pytest.raises(NotFound):
        ledger.deliveries.get(notice.id)
