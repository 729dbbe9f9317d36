from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from form_server.ledger import Booked, Fit, Ledger, Outcome, SourceCounts
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
    mine, late = tallies["k7"], NOON + timedelta(days=2)
    assert mine.counts == SourceCounts(2, 1, 0, 1, 2, late, late)
    assert mine.first_response_s == (7200.0,)
    assert mine.outcomes == {"attended": 1}
    assert ledger.tallies.over(HERE, NOON, UNTIL, ["k7", "q4"]) == {"k7": mine}
    counts = ledger.tallies.counts(HERE, NOON, UNTIL)
    assert counts == {code: one.counts for code, one in tallies.items()}
    assert ledger.tallies.received(HERE, NOON, UNTIL) == {"k7": [NOON, late], "": [NOON]}
    assert ledger.tallies.received(HERE, NOON, UNTIL, ["k7"]) == {"k7": [NOON, late]}
    assert ledger.tallies.received(HERE, NOON, UNTIL, ["q4"]) == {}


def test_the_wait_for_a_first_appointment_is_told(ledger: Ledger) -> None:
    booked = accept_one(ledger, source="k7").id
    at = Booked(NOON, NOON + timedelta(days=3))
    ledger.bookings.book(booked, at, self_pay=False, user_id="user-1")
    (mine,) = ledger.tallies.over(HERE, NOON, UNTIL).values()
    assert mine.to_appointment_s == (3 * 86400.0,)


def test_nobody_is_no_referral(ledger: Ledger) -> None:
    accept_one(ledger, source="k7", flags="drill")
    accept_one(ledger, source="k7", flags="soon quarantine")
    spam = accept_one(ledger, source="k7").id
    ledger.steps.close(spam, Outcome.SPAM, "user-1")
    assert ledger.tallies.over(HERE, NOON, UNTIL) == {}
    assert ledger.tallies.counts(HERE, NOON, UNTIL) == {}
    assert ledger.tallies.received(HERE, NOON, UNTIL) == {}


def test_only_what_came_in_the_span_and_in_these_inboxes(ledger: Ledger) -> None:
    accept_one(ledger, source="k7", received_at=NOON - timedelta(microseconds=1))
    accept_one(ledger, source="k7", received_at=UNTIL)
    accept_one(ledger, source="k7", received_at=NOON)
    assert ledger.tallies.over(HERE, NOON, UNTIL)["k7"].counts.referrals == 1
    assert ledger.tallies.over([], NOON, UNTIL) == {}


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

    first, second, third = ledger.tallies.by_span(HERE, edges)
    assert [one.counts.referrals for one in (first, second, third)] == [1, 1, 2]
    assert (first.first_response_s, first.to_appointment_s) == ((7200.0,), (3 * 86400.0,))
    assert (first.outcomes, third.outcomes) == ({"attended": 1}, {})
    assert third.counts == SourceCounts(2, 0, 0, 1, 2, edges[2], edges[2])
    whole = [ledger.tallies.over(HERE, a, b) for a, b in pairwise(edges)]
    assert [sum(one.counts.referrals for one in by.values()) for by in whole] == [1, 1, 2]
    assert whole[2]["k7"] == third
    counts = ledger.tallies.counts_by_span(HERE, edges)
    assert counts == [{"k7": 1}, {"": 1}, {"k7": 2}]
    mine = ledger.tallies.by_span(HERE, edges, "k7")
    assert [one.counts.referrals for one in mine] == [1, 0, 2]
    nothing = ledger.tallies.by_span([], edges)[0]
    assert nothing.counts == SourceCounts(0, 0, 0, 0, 0, None, None)
