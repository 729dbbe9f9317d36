"""The pages of signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.awaiting import awaited_owner
from form_server.desk.console import the_desk
from form_server.desk.entry.admission import admit
from form_server.desk.entry.ceremony import relying_party
from form_server.desk.entry.cookies import DEVICE, drop_session_cookie, read_cookie
from form_server.desk.entry.entering import let_in
from form_server.desk.entry.guard import local_page, signed_in, signed_in_or_none
from form_server.desk.entry.sessions import end_session
from form_server.desk.entry.throttle import TooManyTries
from form_server.desk.entry.waiting import begin_waiting
from form_server.desk.page import go_to, render_page
from form_server.keys import KeyReplaced, second_factor_of
from form_server.vault import PassphraseBusy, PassphraseRefused

_LONGEST_NAME: Final = 254
_LONGEST_PASSPHRASE: Final = 400
_BUSY_S: Final = 5
_MISSING: Final = "Type your name or e-mail address, and your six words."
_REFUSED: Final = (
    "That name and these words do not open the desk. Check each of the six words; capitals, "
    "spaces and hyphens do not matter."
)
_NO_OWNER: Final = "This desk has no owner yet. If it is yours, open the link that you were given."
_NOTICES: Final = {
    "1": "You are signed out. Sign in again to go on.",
    "late": "That took too long, so it was not finished. Sign in once more.",
    "lost": (
        "Your session had ended, so what you tapped was not recorded. Sign in and tap it once more."
    ),
}


@dataclass(frozen=True)
class SignInForm:
    """`where` is the page to go on to; `error` says what to do about a refusal. `touch` is where a
    passkey's answer goes, and empty where browsers have no passkeys."""

    action: str
    where: str
    recover: str
    touch: str
    touch_options: str
    script: str
    name: str = ""
    notice: str = ""
    error: str = ""


def show_sign_in() -> Response:
    """The form; who is signed in already goes straight on."""
    where = local_page(request.args.get("next", ""))
    if signed_in_or_none() is not None:
        return go_to(where)
    if awaited_owner(the_desk().ledger) is not None:
        return _form(where, notice=_NO_OWNER)
    return _form(where, notice=_NOTICES.get(request.args.get("ended", ""), ""))


def sign_in() -> Response:
    """A new session for whoever opens a key, after the second step if they have one; for anybody
    else the form again, with the reason."""
    desk = the_desk()
    name = request.form.get("name", "").strip()[:_LONGEST_NAME]
    passphrase = request.form.get("passphrase", "")[:_LONGEST_PASSPHRASE]
    where = local_page(request.form.get("next", ""))
    mark = read_cookie(desk, DEVICE)
    if not name or not passphrase.strip():
        return _form(where, name, error=_MISSING, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        user, key = admit(
            desk, name, passphrase, address=request.remote_addr or "", device_mark=mark
        )
    except PassphraseRefused:
        return _form(where, name, error=_REFUSED, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooManyTries as refusal:
        status = HTTPStatus.TOO_MANY_REQUESTS
        return refuse_entry(where, str(refusal), status, refusal.wait_s, name)
    except PassphraseBusy as refusal:
        return refuse_entry(where, str(refusal), HTTPStatus.SERVICE_UNAVAILABLE, _BUSY_S, name)
    except KeyReplaced as alarm:
        return refuse_entry(where, str(alarm), HTTPStatus.CONFLICT, name=name)
    if second_factor_of(desk.ledger, user.id) is not None:
        response = go_to(url_for("desk.show_second_step", next=where))
        begin_waiting(desk, user, key, response)
        return response
    response = go_to(where)
    let_in(desk, user, key, response)
    return response


def refuse_entry(
    where: str, error: str, status: HTTPStatus, wait_s: int = 0, name: str = ""
) -> Response:
    """The form again, with the reason; `wait_s` where a later try is another matter."""
    answer = _form(where, name, error=error, status=status)
    if wait_s:
        answer.headers["Retry-After"] = str(wait_s)
    return answer


def sign_out() -> Response:
    desk = the_desk()
    end_session(desk, signed_in())
    onward = request.form.get("next")
    where = local_page(onward) if onward else None
    response = go_to(url_for("desk.show_sign_in", ended="1", next=where))
    drop_session_cookie(desk, response)
    return response


def _form(
    where: str,
    name: str = "",
    *,
    notice: str = "",
    error: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    view = SignInForm(
        action=url_for("desk.sign_in"),
        where=where,
        recover=url_for("desk.show_recovery"),
        touch=url_for("desk.sign_in_by_touch") if relying_party(the_desk()) else "",
        touch_options=url_for("desk.sign_in_options"),
        script=url_for("desk.static", filename="passkey.js"),
        name=name,
        notice=notice,
        error=error,
    )
    return render_page("sign_in.html", view, title="Sign in", signed_in=None, status=status)
