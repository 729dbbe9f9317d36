from __future__ import annotations

from datetime import date

from form_server.ledger import Ledger
from form_server.ledger.diligence import DeedKind, NewDeed


def test_deeds_are_kept_latest_first_and_once(ledger: Ledger) -> None:
    first = NewDeed("e1", DeedKind.TRAINING, date(2026, 2, 1), "All staff, 20 minutes")
    later = NewDeed("e2", DeedKind.RISK, date(2026, 3, 1), "Went through the list")
    for one in (first, later, first):
        ledger.diligence.record(one, user_id="user-1")

    assert [(one.id, one.kind, one.recorded_by) for one in ledger.diligence.all()] == [
        ("e2", DeedKind.RISK, "user-1"),
        ("e1", DeedKind.TRAINING, "user-1"),
    ]
    assert [entry.action for entry in ledger.audit.recent(9)].count("diligence.recorded") == 2
