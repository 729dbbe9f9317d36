from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Channel, Ledger, clock_row
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, accept_one, an_attempt


def test_an_empty_ledger_has_nothing_to_watch(ledger: Ledger) -> None:
    found = ledger.upkeep.gauges(NOON)

    assert (found.waiting, found.overdue, found.aside) == (0, 0, 0)
    assert not found.referrals
    assert not found.deliveries
    assert not found.oldest_due_at


def test_those_who_wait_are_counted_and_those_who_waited_too_long(ledger: Ledger) -> None:
    accept_one(ledger, promised_by=NOON + timedelta(hours=1))
    accept_one(ledger, promised_by=NOON + timedelta(hours=5), kind="self")
    called = accept_one(ledger, promised_by=NOON + timedelta(hours=1))
    ledger.steps.record_attempt(an_attempt(called.id))

    found = ledger.upkeep.gauges(NOON + timedelta(hours=2))

    assert dict(found.referrals) == {"office": 2, "self": 1}
    assert (found.waiting, found.overdue) == (2, 1)


def test_drills_count_nowhere_and_quarantine_apart(ledger: Ledger) -> None:
    accept_one(ledger, flags="drill")
    accept_one(ledger, flags="unknown-plan quarantine", promised_by=NOON - timedelta(days=1))

    found = ledger.upkeep.gauges(NOON)

    assert sum(found.referrals.values()) == 1
    assert (found.waiting, found.overdue, found.aside) == (0, 0, 1)


def test_the_oldest_that_is_not_out_shows_how_late_a_channel_is(
    ledger: Ledger, clock: MovableClock
) -> None:
    held = accept_one(ledger)
    ledger.queue.add(
        [
            a_delivery(due_at=NOON + timedelta(minutes=9)),
            a_delivery(due_at=NOON + timedelta(minutes=3)),
            a_delivery(due_at=NOON, channel=Channel.WEBHOOK),
            # Work on the clock goes out by no channel, however long it has been due.
            clock_row(held.id, NOON - timedelta(days=1)),
        ]
    )
    [sent] = ledger.queue.claim("a", NOON, 1, Channel.WEBHOOK)
    ledger.queue.mark_sent(sent.id, "a", clock())

    found = ledger.upkeep.gauges(NOON)

    assert found.oldest_due_at == {"email": NOON + timedelta(minutes=3)}
    assert found.deliveries[("email", "pending")] == 2
    assert found.deliveries[("webhook", "sent")] == 1
    assert not any(channel == "none" for channel, _ in found.deliveries)
