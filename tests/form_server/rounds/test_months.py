from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from form_server.ledger import Ledger
from form_server.rounds import count_by_month
from outreach_kit.practice import Practice
from tests.form_server.ledger.things import accept_one

HERE = ["inbox-1"]
NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_months_are_the_practices_and_none_is_left_out(ledger: Ledger, practice: Practice) -> None:
    last_of_february = datetime(2026, 3, 1, 7, 59, tzinfo=UTC)  # in Alder Falls still February
    accept_one(ledger, source="k7", received_at=last_of_february)
    accept_one(ledger, source="k7", received_at=last_of_february + timedelta(minutes=1))
    accept_one(ledger, source=None, received_at=NOW)
    accept_one(ledger, source="k7", received_at=NOW - timedelta(days=400))
    months = count_by_month(ledger, practice, HERE, NOW, months=4)
    assert [(one.first, one.by_source) for one in months] == [
        (date(2025, 12, 1), {}),
        (date(2026, 1, 1), {}),
        (date(2026, 2, 1), {"k7": 1}),
        (date(2026, 3, 1), {"k7": 1, "": 1}),
    ]
    assert [one.count for one in months] == [0, 0, 1, 2]


def test_a_year_that_began_with_winter_time_loses_no_referral(
    ledger: Ledger, practice: Practice
) -> None:
    for days in range(0, 360, 20):
        accept_one(ledger, source="k7", received_at=NOW - timedelta(days=days))
    months = count_by_month(ledger, practice, HERE, NOW)
    assert len(months) == 12
    assert sum(one.count for one in months) == 17, "those of the last twelve months"
