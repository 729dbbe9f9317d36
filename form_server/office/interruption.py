"""Words of risk stop a sending once: the crisis lines are shown, and one tap sends what was written.

Programs are never stopped. A script that can show the lines says so, and is asked to.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from form_server.office.answers import answer_json, answer_page, wants_json
from form_server.office.bodies import Fields
from form_server.office.counter import Office
from form_server.office.reading import RISK_ASK, RISK_FIELD, RISK_SEEN
from form_server.office.submission import Flag, Submission
from form_server.office.text import showable
from form_server.office.tongue import language_of
from outreach_kit.web import render_risk


def is_interrupted(submission: Submission, fields: Fields, *, wants_json: bool) -> bool:
    """Whether the lines are to be shown before anything is stored."""
    if Flag.READ_FIRST not in submission.flags:
        return False
    notice = fields.get(RISK_FIELD)
    return notice == RISK_ASK if wants_json else notice != RISK_SEEN


def answer_interrupted(office: Office, submission: Submission, fields: Fields) -> Response:
    """The crisis lines, and one button that sends what was written; a program shows its own."""
    if wants_json():
        return answer_json({"interrupt": "risk"})
    language = language_of(office.practice, fields)
    pairs = [*_pairs(fields), (RISK_FIELD, RISK_SEEN)]
    return answer_page(render_risk(office.site(language), submission.kind, pairs))


def _pairs(fields: Fields) -> Iterator[tuple[str, str]]:
    """All that a form sent, in its order."""
    for name, value in fields.items():
        if name == RISK_FIELD:
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield showable(name), showable(one)
