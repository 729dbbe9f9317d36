"""Signing in with a passkey: the device says who it is, proves it, and opens the key."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from flask import Response, jsonify, request

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.ceremony import (
    Answer,
    ask_to_sign_in,
    check_assertion,
    read_credential_id,
)
from form_server.desk.entry.entering import let_in
from form_server.desk.entry.guard import local_page
from form_server.desk.entry.passkeys import answer_of_form
from form_server.desk.entry.sign_in import refuse_entry
from form_server.desk.entry.throttle import Place, Throttle, TooManyTries
from form_server.desk.page import go_to
from form_server.keys import Keyholder, KeyReplaced, open_with_passkey
from form_server.ledger import AnswerSpent, NotFound, User
from form_server.vault import PasskeyRefused

log = logging.getLogger(__name__)

_REFUSED: Final = (
    "This passkey does not open the desk. Sign in with your six words, then add the passkey again."
)


def sign_in_options() -> Response:
    """What any device is asked; a new challenge each time."""
    return jsonify(ask_to_sign_in(the_desk()))


def sign_in_by_touch() -> Response:
    """A new session for whoever's passkey opens their key; for all else the form, with the reason."""
    desk = the_desk()
    where = local_page(request.form.get("next", ""))
    throttle = Throttle(desk, "passkey", Place(request.remote_addr or ""))
    try:
        throttle.check(desk.clock())
    except TooManyTries as refusal:
        return refuse_entry(where, str(refusal), HTTPStatus.TOO_MANY_REQUESTS, refusal.wait_s)
    try:
        user, holder = _open(desk, answer_of_form())
    except (PasskeyRefused, AnswerSpent, NotFound):
        throttle.record_failure(desk.clock())
        return refuse_entry(where, _REFUSED, HTTPStatus.UNPROCESSABLE_ENTITY)
    except KeyReplaced as alarm:
        log.error("%s", alarm)
        return refuse_entry(where, str(alarm), HTTPStatus.CONFLICT)
    throttle.record_success()
    response = go_to(where)
    let_in(desk, user, holder.key, response)
    return response


def _open(desk: Desk, answer: Answer) -> tuple[User, Keyholder]:
    passkey = desk.ledger.passkeys.by_credential(read_credential_id(answer))
    if passkey is None:
        raise PasskeyRefused
    user = desk.ledger.people.user(passkey.user_id)
    if user.removed_at is not None:
        raise PasskeyRefused
    checked = check_assertion(desk, passkey, answer)
    holder = open_with_passkey(user, passkey, checked.prf_output)
    desk.ledger.passkeys.note_use(passkey.id, checked.sign_count, checked.met)
    return user, holder
