"""The scorecard of a period, from real rows on both stores."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from form_server.ledger import Booked, Fit, Ledger, Outcome, SourceFacts
from form_server.rounds import (
    Scorecard,
    as_document,
    choose_period,
    read_months,
    read_scorecard,
    survey,
    year_of,
)
from outreach_kit.outreach.follow_up import Tier
from outreach_kit.practice import Practice
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one, an_attempt

BY = "user:user-1"
HERE = ["inbox-1"]
NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)


def read(ledger: Ledger, practice: Practice, asked: str = "12") -> Scorecard:
    return read_scorecard(survey(ledger, practice, HERE, NOW), choose_period(asked, practice, NOW))


@pytest.mark.parametrize(
    ("asked", "first_on", "months", "label"),
    [
        ("12", date(2025, 4, 1), 12, "Apr 2025 to today"),
        ("24", date(2024, 4, 1), 24, "Apr 2024 to today"),
        ("2026", date(2026, 1, 1), 3, "2026 so far"),
        ("2025", date(2025, 1, 1), 12, "2025"),
        ("2027", date(2025, 4, 1), 12, "Apr 2025 to today"),
        ("1066", date(2025, 4, 1), 12, "Apr 2025 to today"),
        ("Ⅻ; drop", date(2025, 4, 1), 12, "Apr 2025 to today"),
    ],
)
def test_a_period_is_so_many_months_or_a_year(
    practice: Practice, asked: str, first_on: date, months: int, label: str
) -> None:
    period = choose_period(asked, practice, NOW)
    assert (period.first_on, len(period.months), period.label) == (first_on, months, label)
    assert period.last_on == (date(2025, 12, 31) if asked == "2025" else date(2026, 3, 2))


def test_months_are_the_practices_and_every_referral_is_in_one(
    ledger: Ledger, practice: Practice
) -> None:
    still_february = datetime(2026, 3, 1, 7, 59, tzinfo=UTC)  # in Alder Falls
    accept_one(ledger, source="k7", received_at=still_february)
    accept_one(ledger, source="k7", received_at=still_february + timedelta(minutes=1))
    accept_one(ledger, source=None, received_at=NOW)
    for days in range(0, 340, 20):  # over both changes of the clocks
        accept_one(ledger, source="q4", received_at=NOW - timedelta(days=days))
    accept_one(ledger, source="k7", received_at=NOW - timedelta(days=400))
    card = read(ledger, practice)
    assert sum(one.referrals for one in card.months) == card.whole.referrals == 20
    assert [one.referrals for one in read_months(card.survey, card.period, "k7")][-3:] == [0, 1, 1]
    assert card.counts == {"k7": 2, "q4": 17, "": 1}


def test_what_came_of_each_source_is_told_and_the_months_add_up(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    for code in ("k7", "q4"):
        ledger.address_book.add(code, SourceFacts(f"Office {code}"), actor=BY)
    sent = [accept_one(ledger, source="k7", received_at=NOW - timedelta(days=40)) for _ in range(5)]
    for one in sent[:4]:
        ledger.steps.mark_fit(one.id, Fit.IN, "user-1")
    ledger.steps.mark_fit(sent[4].id, Fit.OUT, "user-1")
    called_at = sent[0].received_at + timedelta(hours=3)
    ledger.steps.record_attempt(an_attempt(sent[0].id, called_at))
    at = Booked(called_at, sent[0].received_at + timedelta(days=6))
    ledger.bookings.book(sent[0].id, at, self_pay=False, user_id="user-1")
    ledger.steps.close(sent[0].id, Outcome.ATTENDED, "user-1")
    accept_one(ledger, source=None, received_at=NOW)

    card = read(ledger, practice)
    document = json.loads(json.dumps(as_document(card)))
    first, second = document["sources"]
    told = {"k7": first, "q4": second} if first["code"] == "k7" else {"k7": second, "q4": first}
    mine = told["k7"]
    assert (mine["referrals"], mine["fit_rate"], mine["tier"]) == (5, 0.8, "A")
    assert (mine["median_first_response_hours"], mine["median_days_to_appointment"]) == (3.0, 6.0)
    assert (mine["outcomes"], told["q4"]["referrals"]) == ({"attended": 1}, 0)
    assert (
        document["whole"]["referrals"] == sum(one["referrals"] for one in document["months"]) == 6
    )
    assert [one["month"] for one in document["months"]][-1] == "2026-03"
    assert sum(month.get(Tier.A, 0) for month in card.tiers_by_month()) == 5
    assert set(card.tallies(["q4"])) == set()


def test_a_year_ends_with_its_last_day(ledger: Ledger, practice: Practice) -> None:
    newyear = datetime(2026, 1, 1, 8, tzinfo=UTC)  # midnight in Alder Falls
    accept_one(ledger, source="k7", received_at=newyear - timedelta(microseconds=1))
    accept_one(ledger, source="k7", received_at=newyear)
    seen = survey(ledger, practice, HERE, NOW)
    counts = [
        read_scorecard(seen, year_of(year, practice, NOW)).whole.referrals
        for year in (2024, 2025, 2026)
    ]
    assert counts == [0, 1, 1]
