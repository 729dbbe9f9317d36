"""The page after the six words, for who has a second factor: six digits, or a touch on a device."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, jsonify, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.ceremony import (
    ask_for_device,
    check_device,
    read_credential_id,
    relying_party,
)
from form_server.desk.entry.cookies import DEVICE, read_cookie
from form_server.desk.entry.entering import let_in
from form_server.desk.entry.guard import local_page
from form_server.desk.entry.passkeys import answer_of_form
from form_server.desk.entry.throttle import Place, Throttle, TooManyTries, is_device_of
from form_server.desk.entry.waiting import Waiting, end_waiting, find_waiting
from form_server.desk.page import go_to, render_page
from form_server.keys import KeyReplaced, meet_digits, second_factor_of
from form_server.ledger import AnswerSpent, CodeSpent
from form_server.vault import BoxRefused, CodeRefused, PasskeyRefused, SessionRefused

log = logging.getLogger(__name__)

_LONGEST_CODE: Final = 20
_MISSING: Final = "Type the six digits that your app shows now."
_NO_DEVICE: Final = (
    "That device is not the one that was asked for, or answered too late. Try again."
)
_DAMAGED: Final = (
    "What was stored for your app does not open, so no digits can be checked: the database was "
    "altered. Ask an owner to end your second step, or use the recovery sheet."
)


@dataclass(frozen=True)
class SecondStep:
    """`app` and `touch` are where the answers go; empty for what this user does not have."""

    app: str
    touch: str
    touch_options: str
    where: str
    recover: str
    again: str
    script: str
    error: str = ""


def show_second_step() -> Response:
    try:
        return _page(find_waiting(the_desk()), local_page(request.args.get("next", "")))
    except SessionRefused:
        return _too_late()


def take_digits() -> Response:
    """A session for who types the digits of now; they count once, for whatever browser."""
    desk = the_desk()
    where = local_page(request.form.get("next", ""))
    try:
        waiting = find_waiting(desk)
    except SessionRefused:
        return _too_late()
    typed = request.form.get("code", "")[:_LONGEST_CODE]
    if not typed.strip():
        return _page(waiting, where, _MISSING)
    throttle = _throttle(desk, waiting)
    try:
        throttle.check(desk.clock())
        meet_digits(desk.ledger, waiting.holder, typed, desk.clock())
    except TooManyTries as refusal:
        return _page(waiting, where, str(refusal), refusal.wait_s)
    except (CodeRefused, CodeSpent) as refusal:
        throttle.record_failure(desk.clock())
        return _page(waiting, where, str(refusal))
    except BoxRefused:
        log.error("the authenticator of user %s does not open: it was altered", waiting.user.id)
        return _page(waiting, where, _DAMAGED)
    except KeyReplaced as alarm:
        return _page(waiting, where, str(alarm))
    throttle.record_success()
    return _enter(desk, waiting, where)


def second_step_options() -> Response:
    """What the user's devices are asked; a new challenge each time."""
    desk = the_desk()
    try:
        waiting = find_waiting(desk)
    except SessionRefused:
        return Response(status=HTTPStatus.UNAUTHORIZED)
    asked = second_factor_of(desk.ledger, waiting.user.id)
    return jsonify(ask_for_device(desk, asked.devices if asked else (), _purpose(waiting)))


def take_touch() -> Response:
    """A session for whose own device answers."""
    desk = the_desk()
    where = local_page(request.form.get("next", ""))
    try:
        waiting = find_waiting(desk)
    except SessionRefused:
        return _too_late()
    throttle = _throttle(desk, waiting)
    try:
        throttle.check(desk.clock())
        answer = answer_of_form()
        passkey = desk.ledger.passkeys.by_credential(read_credential_id(answer))
        if passkey is None or passkey.user_id != waiting.user.id:
            raise PasskeyRefused
        checked = check_device(desk, passkey, answer, _purpose(waiting))
        desk.ledger.passkeys.note_use(passkey.id, checked.sign_count, checked.met)
    except TooManyTries as refusal:
        return _page(waiting, where, str(refusal), refusal.wait_s)
    except (PasskeyRefused, AnswerSpent):
        throttle.record_failure(desk.clock())
        return _page(waiting, where, _NO_DEVICE)
    throttle.record_success()
    return _enter(desk, waiting, where)


def _enter(desk: Desk, waiting: Waiting, where: str) -> Response:
    response = go_to(where)
    try:
        end_waiting(desk, waiting, response)
    except SessionRefused:
        return _too_late()
    let_in(desk, waiting.user, waiting.key, response)
    return response


def _throttle(desk: Desk, waiting: Waiting) -> Throttle:
    """Counts a user's tries wherever they come from: only who has the six words gets here, so no
    stranger can make the user wait. A device that they know counts for itself."""
    mark = read_cookie(desk, DEVICE)
    known = mark if is_device_of(desk, mark, waiting.user.id) else None
    place = Place(request.remote_addr or "", known)
    return Throttle(desk, f"second step {waiting.user.id}", place, everywhere=True)


def _purpose(waiting: Waiting) -> str:
    """A challenge of one waiting sign-in is of no use in another."""
    return f"second step {waiting.secret.token_hash.hex()}"


def _too_late() -> Response:
    return go_to(url_for("desk.show_sign_in", ended="late"))


def _page(waiting: Waiting, where: str, error: str = "", wait_s: int = 0) -> Response:
    desk = the_desk()
    asked = second_factor_of(desk.ledger, waiting.user.id)
    can_touch = asked is not None and bool(asked.devices) and relying_party(desk) is not None
    view = SecondStep(
        app=url_for("desk.take_digits") if asked is not None and asked.app else "",
        touch=url_for("desk.take_touch") if can_touch else "",
        touch_options=url_for("desk.second_step_options"),
        where=where,
        recover=url_for("desk.show_recovery"),
        again=url_for("desk.show_sign_in"),
        script=url_for("desk.static", filename="passkey.js"),
        error=error,
    )
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    status = HTTPStatus.TOO_MANY_REQUESTS if wait_s else usual
    answer = render_page(
        "entry/second_step.html", view, title="Second step", signed_in=None, status=status
    )
    if wait_s:
        answer.headers["Retry-After"] = str(wait_s)
    return answer
