"""A referral goes to another inbox and back: sealed anew, its history kept, who is there told."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.show import render_referral
from form_server.desk.team.inboxes import came_from, other_inboxes
from form_server.desk.team.notices import write_handover
from form_server.keys import Keyholder, NotHeld, move_referral
from form_server.ledger import Inbox, NotNow, Referral
from form_server.vault import VaultRefused

_PICK: Final = "Pick the inbox that it goes to."
_SHUT: Final = (
    "It does not open with your key, so it cannot be sealed for somebody else. Ask whoever can open "
    "it."
)
_CHANGED: Final = "Somebody changed or moved it at the same moment. Look again, then repeat it."


def hand_over(referral_id: str) -> Response:
    """To the inbox that was picked."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    wanted = request.form.get("inbox", "")
    to = next((one for one in other_inboxes(desk, referral) if one.id == wanted), None)
    if to is None:
        return _refuse(referral, _PICK)
    return _move(desk, user, keyring, referral, to)


def give_back(referral_id: str) -> Response:
    """To the inbox that it came from last."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    to = came_from(desk, referral)
    if to is None:
        return _refuse(referral, _PICK)
    return _move(desk, user, keyring, referral, to)


def _move(desk: Desk, user: SignedIn, keyring: Keyring, referral: Referral, to: Inbox) -> Response:
    told = write_handover(desk, user, referral, to.id)
    holder = Keyholder.of_user(user.user, user.key)
    try:
        move_referral(desk.ledger, holder, referral.id, to.id, told)
    except NotNow:
        return _refuse(referral, _CHANGED)
    except (NotHeld, VaultRefused):
        return _refuse(referral, _SHUT)
    if to.id in keyring.inbox_ids:
        return go_to(url_for("desk.show_referral", referral_id=referral.id, done="handed"))
    return go_to(url_for("desk.show_team", done="handed"))


def _refuse(referral: Referral, why: str) -> Response:
    return render_referral(referral.id, error=why, status=HTTPStatus.UNPROCESSABLE_ENTITY)
