from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from form_server.ledger import Ledger, NotFound, OpenCounts, Outcome, Place
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, accept_one, an_attempt, hashed

HOUR = timedelta(hours=1)


@contextmanager
def counted_selects(ledger: Ledger) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, sql: str, *_rest: object) -> None:
        if sql.startswith("SELECT"):
            seen.append(sql)

    event.listen(ledger._store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(ledger._store.engine, "before_cursor_execute", note)


def test_pages_hold_every_open_referral_once_most_urgent_first(ledger: Ledger) -> None:
    promised = [5, 3, 3, 9, 1, 7, 3]
    held = [accept_one(ledger, promised_by=NOON + n * HOUR) for n in promised]
    for reached in (held[4], held[0]):
        ledger.steps.record_attempt(an_attempt(reached.id))
    ledger.steps.close(held[3].id, Outcome.REDIRECTED, "user-1")

    after: Place | None = None
    pages: list[list[str]] = []
    while True:
        page = ledger.referrals.open_in(["inbox-1"], after=after, limit=2)
        pages.append([one.id for one in page.referrals])
        if page.after is None:
            break
        after = page.after

    assert pages == [
        [held[1].id, held[2].id],
        [held[6].id, held[5].id],
        [held[4].id, held[0].id],
    ]


@pytest.mark.parametrize("column", ["state", "outcome", "fit", "came_by"])
def test_spoiled_word_hides_no_referral(ledger: Ledger, column: str) -> None:
    spoiled, sound = accept_one(ledger), accept_one(ledger)
    with ledger._store.write() as connection:
        connection.exec_driver_sql(
            f"UPDATE referral SET {column} = 'waitinf' WHERE id = '{spoiled.id}'"
        )

    page = ledger.referrals.open_in([spoiled.inbox_id], after=None, limit=9)

    assert {one.id for one in page.referrals} == {spoiled.id, sound.id}
    shown = ledger.referrals.get(spoiled.id)
    assert (shown.state, shown.outcome, shown.fit, shown.came_by) == ("waiting", None, None, None)


def test_list_of_fifty_takes_one_query(ledger: Ledger) -> None:
    for _ in range(50):
        accept_one(ledger)
    with counted_selects(ledger) as selects:
        page = ledger.referrals.open_in(["inbox-1"])
    assert len(page.referrals) == 50
    assert len(selects) == 1


def test_other_inboxes_are_not_listed(ledger: Ledger) -> None:
    accept_one(ledger)
    assert ledger.referrals.open_in(["inbox-2"]).referrals == ()
    assert ledger.referrals.open_in([]).referrals == ()
    assert ledger.referrals.open_counts([]) == OpenCounts(0, 0)


def test_open_counts_part_those_nobody_has_tried_to_reach(ledger: Ledger) -> None:
    held = [accept_one(ledger) for _ in range(3)]
    ledger.steps.record_attempt(an_attempt(held[0].id))
    assert ledger.referrals.open_counts(["inbox-1"]) == OpenCounts(waiting=2, contacted=1)


def test_status_link_ends_ninety_days_after_closing(ledger: Ledger, clock: MovableClock) -> None:
    held = accept_one(ledger, status_hash=hashed("link"))
    assert ledger.referrals.by_status_hash(hashed("another")) is None
    clock.advance(timedelta(days=400))
    found = ledger.referrals.by_status_hash(hashed("link"))
    assert found is not None
    assert found.id == held.id

    ledger.steps.close(held.id, Outcome.SCHEDULED, "user-1")
    clock.advance(timedelta(days=90) - timedelta(microseconds=1))
    assert ledger.referrals.by_status_hash(hashed("link")) is not None
    clock.advance(timedelta(microseconds=1))
    assert ledger.referrals.by_status_hash(hashed("link")) is None


def test_receipt_finds_its_referral(ledger: Ledger) -> None:
    held = accept_one(ledger)
    found = ledger.referrals.by_receipt(held.receipt)
    assert found is not None
    assert found.id == held.id
    assert ledger.referrals.by_receipt("no such words") is None


def test_unknown_referral_is_named(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="r-unknown"):
        ledger.referrals.get("r-unknown")


def test_promises_of_those_who_wait_are_the_oldest_first_and_no_drills(ledger: Ledger) -> None:
    held = [accept_one(ledger, promised_by=NOON + n * HOUR) for n in (3, 1, 2)]
    accept_one(ledger, promised_by=NOON, flags="drill")
    called = accept_one(ledger, promised_by=NOON)
    ledger.steps.record_attempt(an_attempt(called.id))

    assert ledger.referrals.promises(["inbox-1"], 2) == [
        (held[1].receipt, NOON + HOUR),
        (held[2].receipt, NOON + 2 * HOUR),
    ]
    assert ledger.referrals.overdue(["inbox-1"], NOON + 2.5 * HOUR) == 2
    assert ledger.referrals.open_counts(["inbox-1"]) == OpenCounts(waiting=3, contacted=1)


def test_last_drill_is_the_one_sent_last(ledger: Ledger) -> None:
    assert ledger.referrals.last_drill() is None
    accept_one(ledger, flags="drill", received_at=NOON - HOUR)
    last = accept_one(ledger, flags="drill unknown_plan")
    accept_one(ledger, flags="", received_at=NOON + HOUR)

    found = ledger.referrals.last_drill()
    assert found is not None
    assert found.id == last.id
