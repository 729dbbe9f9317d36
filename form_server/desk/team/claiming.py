"""One tap takes a referral, lets go of it, gives it to somebody, or gets in touch with the patient."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.page import go_to
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.contact import By, address_for, read_way
from form_server.desk.referral.show import render_referral
from form_server.desk.team.crew import find_crew, name_of
from form_server.desk.team.holding import say_since
from form_server.desk.team.notices import write_handover
from form_server.ledger import AlreadyClaimed, CannotOpen, Referral

HELD: Final = "held"
CLEAR: Final = "clear"
_FROM_TODAY: Final = "today"
_NOBODY: Final = "Pick who takes it."
_NOT_PERMITTED: Final = "They did not permit that, or gave no address for it."


def claim_referral(referral_id: str) -> Response:
    """Taken in one tap; who comes second is told by whom it was taken, and when."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    try:
        desk.ledger.claims.take(referral.id, user.user.id, over=request.form.get("over", ""))
    except AlreadyClaimed as taken:
        zone = desk.practice().time_zone
        since = say_since(taken.since, desk.clock(), zone)
        who = name_of(desk, taken.user_id)
        return render_referral(
            referral.id,
            error=f"{who} took it first, at {since}. Nothing was changed.",
            status=HTTPStatus.CONFLICT,
        )
    desk.ledger.steps.acknowledge(referral.id, user.user.id)
    if request.form.get("from") == _FROM_TODAY:
        return go_to(url_for("desk.show_today"))
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done="claimed"))


def release_referral(referral_id: str) -> Response:
    """Anybody may take it again."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    desk.ledger.claims.release(referral.id, user.user.id)
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done="released"))


def assign_referral(referral_id: str) -> Response:
    """To somebody who shares the inbox, and who is told by a notice."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    crew = find_crew(desk, user.user.id, [referral.inbox_id])
    wanted = request.form.get("user", "")
    whom = next((one for one in crew.others(referral.inbox_id) if one.id == wanted), None)
    if whom is None:
        return render_referral(referral.id, error=_NOBODY, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told = write_handover(desk, user, referral, referral.inbox_id, only=whom)
    try:
        desk.ledger.claims.assign(referral.id, whom.id, told, by=user.user.id)
    except CannotOpen:
        return render_referral(referral.id, error=_NOBODY, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done="assigned"))


def ring_patient(referral_id: str) -> Response:
    """A tap on Call, Text or E-mail: the address when the way is clear, else who else is on it.

    A script gets the answer as JSON and opens it at once; a plain form is led to the referral's
    page, where the address stands to be tapped, or the interruption does.
    """
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    by = read_way(request.form.get("by", ""))
    address = _address(keyring, referral, by)
    if by is not By.CALL and not address:
        return render_referral(
            referral.id, error=_NOT_PERMITTED, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    knowingly = request.form.get("knowingly") == "yes"
    rung = desk.ledger.claims.ring(referral.id, user.user.id, knowingly=knowingly)
    page = url_for(
        "desk.show_referral",
        referral_id=referral.id,
        ring=CLEAR if rung.went_through else HELD,
        by=None if rung.went_through or by is By.CALL else by.value,
        _anchor="reach" if rung.went_through else "who",
    )
    if request.accept_mimetypes.best != "application/json":
        return go_to(page)
    answer = {"to": address if rung.went_through else "", "page": page}
    return Response(json.dumps(answer), mimetype="application/json")


def _address(keyring: Keyring, referral: Referral, by: By) -> str:
    try:
        return address_for(keyring.open(referral), by)
    except Unreadable:
        return ""
