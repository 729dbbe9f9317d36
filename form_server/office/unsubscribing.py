"""`/unsubscribe/<token>`: how a reader leaves the newsletter, by one tap or by their mail program.

Looking changes nothing, because programs look at links in mail before people do. Sending does, at
once and without a further page (RFC 8058). A link that is none of ours gets the same answer: whoever
holds an old mail in hand has done what they could, and a stranger learns nothing.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request

from form_server.admitting import hash_of_token, read_token
from form_server.ledger import LedgerUnavailable
from form_server.office.answers import answer_page, answer_problem
from form_server.office.counter import Office, the_office
from form_server.office.tongue import language_at, words_asked
from outreach_kit.web.leaving import render_leaving

_ACTOR = "reader"


def show_unsubscribe(token: str) -> Response:
    """One button, whatever the token."""
    del token
    return _page(the_office(), is_done=False)


def unsubscribe(token: str) -> Response:
    office = the_office()
    raw = read_token(token)
    try:
        address = office.ledger.mailing_list.reader(hash_of_token(raw)) if raw else None
        if address is not None:
            office.ledger.mailing_list.unsubscribe(address, actor=_ACTOR)
    except LedgerUnavailable:
        words = words_asked(office.practice)
        return answer_problem(
            office,
            HTTPStatus.SERVICE_UNAVAILABLE,
            words.gettext("That did not go through"),
            words.gettext(
                "Our records cannot be written at the moment. Please try again in a few minutes, or "
                "tell us, and we take you off the list."
            ),
        )
    return _page(office, is_done=True)


def _page(office: Office, *, is_done: bool) -> Response:
    site = office.site(language_at(office.practice, request.path))
    response = answer_page(render_leaving(site, is_done=is_done))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
