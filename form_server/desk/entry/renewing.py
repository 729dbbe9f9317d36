"""New six words for somebody who still has the old ones: a paper was seen, or the words are hard."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.admission import a_seat
from form_server.desk.entry.cookies import DEVICE, read_cookie
from form_server.desk.entry.devices import end_all_others
from form_server.desk.entry.fresh import require_fresh
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.recovering import show_words
from form_server.desk.entry.throttle import Place, Throttle, TooManyTries, is_device_of
from form_server.desk.page import render_page
from form_server.keys import Keyholder, renew_words
from form_server.vault import PassphraseBusy, PassphraseRefused, unlock

_LONGEST_PASSPHRASE: Final = 400
_WRONG: Final = "These are not your six words, so nothing was changed."


@dataclass(frozen=True)
class RenewalForm:
    action: str
    error: str = ""


def show_renewal() -> Response:
    require_fresh(signed_in(), the_desk().clock())
    return _form()


def renew_own_words() -> Response:
    """For who types the present ones; sessions elsewhere end, and passkeys stay."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    typed = request.form.get("passphrase", "")[:_LONGEST_PASSPHRASE]
    mark = read_cookie(desk, DEVICE)
    known = mark if is_device_of(desk, mark, user.user.id) else None
    throttle = Throttle(desk, user.user.id, Place(request.remote_addr or "", known))
    try:
        throttle.check(desk.clock())
        with a_seat():
            unlock(user.user.locked_private_key, typed, about=user.user.id)
            words = renew_words(desk.ledger, Keyholder.of_user(user.user, user.key))
    except PassphraseRefused:
        throttle.record_failure(desk.clock())
        return _form(_WRONG)
    except (TooManyTries, PassphraseBusy) as refusal:
        return _form(str(refusal))
    throttle.record_success()
    end_all_others(desk, user)
    return show_words(
        words,
        says="They take the place of the old ones from now on. Your passkeys stay as they are, and "
        "every other device is signed out.",
        onward=url_for("desk.show_devices"),
        onward_label="I wrote them down: go on",
    )


def _form(error: str = "") -> Response:
    view = RenewalForm(url_for("desk.renew_own_words"), error)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "entry/renew_words.html", view, title="New words", signed_in=signed_in(), status=status
    )
