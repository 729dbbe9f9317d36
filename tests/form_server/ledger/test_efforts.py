"""What was done in a span of days, on both stores."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from form_server.ledger import Counted, Ledger, NewGift, NewVisit, SourceFacts, VisitWay
from form_server.ledger.tables import newsletter_issue
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

BY = "user:user-1"
HERE = ["inbox-1"]
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SINCE, UNTIL = datetime(2026, 1, 1, 8, tzinfo=UTC), datetime(2027, 1, 1, 8, tzinfo=UTC)


def went(ledger: Ledger, code: str, on: date, way: VisitWay = VisitWay.VISIT) -> str:
    left = (Counted("card", 20), Counted("pad", 1, "counted"))
    visit = NewVisit(ledger.new_id(), code, way, on, left=left)
    ledger.visits.log(visit, actor=BY)
    return visit.id


def _issue(sent_on: date) -> dict[str, object]:
    row: dict[str, object] = {"id": "1", "note": "spring", "readers": 40, "actor": BY}
    return row | {"sent_on": sent_on.isoformat(), "created_at": 0}


def test_what_was_done_is_counted_from_the_first_day_to_the_last(
    ledger: Ledger, clock: MovableClock
) -> None:
    assert ledger.figures.effort(FIRST, LAST, SINCE, UNTIL).by_way == {}
    for code in ("k7", "q4"):
        ledger.address_book.add(code, SourceFacts(code), actor=BY)
    went(ledger, "k7", FIRST)
    went(ledger, "k7", LAST)
    went(ledger, "q4", LAST, VisitWay.CALL)
    went(ledger, "q4", LAST + timedelta(days=1))
    ledger.visits.remove(went(ledger, "q4", LAST), actor=BY)
    for day in (FIRST, FIRST - timedelta(days=1)):
        ledger.gifts.add(NewGift("k7", "Cookies", 1250, day), actor=BY)
    with ledger._store.write() as connection:
        connection.execute(newsletter_issue.insert(), _issue(LAST))
    for _ in range(2):
        accept_one(ledger, source="k7", received_at=clock.now - timedelta(days=9))
    owed = ledger.thank_yous.to_print(HERE, clock.now)
    ledger.thank_yous.print(owed, HERE, actor=BY)
    cards = [one.id for one in ledger.thank_yous.lying()]
    ledger.thank_yous.mail(cards, actor=BY)

    done = ledger.figures.effort(FIRST, LAST, SINCE, UNTIL)
    assert done.by_way == {VisitWay.VISIT: 2, VisitWay.CALL: 1}
    assert (done.seen, done.left, done.new_sources) == (1, {"card": 60}, 2)
    assert (done.cards, done.thanked, done.newsletters) == (1, 2, 1)
    assert (done.gifts, done.gift_cents) == (1, 1250)
    before = ledger.figures.effort(
        FIRST - timedelta(days=365), FIRST - timedelta(days=1), SINCE - timedelta(days=365), SINCE
    )
    assert (before.gifts, before.cards, before.new_sources, before.seen) == (1, 0, 0, 0)
