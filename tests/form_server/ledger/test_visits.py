from __future__ import annotations

from datetime import date, timedelta

import pytest

from form_server.ledger import (
    Counted,
    Ledger,
    NewVisit,
    NotFound,
    SealedNote,
    SourceFacts,
    StockMove,
    Visit,
    VisitWay,
)
from tests.form_server.ledger.conftest import MovableClock

DAY = date(2026, 3, 2)
BY = "user:user-1"


@pytest.fixture(autouse=True)
def offices(ledger: Ledger) -> None:
    for code in ("k7", "q4"):
        ledger.address_book.add(code, SourceFacts(f"Office {code}"), actor=BY)


def log(ledger: Ledger, code: str = "k7", days: int = 0, **said: object) -> str:
    new = NewVisit(
        ledger.new_id(),
        code,
        **{"way": VisitWay.VISIT, "done_on": DAY + timedelta(days=days), **said},  # type: ignore[arg-type]
    )
    ledger.visits.log(new, actor=BY)
    return new.id


def test_a_visit_is_kept_with_all_that_was_said_of_it(ledger: Ledger, clock: MovableClock) -> None:
    note = SealedNote("inbox-1", 1, b"sealed needs")
    left = (Counted("card", 40), Counted("pad", 1, "counted"))
    visit_id = log(
        ledger,
        met=("p1", "p2"),
        said="follow_up",
        next_on=DAY + timedelta(days=90),
        asked_back=True,
        note=note,
        left=left,
    )
    (found,) = ledger.visits.of("k7")
    assert found == Visit(
        visit_id,
        "k7",
        BY,
        VisitWay.VISIT,
        DAY,
        ("p1", "p2"),
        "follow_up",
        DAY + timedelta(days=90),
        asked_back=True,
        note=note,
        left=left,
        created_at=clock.now,
    )
    assert ledger.stock_moves.all() == {
        "k7": [StockMove("k7", "card", "given", 40, DAY), StockMove("k7", "pad", "counted", 1, DAY)]
    }


def test_newest_comes_first(ledger: Ledger) -> None:
    older, newest, middle = log(ledger), log(ledger, days=9), log(ledger, days=3)
    assert [one.id for one in ledger.visits.of("k7")] == [newest, middle, older]
    assert [one.id for one in ledger.visits.of("k7", limit=1)] == [newest]


def test_the_last_contact_is_the_newest_of_any_way(ledger: Ledger) -> None:
    agreed = DAY + timedelta(days=80)
    log(ledger, days=1, said="niche_again", next_on=agreed + timedelta(days=99))
    log(ledger, days=9, way=VisitWay.CALL, said="thanks", next_on=agreed, asked_back=True)
    log(ledger, days=9, way=VisitWay.LETTER, said="niche_again")
    log(ledger, days=20, way=VisitWay.NOTE)
    contacts = ledger.visits.last_contacts()
    assert set(contacts) == {"k7"}
    last = contacts["k7"]
    assert last.on == DAY + timedelta(days=9)
    assert (last.next_on, last.asked_back) == (agreed, True), "a letter takes no agreed day back"
    assert last.met_on == DAY + timedelta(days=1)
    assert ledger.visits.last_contacts(["k7"]) == contacts
    assert ledger.visits.last_contacts(["q4"]) == {}


def test_each_message_keeps_the_day_on_which_it_was_last_brought(ledger: Ledger) -> None:
    for days, said in ((1, "niche_again"), (9, "niche_again"), (9, "thanks"), (20, "")):
        log(ledger, days=days, said=said)
    log(ledger, days=30, way=VisitWay.NOTE, said="thanks")
    log(ledger, "q4", said="hello")
    ninth = DAY + timedelta(days=9)
    assert ledger.visits.said_on(["k7"]) == {"k7": {"niche_again": ninth, "thanks": ninth}}
    assert ledger.visits.said_on([]) == {}


def test_a_later_contact_without_an_agreed_day_begins_the_rhythm_anew(ledger: Ledger) -> None:
    log(ledger, next_on=DAY + timedelta(days=100), asked_back=True)
    log(ledger, days=30, way=VisitWay.TALK)
    last = ledger.visits.last_contacts()["k7"]
    assert (last.on, last.next_on, last.asked_back) == (DAY + timedelta(days=30), None, False)
    assert last.met_on == last.on


def test_what_was_logged_by_mistake_counts_no_more(ledger: Ledger) -> None:
    visit_id = log(ledger, left=(Counted("card", 40),), note=SealedNote("inbox-1", 1, b"x"))
    ledger.visits.remove(visit_id, actor=BY)
    assert ledger.visits.of("k7") == []
    assert ledger.visits.last_contacts() == {}
    assert ledger.stock_moves.all() == {}
    with pytest.raises(NotFound):
        ledger.visits.remove(visit_id, actor=BY)


def test_nobody_visits_whom_nobody_knows(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        log(ledger, "zz")


def test_stock_without_a_visit_is_kept_too(ledger: Ledger) -> None:
    ledger.stock_moves.add("q4", [Counted("brochure", 3, "counted")], DAY, actor=BY)
    log(ledger, left=(Counted("card", 40),))
    assert ledger.stock_moves.all(["q4"]) == {
        "q4": [StockMove("q4", "brochure", "counted", 3, DAY)]
    }
    assert set(ledger.stock_moves.all()) == {"k7", "q4"}


def test_the_record_names_ids_and_no_words(ledger: Ledger) -> None:
    visit_id = log(ledger, note=SealedNote("inbox-1", 1, b"sealed needs"))
    entry = ledger.audit.recent(1)[0]
    assert (entry.action, entry.detail) == ("visit.logged", f"k7 visit {visit_id}")


def test_a_visit_sent_twice_is_kept_once_and_not_again_once_it_was_taken_back(
    ledger: Ledger,
) -> None:
    new = NewVisit(ledger.new_id(), "k7", VisitWay.VISIT, DAY, left=(Counted("card", 40),))
    assert ledger.visits.log(new, actor=BY)
    assert not ledger.visits.log(new, actor=BY)
    assert len(ledger.stock_moves.all()["k7"]) == 1
    ledger.visits.remove(new.id, actor=BY)
    assert not ledger.visits.log(new, actor=BY)
    assert ledger.visits.of("k7") == []
