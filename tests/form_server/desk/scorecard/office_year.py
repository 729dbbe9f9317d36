"""A year at two offices and one without a code, small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from form_server.ledger import Fit, NewVisit, Outcome, SourceFacts, VisitWay
from tests.form_server.desk.stage import Stage
from tests.form_server.ledger.things import accept_one, an_attempt

MILL, LAKE = "mill-road", "lakeside"


def fill_year(stage: Stage) -> None:
    """Mill Road sent five, of whom four fit; Lakeside three, of whom one fits; one had no code."""
    by, user = f"user:{stage.founding.user_id}", stage.founding.user_id
    book, clock = stage.ledger.address_book, stage.clock
    book.add(MILL, SourceFacts("Mill Road & Sons Clinic", town="Alder Falls"), actor=by)
    book.add(LAKE, SourceFacts("Lakeside Pediatrics", tier="b"), actor=by)
    today = stage.practice.today(clock())
    visit = NewVisit(stage.ledger.new_id(), MILL, VisitWay.VISIT, today - timedelta(days=100))
    stage.ledger.visits.log(visit, actor=by)
    ago = (120, 90, 60, 30, 2, 200, 150, 40, 5)
    fits = (Fit.IN, Fit.IN, Fit.IN, Fit.IN, Fit.OUT, Fit.OUT, Fit.OUT, Fit.IN, None)
    codes = (MILL,) * 5 + (LAKE,) * 3 + (None,)
    for days, code, fit in zip(ago, codes, fits, strict=True):
        at = clock() - timedelta(days=days)
        one = accept_one(
            stage.ledger,
            source=code,
            received_at=at,
            promised_by=at,
            inbox_id=stage.founding.inbox_id,
        )
        called = replace(an_attempt(one.id, at + timedelta(hours=5)), user_id=user)
        if fit is not None:
            stage.ledger.steps.record_attempt(called)
            stage.ledger.steps.mark_fit(one.id, fit, user)
        if days == 120:
            stage.ledger.steps.close(one.id, Outcome.REDIRECTED, user)
