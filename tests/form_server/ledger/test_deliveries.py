from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import DeliveryState, Ledger, NotFound, NotNow
from form_server.ledger.deliveries import OUR_FAULT, TRIED_OFTEN
from tests.form_server.ledger.things import NOON, a_delivery, accept_one


def a_stuck_delivery(ledger: Ledger) -> str:
    referral = accept_one(ledger)
    new = a_delivery(referral_id=referral.id)
    ledger.queue.add([new])
    ledger.queue.claim("w", NOON, 1)
    ledger.queue.mark_stuck(new.id, "w", "550")
    return new.id


def test_human_puts_a_stuck_delivery_back(ledger: Ledger) -> None:
    stuck = a_stuck_delivery(ledger)
    ledger.wake.clear()
    ledger.deliveries.try_again(stuck, NOON + timedelta(minutes=5), actor="user:user-1")
    assert ledger.wake.is_set()
    assert ledger.queue.next_due_at() == NOON + timedelta(minutes=5)
    assert ledger.audit.recent(1)[0].action == "delivery.tried_again"


def test_human_ends_a_stuck_delivery_and_its_parcel_is_gone(ledger: Ledger) -> None:
    stuck = a_stuck_delivery(ledger)
    ledger.deliveries.dismiss(stuck, actor="user:user-1")
    assert ledger.deliveries.get(stuck).state is DeliveryState.DISMISSED
    assert ledger.deliveries.troubled() == []
    with ledger._store.read() as connection:
        assert connection.exec_driver_sql("SELECT parcel FROM delivery").scalar() is None


def test_delivery_that_is_under_way_is_not_for_humans_to_change(ledger: Ledger) -> None:
    new = a_delivery()
    ledger.queue.add([new])
    with pytest.raises(NotNow, match="pending"):
        ledger.deliveries.dismiss(new.id, actor="user:user-1")
    with pytest.raises(NotFound):
        ledger.deliveries.dismiss("d-unknown", actor="user:user-1")


def test_counts_name_every_state(ledger: Ledger) -> None:
    a_stuck_delivery(ledger)
    ledger.queue.add([a_delivery()])
    counts = ledger.deliveries.counts()
    assert set(counts) == set(DeliveryState)
    assert (counts[DeliveryState.STUCK], counts[DeliveryState.PENDING]) == (1, 1)
    assert counts[DeliveryState.SENT] == 0


def test_what_needs_somebody_is_told_by_inbox(ledger: Ledger) -> None:
    stuck = a_stuck_delivery(ledger)
    inbox_id = ledger.referrals.get(ledger.deliveries.get(stuck).referral_id or "").inbox_id
    about_nobody = a_delivery()
    ledger.queue.add([about_nobody])
    ledger.holding.hold_unfinished(actor="restore")

    def seen(inboxes: list[str], *, with_server: bool) -> list[str]:
        found = ledger.deliveries.needing_somebody(inboxes, with_server=with_server)
        return sorted(one.id for one in found)

    assert seen([inbox_id], with_server=False) == [stuck]
    assert seen([inbox_id], with_server=True) == sorted([stuck, about_nobody.id])
    assert seen(["another"], with_server=False) == []
    assert seen([], with_server=True) == [about_nobody.id]


def test_what_needs_somebody_is_told_page_by_page(ledger: Ledger) -> None:
    ledger.queue.add([a_delivery() for _ in range(5)])
    ledger.holding.hold_unfinished(actor="restore")
    look = ledger.deliveries.needing_somebody

    first = look([], with_server=True, limit=2)
    second = look([], with_server=True, after=first[-1], limit=2)
    third = look([], with_server=True, after=second[-1], limit=2)

    found = [one.id for one in (*first, *second, *third)]
    assert [len(page) for page in (first, second, third)] == [2, 2, 1]
    assert len(set(found)) == 5
    assert ledger.deliveries.count_needing_somebody([], with_server=True) == 5
    assert ledger.deliveries.count_needing_somebody(["inbox-1"], with_server=False) == 0


def test_what_fails_again_and_again_is_shown_and_can_be_settled(ledger: Ledger) -> None:
    slow, ours = a_delivery(), a_delivery()
    ledger.queue.add([slow, ours])
    for tries in range(TRIED_OFTEN):
        at = NOON + timedelta(minutes=tries)
        ledger.queue.claim("w", at, 2)
        ledger.queue.mark_retrying(slow.id, "w", at, "450 later")
        ledger.queue.mark_retrying(ours.id, "w", at, f"{OUR_FAULT} (KeyError at mail.py:7).")
        shown = {one.id for one in ledger.deliveries.needing_somebody([], with_server=True)}
        assert shown == ({slow.id, ours.id} if tries == TRIED_OFTEN - 1 else {ours.id})
    assert ledger.deliveries.troubled() == []

    ledger.deliveries.dismiss(slow.id, actor="user:user-1")
    ledger.deliveries.try_again(ours.id, NOON, actor="user:user-1")

    assert ledger.deliveries.get(slow.id).state is DeliveryState.DISMISSED
    assert ledger.deliveries.get(ours.id).state is DeliveryState.PENDING
