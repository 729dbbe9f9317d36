"""Submissions as the form's reader makes them, for tests of what comes after it."""

from __future__ import annotations

from form_server.office.bodies import Fields
from form_server.office.reading import read_submission
from form_server.office.submission import Asks, Submission
from tests.form_server.office.house import ENOUGH

ASKS = Asks(
    reasons={"panic": "Panic attacks", "other": "Something else"},
    clinicians=frozenset({"nora-ellison"}),
    plans=frozenset({"regence"}),
    source_name={"k7m2": "Lakeside Pediatrics", "wall": "The poster in the library"}.get,
)


def a_submission(**said: str) -> Submission:
    fields: Fields = {**ENOUGH, **said}
    return read_submission(fields, ASKS)
