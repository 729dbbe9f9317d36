"""“I lost my words”: the recovery sheet's eight groups, and six new words shown once."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.admission import a_seat, find_user
from form_server.desk.entry.cookies import drop_session_cookie
from form_server.desk.entry.throttle import Place, Throttle, TooManyTries
from form_server.desk.page import render_page
from form_server.keys import KeyReplaced, NoSuchUser, NotHeld, NothingToRecover, readmit
from form_server.vault import (
    PassphraseBusy,
    RecoveryMistyped,
    RecoveryRefused,
    RecoverySecret,
    VaultRefused,
)

_LONGEST_NAME: Final = 254
_LONGEST_SHEET: Final = 400
_BUSY_S: Final = 5
_MISSING: Final = "Type your name or e-mail address, and the eight groups of the sheet."


@dataclass(frozen=True)
class RecoveryForm:
    """What was typed of the sheet comes back after a slip, since all of it is needed again."""

    action: str
    sign_in: str
    name: str = ""
    typed: str = ""
    error: str = ""


@dataclass(frozen=True)
class Words:
    """Shown once; `onward` is where to go then, and `says` what became of older words."""

    words: str
    says: str
    onward: str
    onward_label: str


def show_recovery() -> Response:
    return _form()


def recover() -> Response:
    """Six new words for the user; every session of theirs, every passkey and the old words end."""
    desk = the_desk()
    name = request.form.get("name", "").strip()[:_LONGEST_NAME]
    typed = request.form.get("sheet", "")[:_LONGEST_SHEET]
    if not name or not typed.strip():
        return _form(name, typed, error=_MISSING)
    throttle = Throttle(desk, "recovery sheet", Place(request.remote_addr or ""))
    try:
        throttle.check(desk.clock())
        passphrase = _readmit(desk, name, typed)
    except TooManyTries as refusal:
        return _later(name, typed, str(refusal), HTTPStatus.TOO_MANY_REQUESTS, refusal.wait_s)
    except PassphraseBusy as refusal:
        return _later(name, typed, str(refusal), HTTPStatus.SERVICE_UNAVAILABLE, _BUSY_S)
    except RecoveryMistyped as slip:
        return _form(name, typed, error=str(slip))
    except RecoveryRefused as refusal:
        throttle.record_failure(desk.clock())
        return _form(name, error=str(refusal))
    except NothingToRecover:
        return _form(name, error="There is no recovery sheet for this desk.")
    except (NoSuchUser, NotHeld, KeyReplaced, VaultRefused) as refusal:
        # Whoever gets here has the sheet, which opens everything: they may know the reason.
        return _form(name, typed, error=str(refusal))
    throttle.record_success()
    response = show_words(
        passphrase,
        says="They take the place of the lost ones from now on. All your sessions have ended, and "
        "passkeys are to be added again.",
        onward=url_for("desk.show_sign_in"),
        onward_label="I wrote them down: sign in",
    )
    drop_session_cookie(desk, response)
    return response


def show_words(passphrase: str, *, says: str, onward: str, onward_label: str) -> Response:
    """The one page that ever shows somebody's words."""
    view = Words(passphrase, says, onward, onward_label)
    return render_page("words.html", view, title="Your six words", signed_in=None)


def _readmit(desk: Desk, name: str, typed: str) -> str:
    secret = RecoverySecret.parse(typed)
    user = find_user(desk, name)
    with a_seat():
        return readmit(desk.ledger, secret, email=user.email if user else name).passphrase


def _later(name: str, typed: str, error: str, status: HTTPStatus, wait_s: int) -> Response:
    answer = _form(name, typed, error=error, status=status)
    answer.headers["Retry-After"] = str(wait_s)
    return answer


def _form(
    name: str = "", typed: str = "", *, error: str = "", status: HTTPStatus | None = None
) -> Response:
    view = RecoveryForm(url_for("desk.recover"), url_for("desk.show_sign_in"), name, typed, error)
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "recover.html", view, title="I lost my words", signed_in=None, status=status or usual
    )
