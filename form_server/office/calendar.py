"""`/calendar/<token>.ics`: the days that are due, for the calendar of the user whose address it is.

A calendar sends no password and no cookie, so the address alone opens it. It says names of offices
and days; nothing of a patient, and no count. How often one may ask is bounded, because each answer
looks through all offices.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from http import HTTPStatus
from typing import Final

from flask import Response, request

from form_server.admitting import hash_of_token, read_token
from form_server.ledger import HolderKind
from form_server.office.answers import answer_missing
from form_server.office.counter import Office, the_office
from form_server.office.traffic import Traffic, network_of
from form_server.rounds import feed_events, survey
from outreach_kit.outreach.icalendar import MEDIA_TYPE, render_calendar

MOST_READ: Final = 30
"""In an hour: a phone, a laptop and a web calendar ask a few times each."""
MOST_GUESSED: Final = 60
_ETAG_LETTERS: Final = 32


def show_calendar(token: str) -> Response:
    """The same bytes all day while nothing changes; 404 for an address that is nobody's, or was."""
    office = the_office()
    network = network_of(request.remote_addr) or "here"
    raw = read_token(token)
    user_id = office.ledger.calendar_links.user_of(hash_of_token(raw)) if raw else None
    if user_id is None:
        if office.feeds.add(f"guess {network}") > MOST_GUESSED:
            return _too_often(office.feeds)
        return answer_missing(office)
    if office.feeds.add(f"user {user_id}") > MOST_READ:
        return _too_often(office.feeds)
    return _answer(_write(office, user_id))


def _write(office: Office, user_id: str) -> bytes:
    practice, ledger, now = office.practice, office.ledger, office.clock()
    grants = ledger.inboxes.grants_for(HolderKind.USER, user_id)
    seen = survey(ledger, practice, sorted({one.inbox_id for one in grants}), now)
    events = feed_events(seen, ledger.meta.instance_id(), f"{office.settings.url}/desk/outreach")
    # Stamped by the day: what did not change must not look new every quarter of an hour.
    midnight = dt.datetime.combine(seen.today, dt.time(), practice.time_zone)
    return render_calendar(f"Outreach: {practice.name}", events, midnight)


def _answer(calendar: bytes) -> Response:
    response = Response(calendar, content_type=MEDIA_TYPE)
    response.set_etag(hashlib.sha256(calendar).hexdigest()[:_ETAG_LETTERS])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="outreach.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.make_conditional(request)
    return response


def _too_often(feeds: Traffic) -> Response:
    """For a program: it comes back by itself."""
    response = Response(status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(feeds.until_next_s())
    return response
