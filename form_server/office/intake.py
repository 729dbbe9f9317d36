"""`POST /referrals`: a body read, a referral stored, a receipt given."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from flask import Response, request

from form_server.ledger import (
    FirstCallGone,
    LedgerUnavailable,
    NotFound,
    ReceiptTaken,
    SubmissionReused,
)
from form_server.office.accept import Receipt
from form_server.office.answers import (
    answer_flood,
    answer_json,
    answer_not_stored,
    answer_problem,
    wants_json,
)
from form_server.office.bodies import BodyRefused, Fields, parse_body
from form_server.office.counter import Office, the_office
from form_server.office.form import describe_times, is_thanks_page, show_form_again
from form_server.office.interruption import interrupt
from form_server.office.moments import write_moment
from form_server.office.reading import THANKS_FIELD, read_submission, typed
from form_server.office.submission import Fault, Flaw, Kind, SubmissionRefused
from form_server.office.watch import Visit
from form_server.vault import KeyDamaged
from outreach_kit.web.language import words_in

_KEY_HEADER: Final = "Idempotency-Key"
_FIRST_CALL: Final = "first_call"
_NOT_STORED: Final = (LedgerUnavailable, NotFound, ReceiptTaken, KeyDamaged)

_log = logging.getLogger(__name__)


def post_referral() -> Response:
    """303 to the status page, or 201; a refusal says what to mend, and nothing of it is stored."""
    office = the_office()
    if office.disk.is_low():
        return answer_not_stored(office)
    visit = Visit(
        request.remote_addr, request.headers.get("Origin"), request.headers.get("Referer")
    )
    try:
        fields = parse_body(
            request.get_data(cache=False), request.mimetype, request.mimetype_params
        )
    except BodyRefused as refused:
        return answer_problem(office, refused.status, refused.what, refused.todo)
    code = fields.get("source")
    flood = office.watch.admit(visit, code if isinstance(code, str) else "")
    if flood is not None:
        return answer_flood(office, flood.retry_after_s)
    try:
        submission = read_submission(fields, office.asks, _submission_id(fields))
        interruption = interrupt(office, submission, fields)
        if interruption is not None:
            return interruption
        suspicion = office.watch.look(visit, fields, submission)
        receipt = office.reception.accept(submission, suspicion)
    except SubmissionRefused as refused:
        return _answer_refused(office, refused)
    except FirstCallGone:
        gone = {_FIRST_CALL: Fault(Flaw.GONE)}
        return _answer_refused(office, SubmissionRefused(gone, typed(fields)))
    except SubmissionReused:
        return _answer_reused(office)
    except _NOT_STORED as error:
        _log.error("a referral was not stored: %s", error)
        return answer_not_stored(office)
    office.kept.keep(receipt.status_token, submission)
    return _answer_received(office, receipt, fields)


def allow_methods() -> Response:
    """The answer to a browser that asks before it sends JSON from another origin."""
    return Response(status=HTTPStatus.NO_CONTENT, headers={"Allow": "POST, OPTIONS"})


def _answer_received(office: Office, receipt: Receipt, fields: Fields) -> Response:
    status_page = f"/status/{receipt.status_token}"
    if not wants_json():
        wanted = fields.get(THANKS_FIELD)
        location = wanted if is_thanks_page(wanted, office) else status_page
        return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": location})
    status_url = office.settings.url + status_page
    response = answer_json(
        {
            "receipt": receipt.receipt,
            "status_url": status_url,
            "received_at": write_moment(receipt.received_at),
            "promised_by": write_moment(receipt.promised_by),
        },
        HTTPStatus.CREATED,
    )
    response.headers["Location"] = status_url
    return response


def _answer_refused(office: Office, refused: SubmissionRefused) -> Response:
    kind = Kind.SELF if refused.typed.get("kind") == Kind.SELF else Kind.OFFICE
    errors = office.complaints.say_all(refused.faults, kind)
    if not wants_json():
        return show_form_again(office, refused.typed, errors)
    words = words_in(office.practice.language)
    clinician = refused.typed.get("clinician", "")
    times = describe_times(office, clinician) if isinstance(clinician, str) else []
    return answer_problem(
        office,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        words.gettext("Please look at this again"),
        words.gettext("Nothing was stored yet. Mend what is named here, and send it again."),
        errors,
        {"times": times} if _FIRST_CALL in errors else None,
    )


def _answer_reused(office: Office) -> Response:
    words = words_in(office.practice.language)
    return answer_problem(
        office,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        words.gettext("This was sent before, with other content"),
        words.gettext("Reload the form and send it again, or give each sending a key of its own."),
    )


def _submission_id(fields: Fields) -> str:
    """The sender's own name for this sending; only its hash is kept, so any text will do."""
    given = request.headers.get(_KEY_HEADER) or fields.get("submission_id")
    return given.strip() if isinstance(given, str) else ""
