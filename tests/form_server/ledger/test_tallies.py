from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Arrivals, Booked, Fit, Ledger, Outcome, SourceCounts
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

    late = NOON + timedelta(days=2)
    assert ledger.tallies.counts(HERE, NOON, UNTIL) == {
        "k7": SourceCounts(2, 1, 0, 1, 2, late, late),
        "": SourceCounts(1, 0, 0, 0, 1, NOON, None),
    }
    assert set(ledger.tallies.counts(HERE, NOON, UNTIL, ["k7", "q4"])) == {"k7"}
    assert ledger.tallies.received(HERE, NOON, UNTIL) == {"k7": [NOON, late], "": [NOON]}
    assert ledger.tallies.received(HERE, NOON, UNTIL, ["k7"]) == {"k7": [NOON, late]}
    assert ledger.tallies.received(HERE, NOON, UNTIL, ["q4"]) == {}


def test_nobody_is_no_referral(ledger: Ledger) -> None:
    accept_one(ledger, source="k7", flags="drill")
    accept_one(ledger, source="k7", flags="soon quarantine")
    spam = accept_one(ledger, source="k7").id
    ledger.steps.close(spam, Outcome.SPAM, "user-1")
    assert ledger.tallies.arrivals(HERE, [NOON, UNTIL]).codes == []
    assert ledger.tallies.counts(HERE, NOON, UNTIL) == {}
    assert ledger.tallies.received(HERE, NOON, UNTIL) == {}


def test_only_what_came_in_the_span_and_in_these_inboxes(ledger: Ledger) -> None:
    accept_one(ledger, source="k7", received_at=NOON - timedelta(microseconds=1))
    accept_one(ledger, source="k7", received_at=UNTIL)
    accept_one(ledger, source="k7", received_at=NOON)
    assert ledger.tallies.counts(HERE, NOON, UNTIL)["k7"].referrals == 1
    assert ledger.tallies.arrivals(HERE, [NOON, UNTIL]).codes == ["k7"]
    assert ledger.tallies.counts([], NOON, UNTIL) == {}


def test_spans_part_what_came_between_them(ledger: Ledger) -> None:
    edges = [NOON + timedelta(days=30 * place) for place in range(4)]
    early = accept_one(ledger, source="k7").id
    late = [accept_one(ledger, source="k7", received_at=edges[2]) for _ in range(2)]
    accept_one(ledger, source=None, received_at=edges[2] - timedelta(microseconds=1))
    accept_one(ledger, source="k7", received_at=edges[3])
    accept_one(ledger, source="k7", received_at=edges[2], flags="drill")
    ledger.steps.record_attempt(an_attempt(early, NOON + timedelta(hours=2)))
    at = Booked(NOON, NOON + timedelta(days=3))
    ledger.bookings.book(early, at, self_pay=False, user_id="user-1")
    ledger.steps.close(early, Outcome.ATTENDED, "user-1")
    ledger.steps.mark_fit(late[0].id, Fit.OUT, "user-1")

    found = ledger.tallies.arrivals(HERE, edges)
    assert sorted(zip(found.spans, found.codes, strict=True)) == [
        (0, "k7"), (1, ""), (2, "k7"), (2, "k7"),
    ]  # fmt: skip
    first = found.spans.index(0)
    assert (found.outcomes[first], found.response_s[first]) == ("attended", 7200.0)
    assert found.booked == [("k7", 0, 3 * 86400.0)]
    assert sorted(map(str, found.fits)) == ["None", "None", "None", "out"]
    mine = ledger.tallies.arrivals(HERE, edges, "k7")
    assert sorted(mine.spans) == [0, 2, 2]
    assert ledger.tallies.arrivals([], edges) == Arrivals([], [], [], [], [], [])
