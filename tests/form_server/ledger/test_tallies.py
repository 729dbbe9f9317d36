from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Fit, Ledger, Outcome
from tests.form_server.ledger.things import NOON, accept_one, an_attempt

HERE = ["inbox-1"]
UNTIL = NOON + timedelta(days=365)


def test_what_came_is_counted_by_source(ledger: Ledger) -> None:
    first = accept_one(ledger, source="k7").id
    second = accept_one(ledger, source="k7", received_at=NOON + timedelta(days=2)).id
    accept_one(ledger, source=None)
    ledger.steps.record_attempt(an_attempt(first, NOON + timedelta(hours=2)))
    ledger.steps.mark_fit(first, Fit.IN, "user-1")
    ledger.steps.mark_fit(second, Fit.OUT, "user-1")
    ledger.steps.close(first, Outcome.ATTENDED, "user-1")

    tallies = ledger.tallies.over(HERE, NOON, UNTIL)
    assert set(tallies) == {"k7", ""}
    mine = tallies["k7"]
    assert (mine.referrals, mine.fits, mine.edges, mine.mismatches) == (2, 1, 0, 1)
    assert mine.first_response_s == (7200.0,)
    assert mine.outcomes == {"attended": 1}
    assert mine.received_at == (NOON, NOON + timedelta(days=2))
    assert mine.last_mismatch_at == NOON + timedelta(days=2)


def test_nobody_is_no_referral(ledger: Ledger) -> None:
    accept_one(ledger, source="k7", flags="drill")
    accept_one(ledger, source="k7", flags="soon quarantine")
    spam = accept_one(ledger, source="k7").id
    ledger.steps.close(spam, Outcome.SPAM, "user-1")
    assert ledger.tallies.over(HERE, NOON, UNTIL) == {}


def test_only_what_came_in_the_span_and_in_these_inboxes(ledger: Ledger) -> None:
    accept_one(ledger, source="k7", received_at=NOON - timedelta(microseconds=1))
    accept_one(ledger, source="k7", received_at=UNTIL)
    accept_one(ledger, source="k7", received_at=NOON)
    assert ledger.tallies.over(HERE, NOON, UNTIL)["k7"].referrals == 1
    assert ledger.tallies.over([], NOON, UNTIL) == {}
