"""Which cards can be made today, and who is to hear the niche again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from form_server.ledger import Fit, Ledger, NewVisit, SourceFacts, VisitWay
from form_server.rounds import made_before, unexplained
from outreach_kit.outreach.next_message import Message
from outreach_kit.practice import Practice
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

BY = "user:user-1"
HERE = ["inbox-1"]


def test_cards_thank_for_what_came_five_days_before_their_batch(practice: Practice) -> None:
    zone = practice.time_zone
    made = datetime(2026, 11, 27, 9, tzinfo=zone)
    assert made_before(practice, made) == datetime(2026, 11, 27, tzinfo=zone).astimezone(UTC)
    day_before = made - timedelta(days=1)
    late = datetime(2026, 11, 11, tzinfo=zone).astimezone(UTC)
    assert made_before(practice, day_before) == late


def test_the_niche_is_to_be_said_again_until_it_was(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    codes = ["k7", "q4", "z9"]
    for code in codes:
        ledger.address_book.add(code, SourceFacts(code), actor=BY)
    for code, fit in (("k7", Fit.OUT), ("q4", Fit.OUT), ("z9", Fit.IN)):
        came = accept_one(ledger, source=code, received_at=clock.now)
        ledger.steps.mark_fit(came.id, fit, "user-1")
    clock.advance(timedelta(days=3))

    def find() -> frozenset[str]:
        return unexplained(ledger, practice, HERE, codes, clock.now)

    assert find() == {"k7", "q4"}
    assert unexplained(ledger, practice, HERE, ["q4", "", "gone"], clock.now) == {"q4"}
    assert unexplained(ledger, practice, HERE, codes, clock.now - timedelta(days=4)) == frozenset()
    told = NewVisit(
        ledger.new_id(), "k7", VisitWay.LETTER, practice.today(clock.now), said=Message.NICHE_AGAIN
    )
    ledger.visits.log(told, actor=BY)
    assert find() == {"q4"}
