"""`/ask/`, `POST /questions` and `/asked/<token>`: the form, what became of it, and how it stands."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request

from form_server.admitting import hash_of_token, read_token
from form_server.ledger import (
    LedgerUnavailable,
    NotFound,
    Question,
    QuestionKind,
    ReceiptTaken,
    SubmissionReused,
    TalkState,
)
from form_server.office.accept import Receipt
from form_server.office.answers import (
    answer_body_refused,
    answer_flood,
    answer_json,
    answer_missing,
    answer_not_stored,
    answer_page,
    answer_problem,
    wants_json,
)
from form_server.office.arrival import Arrival
from form_server.office.asking.asked import (
    HEADS_UP_ASK,
    HEADS_UP_FIELD,
    HEADS_UP_SEEN,
    Asked,
    read_asked,
    typed,
)
from form_server.office.bodies import BodyRefused, Fields, parse_body
from form_server.office.counter import Office, the_office
from form_server.office.moments import write_moment
from form_server.office.page_stamp import STAMP_FIELD
from form_server.office.submission import Fault, Flaw, SubmissionRefused, Typed
from form_server.office.text import showable
from form_server.office.tongue import language_asked, language_of, words_asked
from form_server.vault import KeyDamaged
from outreach_kit.web import folder_of
from outreach_kit.web.asked import QuestionStanding, asked_view, render_asked
from outreach_kit.web.asking import ask_view, render_ask, say_nothing_asked, say_unreachable

_NOT_STORED: Final = (LedgerUnavailable, NotFound, ReceiptTaken, KeyDamaged)
_JUST_SENT: Final = timedelta(minutes=10)
_LONGEST_CODE: Final = 64

_log = logging.getLogger(__name__)


def show_ask() -> Response:
    """The empty form; `?talk=` presets a talk and `?source=` says whose code it is."""
    preset = {name: request.args.get(name, "") for name in ("talk", "source")}
    return answer_page(_render(the_office(), preset, {}))


def post_question() -> Response:
    """303 to the asker's page, or 201; a refusal says what to mend, and nothing of it is stored."""
    office = the_office()
    arrival = Arrival.of(request)
    if office.disk.is_low():
        return _answer_not_stored(office)
    try:
        fields = parse_body(arrival.body, arrival.mimetype, arrival.parameters)
    except BodyRefused as refused:
        return answer_body_refused(office, refused)
    code = fields.get("source")
    flood = office.watch.admit(arrival.visit, code if isinstance(code, str) else "")
    if flood is not None:
        return _answer_flood(office, flood.retry_after_s)
    try:
        asked = read_asked(fields, office.asks, _talks(office), _submission_id(arrival, fields))
        if _is_stopped(asked, fields):
            return _answer_stopped(office, asked, fields)
        suspicion = office.watch.look(arrival.visit, fields, asked.as_seen())
        receipt = office.questions.accept(office.practice, asked, suspicion)
    except SubmissionRefused as refused:
        return _answer_refused(office, refused)
    except SubmissionReused:
        return _answer_reused(office)
    except _NOT_STORED as error:
        _log.error("a question was not stored: %s", error)
        return _answer_not_stored(office)
    return _answer_received(office, receipt, fields)


def show_asked(token: str) -> Response:
    """How a question stands, as a page or as JSON; 404 for a link that leads nowhere, or no longer."""
    office = the_office()
    raw = read_token(token)
    asked = office.ledger.questions.by_status_hash(hash_of_token(raw)) if raw else None
    response = answer_missing(office) if asked is None else _show(office, asked, token)
    # The link alone opens the page, so it is handed to no other page.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def go_to_ask() -> Response:
    """For whoever opens the address that the form was sent to: the form."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/ask/"})


def _talks(office: Office) -> Mapping[str, str]:
    return {one.slug: one.title for one in office.practice.trainings}


def _submission_id(arrival: Arrival, fields: Fields) -> str:
    given = arrival.key or fields.get("submission_id")
    return given.strip() if isinstance(given, str) else ""


def _is_stopped(asked: Asked, fields: Fields) -> bool:
    """Whether its words are talked of before anything is stored; programs are never stopped."""
    if not asked.heads_up:
        return False
    said = fields.get(HEADS_UP_FIELD)
    return said == HEADS_UP_ASK if wants_json() else said != HEADS_UP_SEEN


def _answer_stopped(office: Office, asked: Asked, fields: Fields) -> Response:
    if wants_json():
        return answer_json({"interrupt": asked.heads_up})
    seen = {**typed(fields), HEADS_UP_FIELD: HEADS_UP_SEEN}
    return answer_page(_render(office, seen, {}, heads_up=asked.heads_up))


def _answer_received(office: Office, receipt: Receipt, fields: Fields) -> Response:
    practice = office.practice
    folder = folder_of(practice, language_of(practice, fields))
    page = f"{folder}/asked/{receipt.status_token}"
    if not wants_json():
        return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": page})
    content = {
        "receipt": receipt.receipt,
        "status_url": f"{office.settings.url}{page}",
        "received_at": write_moment(receipt.received_at),
        "promised_by": write_moment(receipt.promised_by),
    }
    response = answer_json(content, HTTPStatus.CREATED)
    response.headers["Location"] = content["status_url"]
    return response


def _answer_refused(office: Office, refused: SubmissionRefused) -> Response:
    errors = {name: _say(office, name, fault) for name, fault in refused.faults.items()}
    if not wants_json():
        page = _render(office, refused.typed, errors)
        return answer_page(page, HTTPStatus.UNPROCESSABLE_ENTITY)
    words = words_asked(office.practice)
    return answer_problem(
        office,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        words.gettext("Please look at this again"),
        words.gettext("Nothing was stored yet. Mend what is named here, and send it again."),
        errors,
    )


def _say(office: Office, name: str, fault: Fault) -> str:
    words = words_asked(office.practice)
    if fault.flaw is Flaw.MISSING and name == "referrer_phone":
        return say_unreachable(words)
    if fault.flaw is Flaw.MISSING and name == "question":
        return say_nothing_asked(words)
    return office.complaints_in[language_asked(office.practice)].say(name, fault)


def _answer_reused(office: Office) -> Response:
    words = words_asked(office.practice)
    return answer_problem(
        office,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        words.gettext("This was sent before, with other content"),
        words.gettext("Reload the form and send it again, or give each sending a key of its own."),
    )


def _answer_not_stored(office: Office) -> Response:
    title = words_asked(office.practice).gettext("Your question was not stored")
    return answer_not_stored(office, title)


def _answer_flood(office: Office, retry_after_s: int) -> Response:
    title = words_asked(office.practice).gettext("Too many questions at once")
    return answer_flood(office, retry_after_s, title)


def _render(office: Office, values: Typed, errors: Mapping[str, str], *, heads_up: str = "") -> str:
    code = values.get("source", "")
    code = showable(code)[:_LONGEST_CODE] if isinstance(code, str) else ""
    source = office.asks.office_of(code)
    hidden = {STAMP_FIELD: _stamp(office, values)}
    if values.get(HEADS_UP_FIELD) == HEADS_UP_SEEN:  # whoever was told is not stopped again
        hidden[HEADS_UP_FIELD] = HEADS_UP_SEEN
    return render_ask(
        ask_view(
            office.site(language_asked(office.practice)),
            values=values,
            errors=errors,
            source_code=code,
            source_name=source.name if source else "",
            hidden=hidden,
            heads_up=heads_up,
        )
    )


def _stamp(office: Office, values: Typed) -> str:
    """A page that is shown again keeps the time at which it was shown first."""
    stamp, earlier = office.watch.stamp, values.get(STAMP_FIELD)
    if isinstance(earlier, str) and stamp.shown_at(earlier) is not None:
        return earlier
    return stamp.make()


def _show(office: Office, asked: Question, token: str) -> Response:
    standing = _standing(asked)
    if request.args.get("format") == "json" or wants_json():
        return answer_json(
            {
                "receipt": asked.receipt,
                "state": standing.value,
                "received_at": write_moment(asked.received_at),
                "promised_by": write_moment(asked.promised_by),
                "talk_on": asked.talk_on.isoformat() if asked.talk_on else None,
            }
        )
    view = asked_view(
        office.site(language_asked(office.practice)),
        receipt=asked.receipt,
        received_at=asked.received_at,
        promised_by=asked.promised_by,
        standing=standing,
        is_talk=asked.kind is QuestionKind.TALK,
        talk_on=asked.talk_on,
        just_sent=office.clock() - asked.received_at < _JUST_SENT,
        token=token,
    )
    return answer_page(render_asked(view))


def _standing(asked: Question) -> QuestionStanding:
    """What looked automatic and was put away as such is told nothing more than any other."""
    match asked.talk_state:
        case TalkState.AGREED:
            return QuestionStanding.AGREED
        case TalkState.HELD:
            return QuestionStanding.HELD
    if asked.answered_at is None or asked.is_spam:
        return QuestionStanding.RECEIVED
    return QuestionStanding.ANSWERED
