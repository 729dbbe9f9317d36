"""A sending taken in: read, weighed and stored, or the reason why not. What to answer is said elsewhere.

This is the path between an office's click and its receipt, so it knows no framework.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from form_server.ledger import (
    FirstCallGone,
    LedgerUnavailable,
    NotFound,
    ReceiptTaken,
    SubmissionReused,
)
from form_server.office.accept import Receipt
from form_server.office.arrival import Arrival
from form_server.office.bodies import BodyRefused, Fields, parse_body
from form_server.office.counter import Office
from form_server.office.interruption import is_interrupted
from form_server.office.reading import FIRST_CALL_FIELD, read_submission, typed
from form_server.office.submission import Fault, Flaw, Submission, SubmissionRefused
from form_server.office.watch import Flood
from form_server.vault import KeyDamaged

_NOT_STORED: Final = (LedgerUnavailable, NotFound, ReceiptTaken, KeyDamaged)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """It is on the disk."""

    receipt: Receipt
    fields: Fields


@dataclass(frozen=True)
class Interrupted:
    """Words of risk: the crisis lines come first, and nothing is stored yet."""

    submission: Submission
    fields: Fields


@dataclass(frozen=True)
class Reused:
    """The sender's own name for this sending has stood for other words before."""


@dataclass(frozen=True)
class NotStored:
    """Our records cannot be written: the office has to call."""


Outcome = Received | Interrupted | Reused | NotStored | BodyRefused | SubmissionRefused | Flood


def take_in(office: Office, arrival: Arrival) -> Outcome:
    """What became of a sending; nothing of it is stored unless it was received."""
    if office.disk.is_low():
        return NotStored()
    try:
        fields = parse_body(arrival.body, arrival.mimetype, arrival.parameters)
    except BodyRefused as refused:
        return refused
    code = fields.get("source")
    flood = office.watch.admit(arrival.visit, code if isinstance(code, str) else "")
    if flood is not None:
        return flood
    try:
        submission = read_submission(fields, office.asks, _submission_id(arrival, fields))
        if is_interrupted(submission, fields, wants_json=arrival.wants_json):
            return Interrupted(submission, fields)
        suspicion = office.watch.look(arrival.visit, fields, submission)
        receipt = office.reception.accept(submission, suspicion)
    except SubmissionRefused as refused:
        return refused
    except FirstCallGone:
        return SubmissionRefused({FIRST_CALL_FIELD: Fault(Flaw.GONE)}, typed(fields))
    except SubmissionReused:
        return Reused()
    except _NOT_STORED as error:
        _log.error("a referral was not stored: %s", error)
        return NotStored()
    office.kept.keep(receipt.status_token, submission)
    return Received(receipt, fields)


def _submission_id(arrival: Arrival, fields: Fields) -> str:
    """The sender's own name for this sending; only its hash is kept, so any text will do."""
    given = arrival.key or fields.get("submission_id")
    return given.strip() if isinstance(given, str) else ""
