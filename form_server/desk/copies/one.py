"""A copy of one referral: printed on a page, or as a file for the chart's own program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.copies.gathering import Gathering, handed_on
from form_server.desk.copies.handing import JSON, file_name, hand_over
from form_server.desk.copies.printed import Sheet, write_sheet
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import render_page
from form_server.desk.referral.case import referral_of
from form_server.exports.as_json import write_json
from form_server.exports.fhir import MEDIA_TYPE, write_bundle
from form_server.exports.record import Exported
from form_server.ledger import Referral

FORMS: Final = ("print", "json", "fhir")
_PICK: Final = "Pick print, JSON or FHIR."


@dataclass(frozen=True)
class CopyPage:
    receipt: str
    action: str
    back: str
    patient: str
    error: str = ""


@dataclass(frozen=True)
class PrintPage:
    """`sheets` each stand on a page of their own."""

    sheets: tuple[Sheet, ...]
    back: str


def show_copy(referral_id: str) -> Response:
    """The choice; nothing is opened for it."""
    desk, user = the_desk(), signed_in()
    return _choice(user, referral_of(desk, Keyring.of(desk, user), referral_id))


def copy_referral(referral_id: str) -> Response:
    """The copy itself; that it was taken is on record before its first byte leaves."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    form = request.form.get("form", "")
    if form not in FORMS:
        return _choice(user, referral, _PICK)
    desk.ledger.audit.note("copy.referral", actor=user.actor, referral_id=referral.id, detail=form)
    (exported,) = Gathering.of(desk.ledger, desk.practice(), keyring).whole([referral])
    if form == "print":
        back = url_for("desk.show_copy", referral_id=referral.id)
        return print_out(desk, user, [exported], back)
    zone, now = desk.practice().time_zone, desk.clock()
    source = handed_on(desk.ledger, desk.practice(), desk.public_url)
    if form == "json":
        name = file_name("referral", now, zone, "json", referral.id)
        return hand_over([write_json([exported], source, now)], JSON, name)
    bundle = json.dumps(write_bundle(exported, source, now), ensure_ascii=False, indent=1)
    name = file_name("referral-fhir", now, zone, "json", referral.id)
    return hand_over([bundle], MEDIA_TYPE, name)


def print_out(desk: Desk, user: SignedIn, exported: list[Exported], back: str) -> Response:
    """A page made for paper."""
    now = desk.clock()
    sheets = tuple(write_sheet(one, desk.practice(), user.user.name, now) for one in exported)
    view = PrintPage(sheets, back)
    return render_page("copies/print.html", view, title="Confidential copy", signed_in=user)


def _choice(user: SignedIn, referral: Referral, error: str = "") -> Response:
    view = CopyPage(
        receipt=referral.receipt,
        action=url_for("desk.copy_referral", referral_id=referral.id),
        back=url_for("desk.show_referral", referral_id=referral.id),
        patient=url_for("desk.show_patient", marks=referral.id),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("copies/one.html", view, title="Take a copy", signed_in=user, status=status)
