from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Ledger
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, accept_one

DAY = timedelta(days=1)


def test_looks_are_read_by_person_and_day_and_named_by_receipt(
    ledger: Ledger, clock: MovableClock
) -> None:
    one, gone = accept_one(ledger), accept_one(ledger)
    clock.advance(DAY)
    for referral in (one, gone):
        ledger.steps.note_opened(referral.id, "user-1")
    ledger.audit.note("list.opened", actor="user:user-2", detail="names=2")
    ledger.erasing.erase([gone.id], actor="user:user-2")
    clock.advance(DAY)
    ledger.audit.note("list.opened", actor="user:user-1")

    that_day = ledger.access.page(NOON + DAY, NOON + 2 * DAY, actor="user:user-1")

    opened = {look.referral_id: look.receipt for look in that_day if look.action[-6:] == "opened"}
    assert opened == {one.id: one.receipt, gone.id: ""}
    everybody = ledger.access.page(NOON + DAY, NOON + 2 * DAY)
    assert {look.actor for look in everybody} == {"user:user-1", "user:user-2"}
    assert [look.id for look in everybody] == sorted((look.id for look in everybody), reverse=True)


def test_pages_bring_all_of_them_once(ledger: Ledger) -> None:
    for number in range(7):
        ledger.audit.note("list.opened", actor="user:user-9", detail=f"n={number}")
    pages = list(ledger.access.pages(NOON, NOON + DAY, actor="user:user-9", limit=3))
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [look.detail for page in pages for look in page] == [f"n={n}" for n in range(6, -1, -1)]


def test_copies_of_all_count_for_what_was_there_then(ledger: Ledger, clock: MovableClock) -> None:
    ledger.audit.note("copy.all", actor="user:user-1", detail="csv")
    clock.advance(DAY)
    one, other = accept_one(ledger, received_at=clock.now), accept_one(ledger)
    ledger.audit.note("copy.referral", actor="user:user-1", referral_id=one.id, detail="print")
    ledger.audit.note("copy.referral", actor="user:user-1", referral_id=other.id, detail="json")
    ledger.audit.note("copy.all", actor="user:user-1", detail="json")

    found = ledger.access.copies_of([one.id], clock.now)

    assert [(look.action, look.detail) for look in found] == [
        ("copy.referral", "print"),
        ("copy.all", "json"),
    ]
