from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from form_server.ledger import Failures, Ledger
from tests.form_server.ledger.things import NOON

MINUTE = timedelta(minutes=1)


def test_failures_add_up_until_a_success(ledger: Ledger) -> None:
    failures = ledger.sign_in_failures
    assert failures.get("user-1") is None
    assert failures.record("user-1", NOON) == Failures(1, NOON, NOON)
    assert failures.record("user-1", NOON + MINUTE) == Failures(2, NOON, NOON + MINUTE)
    assert failures.record("user-2", NOON) == Failures(1, NOON, NOON)
    failures.clear("user-1")
    assert failures.get("user-1") is None
    assert failures.get("user-2") == Failures(1, NOON, NOON)
    assert ledger.audit.recent(1)[0].action == "sign_in.failed"


def test_failures_at_once_are_all_counted(ledger: Ledger) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ledger.sign_in_failures.record("user-1", NOON), range(12)))
    counted = ledger.sign_in_failures.get("user-1")
    assert counted is not None
    assert counted.count == 12
