"""Submissions as the form's reader makes them, for tests of what comes after it."""

from __future__ import annotations

from form_server.ledger import Source, SourceKind
from form_server.office.bodies import Fields
from form_server.office.reading import read_submission
from form_server.office.submission import Asks, Submission
from tests.form_server.office.house import ENOUGH, MONDAY_MORNING

ASKS = Asks(
    reasons={"panic": "Panic attacks", "other": "Something else"},
    clinicians=frozenset({"nora-ellison"}),
    plans=frozenset({"regence"}),
    source={
        "k7m2": Source("k7m2", "Lakeside Pediatrics", SourceKind.OFFICE, False, MONDAY_MORNING),
        "wall": Source("wall", "The library", SourceKind.OFFICE, True, MONDAY_MORNING),
    }.get,
)


def a_submission(**said: str) -> Submission:
    fields: Fields = {**ENOUGH, **said}
    return read_submission(fields, ASKS)
