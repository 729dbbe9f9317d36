"""What goes wrong anywhere, answered in words, and always with the practice's telephone number."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from flask import Flask, request
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Response

from form_server.ledger import LedgerUnavailable
from form_server.office.answers import (
    answer_body_refused,
    answer_missing,
    answer_not_stored,
    answer_problem,
)
from form_server.office.bodies import too_large
from form_server.office.counter import Office, the_office
from form_server.office.tongue import words_asked

_KEPT: Final = ("Allow", "Retry-After", "WWW-Authenticate")

_log = logging.getLogger(__name__)


def answer_error(error: HTTPException) -> Response:
    """The page or the JSON for an HTTP error, a bug's 500 among them; redirects pass."""
    plain = error.get_response()
    if plain.status_code < HTTPStatus.BAD_REQUEST:
        return plain
    try:
        answer = _answer(the_office(), plain.status_code)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, the number has to get through
        _log.error("no page for status %d: %s", plain.status_code, type(trouble).__name__)
        answer = _answer_in_plain_words(the_office(), plain.status_code)
    for name in _KEPT:
        if name in plain.headers:
            answer.headers[name] = plain.headers[name]
    return answer


def answer_unavailable(error: LedgerUnavailable) -> Response:
    """The error's own words go into the log; an office can do nothing with them."""
    _log.error("%s", error)
    return answer_not_stored(the_office())


def refuse_raw_query() -> None:
    """400 for bytes in a query that no address may hold, and that no view could read."""
    if not request.query_string.isascii():
        raise BadRequest


def install_trouble(app: Flask) -> None:
    """Answers for the whole app; a room's own handlers go first."""
    app.before_request(refuse_raw_query)
    app.register_error_handler(HTTPException, answer_error)
    app.register_error_handler(LedgerUnavailable, answer_unavailable)


def _answer_in_plain_words(office: Office, status: int) -> Response:
    """Without template or translation, where those are what is broken: half an update, say."""
    phone = office.practice.contact.phone.display
    said = f"Something went wrong on our side. Please call {phone}.\n"
    return Response(said, status, mimetype="text/plain")


def _answer(office: Office, status: int) -> Response:
    _ = words_asked(office.practice).gettext
    match status:
        case HTTPStatus.NOT_FOUND:
            return answer_missing(office)
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return answer_body_refused(office, too_large())
        case HTTPStatus.METHOD_NOT_ALLOWED:
            title = _("This address does not take that")
            detail = _("Open the form again from its own page.")
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            title = _("Something went wrong on our side")
            detail = _("We cannot say whether anything was stored. Please call {phone}.").format(
                phone=office.practice.contact.phone.display
            )
        case _:
            title = _("This request cannot be understood")
            detail = _("Open the form again from its own page, and send it from there.")
    return answer_problem(office, status, title, detail)
