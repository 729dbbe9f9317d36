from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from form_server.ledger import (
    CameBy,
    Fit,
    Hint,
    InboxKey,
    Kept,
    Ledger,
    NewInbox,
    Outcome,
    ReferralState,
    Sieve,
)
from tests.form_server.ledger.things import NOON, accept_one, an_attempt

HOUR = timedelta(hours=1)
MINE = Sieve(("inbox-1",))


def receipts(ledger: Ledger, sieve: Sieve = MINE) -> list[str]:
    listed = ledger.listing.page(sieve, NOON + 5 * HOUR)
    found = [one.receipt for one in listed.referrals]
    assert ledger.listing.count(sieve, NOON + 5 * HOUR) == len(found)
    return found


def add_second_inbox(ledger: Ledger) -> None:
    other = NewInbox("inbox-2", "Sam Rivera", "sam-rivera")
    ledger.inboxes.add(other, InboxKey("inbox-2", 1, b"public"), [], actor="test")


def test_the_newest_come_first_and_other_inboxes_stay_shut(ledger: Ledger) -> None:
    add_second_inbox(ledger)
    old = accept_one(ledger, received_at=NOON - 2 * HOUR)
    new = accept_one(ledger, received_at=NOON)
    accept_one(ledger, inbox_id="inbox-2")

    assert receipts(ledger) == [new.receipt, old.receipt]
    assert receipts(ledger, Sieve(())) == []


def test_pages_lead_to_one_another_in_both_directions(ledger: Ledger) -> None:
    all_of_them = [
        # Two of a moment each: the place between them is told by their ids.
        accept_one(ledger, received_at=NOON + (number // 2) * HOUR).receipt
        for number in range(7)
    ][::-1]
    look = ledger.listing.page

    first = look(MINE, NOON, limit=3)
    second = look(MINE, NOON, beside=first.older, limit=3)
    last = look(MINE, NOON, beside=second.older, limit=3)
    back = look(MINE, NOON, beside=last.newer, towards_newer=True, limit=3)
    oldest = look(MINE, NOON, towards_newer=True, limit=3)

    pages = [[one.receipt for one in page.referrals] for page in (first, second, last)]
    assert pages == [all_of_them[:3], all_of_them[3:6], all_of_them[6:]]
    assert (first.newer, last.older) == (None, None)
    assert [one.receipt for one in back.referrals] == pages[1]
    assert back.newer is not None
    assert [one.receipt for one in oldest.referrals] == all_of_them[4:]
    assert oldest.older is None


def test_the_way_back_ends_at_the_newest(ledger: Ledger) -> None:
    for number in range(4):
        accept_one(ledger, received_at=NOON + number * HOUR)
    second = ledger.listing.page(
        MINE, NOON, beside=ledger.listing.page(MINE, NOON, limit=2).older, limit=2
    )

    first = ledger.listing.page(MINE, NOON, beside=second.newer, towards_newer=True, limit=2)

    assert first.newer is None
    assert first.older is not None
    assert len(first.referrals) == 2


@pytest.mark.parametrize(
    ("changes", "sieve"),
    [
        ({"source": "school"}, {"source": "school"}),
        ({"source": None}, {"source": ""}),
        ({"kind": "self"}, {"kind": "self"}),
        ({"came_by": CameBy.VOICEMAIL}, {"came_by": CameBy.VOICEMAIL}),
        ({"flags": "unknown_plan read_first"}, {"flag": "read_first"}),
        ({"received_at": NOON - 30 * HOUR}, {"until": NOON - 29 * HOUR}),
        ({"received_at": NOON + 2 * HOUR}, {"since": NOON + HOUR}),
        ({"promised_by": NOON + 9 * HOUR}, {"kept": Kept.IN_TIME}),
        ({"receipt": "amber_falcon-42"}, {"hint": Hint(receipt="er_fal")}),
        ({"source": "school"}, {"hint": Hint(sources=("school", "church"))}),
        (
            {"received_at": NOON - 30 * HOUR},
            {"hint": Hint(since=NOON - 31 * HOUR, until=NOON - 29 * HOUR)},
        ),
    ],
)
def test_a_sieve_lets_through_what_it_asks_for_alone(
    ledger: Ledger, changes: dict[str, object], sieve: dict[str, object]
) -> None:
    accept_one(ledger, came_by=CameBy.FAX)
    meant = accept_one(ledger, **changes)

    assert receipts(ledger, replace(MINE, **sieve)) == [meant.receipt]  # type: ignore[arg-type]


def test_a_sieve_knows_how_a_referral_stands(ledger: Ledger) -> None:
    kept, late, fit, overdue = (accept_one(ledger) for _ in range(4))
    ledger.steps.record_attempt(an_attempt(kept.id, NOON + HOUR))
    ledger.steps.record_attempt(an_attempt(late.id, NOON + 4 * HOUR + timedelta(minutes=1)))
    ledger.steps.mark_fit(fit.id, Fit.OUT, "user-1")
    ledger.steps.close(fit.id, Outcome.REDIRECTED, "user-1")

    def found(**asked: object) -> list[str]:
        return sorted(receipts(ledger, replace(MINE, **asked)))  # type: ignore[arg-type]

    assert found(kept=Kept.KEPT) == [kept.receipt]
    assert found(kept=Kept.LATE) == [late.receipt]
    assert found(kept=Kept.OVERDUE) == [overdue.receipt]
    assert found(fit=Fit.OUT) == found(outcome=Outcome.REDIRECTED) == [fit.receipt]
    assert found(fit="") == sorted([kept.receipt, late.receipt, overdue.receipt])
    both = (ReferralState.CONTACTED, ReferralState.WAITING)
    assert found(states=both) == sorted([kept.receipt, late.receipt, overdue.receipt])
    hint = Hint(states=(ReferralState.CONTACTED,), outcomes=(Outcome.REDIRECTED,))
    assert found(hint=hint) == sorted([kept.receipt, late.receipt, fit.receipt])


def test_what_came_through_a_form_is_told_from_what_was_written_down(ledger: Ledger) -> None:
    form = accept_one(ledger)
    accept_one(ledger, came_by=CameBy.PHONE)

    assert receipts(ledger, replace(MINE, came_by="")) == [form.receipt]


def test_chosen_ones_come_newest_first(ledger: Ledger) -> None:
    old, new, _ = (accept_one(ledger, received_at=NOON + n * HOUR) for n in (0, 2, 1))

    found = ledger.listing.of([old.id, new.id, "r-gone"])

    assert [one.receipt for one in found] == [new.receipt, old.receipt]


def test_the_list_is_read_from_its_own_index(sqlite_ledger: Ledger) -> None:
    """Otherwise each page would open every sealed row before it finds out which to show."""
    sieve = replace(MINE, fit=Fit.OUT, flag="read_first")
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, given: Any, *_rest: object) -> None:
        if "FROM referral" in statement:
            asked.append((statement, given))

    event.listen(sqlite_ledger._store.engine, "before_cursor_execute", note)
    sqlite_ledger.listing.count(sieve, NOON)
    ((counting, given),) = asked
    with sqlite_ledger._store.read_bare() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {counting}", given).fetchall()

    assert any("COVERING INDEX ix_referral_listed" in str(step) for step in plan), plan
