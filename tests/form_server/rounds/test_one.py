"""One source looked at alone stands as it does among all."""

from __future__ import annotations

from datetime import date

from form_server.ledger import Counted, Fit, Ledger, NewGift
from form_server.rounds import survey, survey_one
from outreach_kit.practice import Practice
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one
from tests.form_server.rounds.test_survey import BY, HERE, office, visited


def test_one_stands_as_it_does_among_all(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    office(ledger, "k7")
    office(ledger, "q4", tier="a", every_days=75)
    office(ledger, "new1")
    visited(ledger, "k7", 20, left=(Counted("card", 40),))
    visited(ledger, "q4", 200)
    referral = accept_one(ledger, source="q4", received_at=clock.now)
    ledger.steps.mark_fit(referral.id, Fit.OUT, "user-1")
    ledger.gifts.add(NewGift("k7", "Cookies", 1000, date(2026, 2, 1)), actor=BY)
    every = survey(ledger, practice, HERE, clock.now)
    assert len(every.standings) == 3
    for among in every.standings:
        alone = survey_one(ledger, practice, HERE, clock.now, among.card)
        assert alone.standings == (among,)
        code = among.code
        assert alone.details([code]) == {code: every.details([code])[code]}
