"""The short way for a referral that is in order: taken in and answered before Flask is asked.

Flask finds a view, a session and a response for each request, which costs an office that waits as much
as sealing does. What is odd (a query, no length, a body that is too long) goes Flask's way untouched,
and what was refused goes there to be answered, so that each refusal is written once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from werkzeug.urls import iri_to_uri

from form_server.access_log import REFERRAL, RULE
from form_server.office.answers import dump_json
from form_server.office.arrival import Arrival
from form_server.office.bodies import JSON_TYPE, MAX_BODY_BYTES
from form_server.office.counter import Office
from form_server.office.headers import Sharing
from form_server.office.moments import write_moment
from form_server.office.taking import Outcome, Received, take_in
from form_server.office.tongue import language_of
from outreach_kit.web import THANKS_FIELD, folder_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_OUTCOME: Final = "handoff.outcome"
_PATH: Final = "/referrals"
BRIEF: Final = ("POST", _PATH)
"""Taken in within a moment where the ledger is a file of this machine."""


class Hatch:
    """WSGI middleware around the app whose office it is."""

    def __init__(self, app: WSGIApplication, office: Office, sharing: Sharing) -> None:
        self._app = app
        self._office = office
        self._sharing = sharing

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = self._body_of(environ)
        if body is None:
            return self._app(environ, start_response)
        outcome: Outcome | Exception
        try:
            outcome = take_in(self._office, arrival := Arrival.from_environ(environ, body))
        except Exception as error:  # noqa: BLE001 - raised again where Flask answers for it
            outcome = error
        if isinstance(outcome, Received):
            environ[RULE], environ[REFERRAL] = _PATH, outcome.receipt.referral_id
            return self._answer(arrival, outcome, start_response)
        environ[_OUTCOME] = outcome
        environ["wsgi.input"] = io.BytesIO(body)
        return self._app(environ, start_response)

    def _body_of(self, environ: WSGIEnvironment) -> bytes | None:
        """The body of a plain sending; None, with nothing read, for all else."""
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != _PATH:
            return None
        length = environ.get("CONTENT_LENGTH") or ""
        plain = not environ.get("QUERY_STRING") and length.isascii() and length.isdigit()
        if not plain or int(length) > MAX_BODY_BYTES or self._is_misplaced(environ):
            return None
        body: bytes = environ["wsgi.input"].read(int(length))
        if len(body) == int(length):
            return body
        environ["wsgi.input"] = io.BytesIO(body)  # cut off: Flask says so
        return None

    def _is_misplaced(self, environ: WSGIEnvironment) -> bool:
        """Whether several processes serve one SQLite file, which the app refuses."""
        return bool(environ.get("wsgi.multiprocess")) and self._office.ledger.is_sqlite

    def _answer(
        self, arrival: Arrival, received: Received, start_response: StartResponse
    ) -> Iterable[bytes]:
        headers = self._sharing.pairs(arrival.visit.origin or "")
        if arrival.wants_json:
            content = json_receipt(self._office, received)
            body = dump_json(content)
            headers += (("Content-Type", JSON_TYPE), ("Location", content["status_url"]))
            status = "201 CREATED"
        else:
            body = b""
            headers += (("Location", iri_to_uri(next_page(self._office, received))),)
            status = "303 SEE OTHER"
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return Answered(body, received.receipt.follow_up)


class Answered:
    """One piece of a body; `then` is called once the server has written it, whatever became of it.

    A delivery that began sooner would take the interpreter from the answer that is on its way.
    """

    def __init__(self, body: bytes, then: Callable[[], None]) -> None:
        self._body = body
        self._then = then

    def __iter__(self) -> Iterator[bytes]:
        yield self._body

    def close(self) -> None:
        self._then()


def handed_over(environ: Mapping[str, object]) -> Outcome | None:
    """What the hatch found, for the view to answer; raises what it met unprepared."""
    outcome = environ.get(_OUTCOME)
    if isinstance(outcome, Exception) and not isinstance(outcome, Outcome):
        raise outcome
    return outcome if isinstance(outcome, Outcome) else None


def json_receipt(office: Office, received: Received) -> dict[str, str]:
    """A receipt as a program reads it."""
    receipt = received.receipt
    return {
        "receipt": receipt.receipt,
        "status_url": f"{office.settings.url}{_status_path(office, received)}",
        "received_at": write_moment(receipt.received_at),
        "promised_by": write_moment(receipt.promised_by),
    }


def next_page(office: Office, received: Received) -> str:
    """Where a person's browser goes: a page of the owner's own that the form names, or the status."""
    wanted = received.fields.get(THANKS_FIELD)
    if office.is_thanks_page(wanted):
        return wanted
    return _status_path(office, received)


def _status_path(office: Office, received: Received) -> str:
    """The status page in the language of the page on which the form was filled in."""
    practice = office.practice
    folder = folder_of(practice, language_of(practice, received.fields))
    return f"{folder}/status/{received.receipt.status_token}"
