from __future__ import annotations

from datetime import timedelta

from form_server.ledger import DeliveryKind, DeliveryState, Ledger, Outcome
from form_server.ledger.purging import Deletion
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, accept_one, an_attempt

LATER = NOON + timedelta(days=31)


def closed(ledger: Ledger) -> str:
    referral = a_referral()
    ledger.intake.accept(referral, [a_delivery(referral_id=referral.id)], actor="office")
    ledger.steps.record_attempt(an_attempt(referral.id, NOON))
    ledger.steps.close(referral.id, Outcome.SCHEDULED, "user-1")
    return referral.id


def test_purged_referral_keeps_what_is_counted_and_nothing_that_was_said(ledger: Ledger) -> None:
    one = closed(ledger)
    before = ledger.referrals.get(one)
    assert ledger.purging.closed_before(LATER) == [one]
    assert ledger.purging.purge(Deletion(one, LATER, "retention 30 days"))

    after = ledger.referrals.get(one)
    assert after.envelope == b""
    assert (after.outcome, after.source, after.received_at, after.attempt_count) == (
        before.outcome,
        before.source,
        before.received_at,
        1,
    )
    assert ledger.referrals.attempts(one) == []
    (left,) = ledger.deliveries.of_referral(one)
    assert left.state is DeliveryState.DISMISSED
    assert ledger.purging.deletions() == [Deletion(one, LATER, "retention 30 days")]
    assert ledger.audit.of_referral(one)[-1].action == "referral.purged"
    assert ledger.purging.closed_before(LATER) == []


def test_where_a_reply_went_is_gone_and_where_a_notice_went_stays(ledger: Ledger) -> None:
    referral = a_referral()
    deliveries = [
        a_delivery(referral_id=referral.id, kind=kind, address=f"{kind.value}@home.example")
        for kind in (DeliveryKind.NOTICE, DeliveryKind.REPLY, DeliveryKind.ACKNOWLEDGEMENT)
    ]
    ledger.intake.accept(referral, deliveries, actor="office")
    ledger.steps.close(referral.id, Outcome.SPAM, "user-1")

    ledger.purging.purge(Deletion(referral.id, LATER, "retention 30 days"))

    left = {one.kind: one.address for one in ledger.deliveries.of_referral(referral.id)}
    assert left == {
        DeliveryKind.NOTICE: "notice@home.example",
        DeliveryKind.REPLY: "",
        DeliveryKind.ACKNOWLEDGEMENT: "",
    }


def test_how_many_a_rule_would_take_is_told_before_it_is_set(ledger: Ledger) -> None:
    one, _ = closed(ledger), accept_one(ledger)
    assert ledger.purging.count_closed_before(LATER) == 1
    assert ledger.purging.count_closed_before(NOON) == 0
    ledger.purging.purge(Deletion(one, LATER, "retention 30 days"))
    assert ledger.purging.count_closed_before(LATER) == 0


def test_second_purge_keeps_the_first_record(ledger: Ledger) -> None:
    one = closed(ledger)
    ledger.purging.purge(Deletion(one, LATER, "first"))
    ledger.purging.purge(Deletion(one, LATER + timedelta(days=1), "second"))

    assert [record.rule for record in ledger.purging.deletions()] == ["first"]


def test_open_or_unknown_referrals_are_not_purged(ledger: Ledger, clock: MovableClock) -> None:
    still_open = accept_one(ledger)
    clock.advance(timedelta(days=400))

    assert ledger.purging.closed_before(clock.now) == []
    assert not ledger.purging.purge(Deletion(still_open.id, clock.now, "rule"))
    assert not ledger.purging.purge(Deletion("no-such", clock.now, "rule"))
    assert ledger.referrals.get(still_open.id).envelope == still_open.envelope
    assert ledger.purging.deletions() == []
