from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Ledger, Outcome
from tests.form_server.ledger.things import NOON, accept_one, an_attempt

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_figures_of_nothing_are_zero_without_a_median(ledger: Ledger) -> None:
    figures = ledger.figures.over(["inbox-1"], NOON - DAY, NOON + DAY, NOON)
    assert (figures.received, figures.kept, figures.broken) == (0, 0, 0)
    assert figures.median_to_first_contact is None


def test_promises_are_kept_broken_or_still_in_time(ledger: Ledger) -> None:
    kept, late, overdue, _in_time = (
        accept_one(ledger, promised_by=NOON + n * HOUR, source=source)
        for n, source in ((2, "clinic"), (2, "clinic"), (3, None), (9, "school"))
    )
    ledger.steps.record_attempt(an_attempt(kept.id, NOON + 2 * HOUR))
    ledger.steps.record_attempt(an_attempt(late.id, NOON + 4 * HOUR))
    ledger.steps.close(kept.id, Outcome.SCHEDULED, "user-1")

    figures = ledger.figures.over(["inbox-1"], NOON - DAY, NOON + DAY, NOON + 5 * HOUR)

    assert (figures.received, figures.contacted, figures.closed) == (4, 2, 1)
    assert (figures.kept, figures.broken) == (1, 2)
    assert figures.median_to_first_contact == 3 * HOUR
    assert sorted(figures.first_contacts) == [
        ("inbox-1", NOON, NOON + 2 * HOUR),
        ("inbox-1", NOON, NOON + 4 * HOUR),
    ]
    assert figures.by_source == {"clinic": 2, "": 1, "school": 1}
    assert figures.by_outcome == {Outcome.SCHEDULED: 1}
    assert overdue.source is None


def test_drills_quarantine_other_times_and_inboxes_are_left_out(ledger: Ledger) -> None:
    accept_one(ledger, flags="drill")
    accept_one(ledger, flags="quarantine read_first")
    accept_one(ledger, received_at=NOON + DAY)
    accept_one(ledger, flags="read_first")
    span = (NOON, NOON + DAY, NOON)
    assert ledger.figures.over(["inbox-1"], *span).received == 1
    assert ledger.figures.over(["inbox-2"], *span).received == 0
