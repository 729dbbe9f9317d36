"""`POST /referrals`: what became of a sending, as an answer in the form that was asked for."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request

from form_server.access_log import REFERRAL
from form_server.office.answers import (
    answer_body_refused,
    answer_flood,
    answer_json,
    answer_not_stored,
    answer_problem,
    wants_json,
)
from form_server.office.arrival import Arrival
from form_server.office.bodies import BodyRefused
from form_server.office.counter import Office, the_office
from form_server.office.form import describe_times, show_form_again
from form_server.office.hatch import handed_over, json_receipt, next_page
from form_server.office.interruption import answer_interrupted
from form_server.office.reading import FIRST_CALL_FIELD
from form_server.office.submission import Kind, SubmissionRefused
from form_server.office.taking import Interrupted, NotStored, Received, Reused, take_in
from form_server.office.tongue import language_of, words_asked
from form_server.office.watch import Flood


def post_referral() -> Response:
    """303 to the status page, or 201; a refusal says what to mend, and nothing of it is stored."""
    office = the_office()
    # The hatch has taken it in already, save what it leaves to us: an odd request, or a test's.
    match handed_over(request.environ) or take_in(office, Arrival.of(request)):
        case Received() as received:
            return _answer_received(office, received)
        case Interrupted(submission, fields):
            return answer_interrupted(office, submission, fields)
        case BodyRefused() as refused:
            return answer_body_refused(office, refused)
        case SubmissionRefused() as refused:
            return _answer_refused(office, refused)
        case Flood(retry_after_s):
            return answer_flood(office, retry_after_s)
        case Reused():
            return _answer_reused(office)
        case NotStored():
            return answer_not_stored(office)


def allow_methods() -> Response:
    """The answer to a browser that asks before it sends JSON from another origin."""
    return Response(status=HTTPStatus.NO_CONTENT, headers={"Allow": "POST, OPTIONS"})


def _answer_received(office: Office, received: Received) -> Response:
    received.receipt.follow_up()
    request.environ[REFERRAL] = received.receipt.referral_id
    if not wants_json():
        return Response(
            status=HTTPStatus.SEE_OTHER, headers={"Location": next_page(office, received)}
        )
    content = json_receipt(office, received)
    response = answer_json(content, HTTPStatus.CREATED)
    response.headers["Location"] = content["status_url"]
    return response


def _answer_refused(office: Office, refused: SubmissionRefused) -> Response:
    kind = Kind.SELF if refused.typed.get("kind") == Kind.SELF else Kind.OFFICE
    complaints = office.complaints_in[language_of(office.practice, refused.typed)]
    errors = complaints.say_all(refused.faults, kind)
    if not wants_json():
        return show_form_again(office, refused.typed, errors)
    words = words_asked(office.practice)
    clinician = refused.typed.get("clinician", "")
    times = describe_times(office, clinician) if isinstance(clinician, str) else []
    return answer_problem(
        office,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        words.gettext("Please look at this again"),
        words.gettext("Nothing was stored yet. Mend what is named here, and send it again."),
        errors,
        {"times": times} if FIRST_CALL_FIELD in errors else None,
    )


def _answer_reused(office: Office) -> Response:
    words = words_asked(office.practice)
    return answer_problem(
        office,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        words.gettext("This was sent before, with other content"),
        words.gettext("Reload the form and send it again, or give each sending a key of its own."),
    )
