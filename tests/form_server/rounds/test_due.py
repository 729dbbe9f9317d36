from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Counted, Ledger, NewVisit, SourceFacts, VisitWay
from form_server.rounds import KeptDue, RoundsDue, count_due, look_at_shelves
from outreach_kit.practice import Practice
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

BY = "user:user-1"
HERE = ["inbox-1"]


def visit(ledger: Ledger, clock: MovableClock, code: str, days_ago: int, *left: Counted) -> str:
    day = clock.now.date() - timedelta(days=days_ago)
    new = NewVisit(ledger.new_id(), code, VisitWay.VISIT, day, left=left)
    ledger.visits.log(new, actor=BY)
    return new.id


def test_due_forgotten_and_low_are_counted(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    for code in ("new", "quiet", "lost"):
        ledger.address_book.add(code, SourceFacts(code), actor=BY)
    visit(ledger, clock, "quiet", 5)
    visit(ledger, clock, "lost", 200, Counted("card", 40))
    assert count_due(ledger, practice, HERE, clock.now) == RoundsDue(due=2, forgotten=1, low=1)


def test_a_kept_count_follows_each_visit_each_office_and_each_day(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    kept = KeptDue()

    def due() -> int:
        return kept(ledger, practice, HERE, clock.now).due

    assert due() == 0
    ledger.address_book.add("lake", SourceFacts("Lake"), actor=BY)
    assert due() == 1
    visit_id = visit(ledger, clock, "lake", 89)
    assert due() == 0
    ledger.visits.remove(visit_id, actor=BY)
    assert due() == 1
    visit(ledger, clock, "lake", 89)
    assert due() == 0
    clock.advance(timedelta(days=1))
    assert due() == 1
    clock.advance(timedelta(seconds=1))
    ledger.address_book.change("lake", SourceFacts("Lake", every_days=120), actor=BY)
    assert due() == 0


def test_what_is_kept_is_not_looked_for_again(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    kept = KeptDue()
    first = kept(ledger, practice, HERE, clock.now)
    accept_one(ledger, source="lake", received_at=clock.now)
    assert kept(ledger, practice, HERE, clock.now) is first
    assert kept(ledger, practice, ["inbox-2"], clock.now) is not first


def test_shelves_are_those_of_a_survey_without_a_look_at_who_is_due(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    for code in ("full", "low", "emptier", "gone"):
        ledger.address_book.add(code, SourceFacts(code), actor=BY)
    visit(ledger, clock, "full", 1, Counted("card", 40))
    visit(ledger, clock, "low", 160, Counted("card", 40))
    visit(ledger, clock, "emptier", 300, Counted("card", 40))
    visit(ledger, clock, "gone", 300, Counted("card", 40))
    ledger.address_book.remove("gone", actor=BY)
    shelves = look_at_shelves(ledger, practice, HERE, clock.now)
    assert shelves.low == ["emptier", "low"]
    assert set(shelves.cards) == {"full", "low", "emptier"}
