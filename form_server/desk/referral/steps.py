"""What a tap on a referral's page changes: a try is recorded, or the referral closes."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.colleagues.placing import is_being_placed, is_placed
from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to
from form_server.desk.referral.aside_steps import rescue_referral
from form_server.desk.referral.case import find_case, referral_of
from form_server.desk.referral.closing import FREES_ITS_TIME, endings_for
from form_server.desk.referral.contact import tap_named
from form_server.desk.referral.first_call import OUT_WARNING, TAKES_THEM_ON
from form_server.desk.referral.reach import UNDONE_WITHIN
from form_server.desk.referral.show import render_referral
from form_server.desk.replies.needed import ENDINGS, missing_replies
from form_server.ledger import Attempt, Fit, NotFound, NotNow, Outcome

_ID: Final = re.compile(r"[0-9a-z]{20,40}")
_PICK_A_RESULT: Final = "Tap what happened, so that it can be recorded."
_PICK_A_FIT: Final = "Tap in, edge or out, so that it can be recorded."
_PICK_AN_OUTCOME: Final = "Pick how it ended; a referral does not close without an outcome."
_NOT_PLACED: Final = (
    "You marked this as out, so it stays open until somebody has taken them on. Say so beside the "
    "colleague who has; or, when they found somebody without you, that they do not want it now."
)
_STILL_ASKED: Final = (
    "A colleague was asked to take them on, and what became of it is not known. Say so beside their "
    "name first; or that you do not need their answer any more."
)


def record_try(referral_id: str) -> Response:
    """One tap, one try. The first keeps the promise and stops the clock."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    tap = tap_named(request.form.get("tried", ""))
    attempt_id = request.form.get("attempt_id", "")
    if tap is None or not _ID.fullmatch(attempt_id):
        return _refuse(referral.id, _PICK_A_RESULT)
    # Nobody calls what is not real: a try tells so as well as the tap that says it.
    rescue_referral(desk, keyring, referral, user.user.id)
    desk.ledger.steps.record_attempt(
        Attempt(
            id=attempt_id,
            referral_id=referral.id,
            user_id=user.user.id,
            at=desk.clock(),
            means=tap.means,
            result=tap.result,
        )
    )
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done=tap.value))


def undo_try(referral_id: str) -> Response:
    """Takes a mis-tapped try back, within a minute and by who tapped it."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    attempt_id = request.form.get("attempt_id", "")
    if attempt_id not in {one.id for one in desk.ledger.referrals.attempts(referral.id)}:
        return go_to(url_for("desk.show_referral", referral_id=referral.id))
    try:
        desk.ledger.steps.undo_attempt(attempt_id, user.user.id, desk.clock() - UNDONE_WITHIN)
    except NotFound:
        return go_to(url_for("desk.show_referral", referral_id=referral.id, done="undo-late"))
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done="undone"))


def close_referral(referral_id: str) -> Response:
    """Closes with an outcome, once somebody was tried and everybody was answered; or else keeps the
    outcome and says who still waits for an answer."""
    case = find_case(referral_id)
    desk, user, referral = case.desk, case.user, case.referral
    chosen = request.form.get("outcome", "")
    if referral.closed_at is not None:
        raise NotNow("referral", referral.id, referral.state.value, "open")
    ending = next((one for one in endings_for(referral) if one.outcome == chosen), None)
    if ending is None:
        return _refuse(referral.id, _PICK_AN_OUTCOME, outcome=chosen)
    is_out = referral.fit is Fit.OUT
    if is_out and ending.outcome in TAKES_THEM_ON and request.form.get("despite") != "yes":
        return _refuse(referral.id, OUT_WARNING, outcome=chosen)
    if is_out and ending.outcome is Outcome.REDIRECTED and not is_placed(case):
        return _refuse(referral.id, _NOT_PLACED, outcome=chosen)
    if ending.outcome in ENDINGS and is_being_placed(case):
        return _refuse(referral.id, _STILL_ASKED, outcome=chosen)
    replies = desk.ledger.replies.of_referral(referral.id)
    if missing_replies(case, ending.outcome, replies):
        desk.ledger.replies.begin_closing(referral.id, ending.outcome, user.user.id)
        return _to_the_end(referral.id, "closing")
    desk.ledger.steps.close(referral.id, ending.outcome, user.user.id)
    if ending.outcome in FREES_ITS_TIME:
        desk.ledger.first_calls.release(referral.id, actor=user.actor)
    return go_to(url_for("desk.show_today", closed=referral.id))


def stop_closing(referral_id: str) -> Response:
    """It stays open after all."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    desk.ledger.replies.stop_closing(referral.id, user.user.id)
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done="kept-open"))


def reopen_referral(referral_id: str) -> Response:
    """Takes a mis-tapped ending back, within a minute."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    try:
        desk.ledger.steps.reopen(referral.id, user.user.id, desk.clock() - UNDONE_WITHIN)
    except NotNow:
        return go_to(url_for("desk.show_referral", referral_id=referral.id, done="reopen-late"))
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done="reopened"))


def mark_fit(referral_id: str) -> Response:
    """How well it fits; marked anew as often as it takes, also once it is closed."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    try:
        fit = Fit(request.form.get("fit", ""))
    except ValueError:
        return _refuse(referral.id, _PICK_A_FIT)
    desk.ledger.steps.mark_fit(referral.id, fit, user.user.id)
    # What is out goes on with whom it is sent to; what fits, from the top.
    anchor = "placing" if fit is Fit.OUT and referral.closed_at is None else None
    done = f"fit-{fit.value}"
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done=done, _anchor=anchor))


def _to_the_end(referral_id: str, done: str) -> Response:
    return go_to(
        url_for("desk.show_referral", referral_id=referral_id, done=done, _anchor="ending")
    )


def _refuse(referral_id: str, error: str, **typed: str) -> Response:
    """The page again, with what was typed kept."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render_referral(referral_id, error=error, typed=typed, status=status)
