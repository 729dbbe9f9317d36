"""The page that an invitation's link opens: take six words, a passkey, or both."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, jsonify, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.admission import a_seat
from form_server.desk.entry.ceremony import ask_to_register, check_registration, relying_party
from form_server.desk.entry.entering import let_in
from form_server.desk.entry.passkeys import answer_of_form
from form_server.desk.entry.recovering import show_words
from form_server.desk.entry.sessions import describe_device
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.desk.trouble import show_trouble
from form_server.keys import KeyReplaced, accept, find_invitation
from form_server.ledger import AnswerSpent, EmailTaken, Invitation
from form_server.vault import InvitationRefused, PasskeyRefused, PassphraseBusy, VaultRefused

_REFUSED: Final = "The passkey was not taken, so the invitation still waits. Try again."


@dataclass(frozen=True)
class InvitationPage:
    name: str
    email: str
    until: str
    accept: str
    options: str
    host: str
    label: str
    script: str
    error: str


def show_invitation(token: str) -> Response:
    """Looking takes nothing up: programs that read mail follow links, too."""
    try:
        return _page(token, find_invitation(the_desk().ledger, token))
    except InvitationRefused as refusal:
        return _gone(refusal)


def invitation_options(token: str) -> Response:
    """What the device of the invited is asked."""
    desk = the_desk()
    try:
        invitation = find_invitation(desk.ledger, token)
    except InvitationRefused:
        return Response(status=HTTPStatus.NOT_FOUND)
    return jsonify(
        ask_to_register(
            desk,
            user_id=invitation.id,
            email=invitation.email,
            name=invitation.name,
            purpose=_purpose(invitation),
        )
    )


def accept_invitation(token: str) -> Response:
    """The invited becomes a user, and is signed in; the words are on the answer, and nowhere else."""
    desk = the_desk()
    wants_words = "passkey" not in request.form or request.form.get("words") == "yes"
    try:
        invitation = find_invitation(desk.ledger, token)
        registered = None
        if "passkey" in request.form:
            purpose = _purpose(invitation)
            registered = check_registration(desk, answer_of_form(), purpose=purpose)
        with a_seat():
            accepted = accept(desk.ledger, token, passkey=registered)
    except InvitationRefused as refusal:
        return _gone(refusal)
    except (PasskeyRefused, AnswerSpent, ValueError):
        return _page(token, invitation, error=_REFUSED)
    except (PassphraseBusy, EmailTaken, KeyReplaced, VaultRefused) as refusal:
        return _page(token, invitation, error=str(refusal))
    home = url_for("desk.show_today")
    response = (
        show_words(
            accepted.passphrase,
            says="They open the referrals, on any device. You are signed in on this one already.",
            onward=home,
            onward_label="I wrote them down: go on",
        )
        if wants_words
        else go_to(home)
    )
    let_in(desk, desk.ledger.people.user(accepted.user_id), accepted.key, response)
    return response


def _purpose(invitation: Invitation) -> str:
    return f"join {invitation.id}"


def _gone(refusal: InvitationRefused) -> Response:
    return show_trouble(
        HTTPStatus.NOT_FOUND,
        "This invitation is closed",
        str(refusal),
        "If you took it up already, sign in with your six words or your passkey.",
    )


def _page(token: str, invitation: Invitation, *, error: str = "") -> Response:
    desk = the_desk()
    zone = desk.practice().time_zone
    view = InvitationPage(
        name=invitation.name,
        email=invitation.email,
        until=say_moment(invitation.expires_at, desk.clock(), zone),
        accept=url_for("desk.accept_invitation", token=token),
        options=url_for("desk.invitation_options", token=token),
        host=relying_party(desk) or "",
        label=describe_device(request.headers.get("User-Agent", "")),
        script=url_for("desk.static", filename="passkey.js"),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("invited.html", view, title="Come in", signed_in=None, status=status)
