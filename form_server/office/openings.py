"""`GET /openings.json`: who has room, for pages that were built before anybody counted.

Public, and nothing of any referral. A count that is out of date is no count: it comes as null.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Response, request

from form_server.office.answers import answer_json
from form_server.office.counter import the_office
from form_server.office.moments import write_moment
from form_server.office.tongue import words_asked
from outreach_kit.outreach.capacity import Figure, Room, figure_of
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_count

_CACHE: Final = "public, max-age=60"  # a change at the desk shows within a minute
_LONGEST_QUESTION: Final = 4000
"""Characters: a page of names, each as long as a folder's name may be."""


def show_openings() -> Response:
    """What the desk counted, or the practice folder where that was counted later.

    Of everybody; or, on the site of a large group, of those who stand on the page: `?of=ada,bo`.
    """
    office = the_office()
    now = office.clock()
    today = office.practice.today(now)
    board = [
        Room(
            clinician=one.clinician,
            count=one.count,
            as_of_on=one.as_of_on,
            first_available_on=one.first_available_on,
            site=one.site,
            plan=one.plan,
            language=one.language,
        )
        for one in office.ledger.openings.all()
    ]
    asked = frozenset(filter(None, request.args.get("of", "")[:_LONGEST_QUESTION].split(",")))
    figures = [
        figure_of(one, board, today)
        for one in office.practice.clinicians
        if not asked or one.slug in asked
    ]
    words = words_asked(office.practice)
    written = [_write(one, words, today) for one in figures]
    response = answer_json({"as_of": write_moment(now), "clinicians": written})
    response.headers["Cache-Control"] = _CACHE
    if len(office.practice.languages) > 1:
        response.vary.update(("Accept", "Accept-Language"))
    return response


def _write(figure: Figure, words: Words, today: date) -> dict[str, object]:
    """`text` says it as the site does, in the language that was asked for; empty when nobody knows."""
    first, counted = figure.first_available_on, figure.as_of_on
    text = ""
    if figure.count is not None and counted is not None:
        text = say_count(figure.count, counted, first, words, today)
    return {
        "slug": figure.clinician,
        "count": figure.count,
        "first_available_on": first.isoformat() if first else None,
        "as_of_on": counted.isoformat() if counted else None,
        "stale": figure.is_stale,
        "text": text,
    }
