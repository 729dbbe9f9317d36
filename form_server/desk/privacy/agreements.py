"""The register of agreements with vendors, and what the one about mail unlocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.privacy.pack import is_locked, mail_agreement, today_at
from form_server.desk.referral.times import say_date
from form_server.ledger import NotFound
from form_server.ledger.agreements import Agreement, NewAgreement, Purpose

PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {
        Purpose.MAIL: "E-mail",
        Purpose.HOSTING: "Runs the server",
        Purpose.BACKUP: "Keeps backups",
        Purpose.TELEPHONE: "Telephone, fax or texts",
        Purpose.RECORDS: "Patient records",
        Purpose.OTHER: "Something else",
    }
)
_LONGEST: Final = 120
_ID: Final = re.compile(r"[0-9a-z]{20,40}")
_DONE: Final = {
    "recorded": "Recorded.",
    "ended": "Ended. It stays in the register.",
    "gone": "That one had ended before.",
}


@dataclass(frozen=True)
class Line:
    """`stands` says whether it holds; `end` is where it is ended, or empty."""

    vendor: str
    purpose: str
    about: str
    signed: str
    renews: str
    by: str
    stands: str
    end: str


@dataclass(frozen=True)
class AgreementsPage:
    """`typed` keeps what a refused form brought."""

    lines: tuple[Line, ...]
    purposes: tuple[tuple[str, str], ...]
    mail_server: str
    lock: str
    action: str
    new_id: str
    typed: Mapping[str, str]
    done: str
    errors: tuple[str, ...]


def show_agreements() -> Response:
    return _render(done=_DONE.get(request.args.get("done", ""), ""))


def record_agreement() -> Response:
    desk, user = the_desk(), signed_in()
    new, errors = _read(desk)
    if new is None:
        return _render(errors=errors)
    desk.ledger.agreements.record(new, user_id=user.user.id)
    return go_to(url_for("desk.show_agreements", done="recorded"))


def end_agreement(agreement_id: str) -> Response:
    desk, user = the_desk(), signed_in()
    try:
        desk.ledger.agreements.end(agreement_id, user_id=user.user.id)
    except NotFound:
        return go_to(url_for("desk.show_agreements", done="gone"))
    return go_to(url_for("desk.show_agreements", done="ended"))


def _read(desk: Desk) -> tuple[NewAgreement | None, tuple[str, ...]]:
    form = request.form
    errors = []
    vendor = _line("vendor")
    signed_by = _line("signed_by")
    if not vendor:
        errors.append("Write with whom it is.")
    if not signed_by:
        errors.append("Write who signed it for the practice.")
    purpose = next((one for one in Purpose if one.value == form.get("purpose")), None)
    if purpose is None:
        errors.append("Pick what they do for you.")
    signed_on = read_day(form.get("signed_on", ""))
    if signed_on is None or signed_on > today_at(desk):
        errors.append("Write the day on which it was signed; it is not in the future.")
    renews_on = read_day(form.get("renews_on", ""))
    if form.get("renews_on", "").strip() and renews_on is None:
        errors.append("Write the last day as a date, or leave it out.")
    if signed_on and renews_on and renews_on <= signed_on:
        errors.append("The last day comes after the day on which it was signed.")
    if errors or purpose is None or signed_on is None:
        return None, tuple(errors)
    given = form.get("agreement_id", "")
    return (
        NewAgreement(
            id=given if _ID.fullmatch(given) else desk.ledger.new_id(),
            vendor=vendor,
            purpose=purpose,
            signed_on=signed_on,
            renews_on=renews_on,
            signed_by=signed_by,
            mail_server=desk.handling_now.mail_server if purpose is Purpose.MAIL else "",
        ),
        (),
    )


def read_day(text: str) -> date | None:
    """As browsers send it; None for anything else."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2199 else None


def _line(name: str) -> str:
    return " ".join(request.form.get(name, "").split())[:_LONGEST]


def _render(*, done: str = "", errors: tuple[str, ...] = ()) -> Response:
    desk = the_desk()
    names = desk.ledger.access.names()
    view = AgreementsPage(
        lines=tuple(_shown(desk, one, names) for one in desk.ledger.agreements.all()),
        purposes=tuple((one.value, label) for one, label in PURPOSES.items()),
        mail_server=desk.handling_now.mail_server,
        lock=_say_lock(desk),
        action=url_for("desk.record_agreement"),
        new_id=desk.ledger.new_id(),
        typed=request.form if errors else {},
        done=done,
        errors=errors,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_page(
        "privacy/agreements.html", view, title="Agreements", signed_in=signed_in(), status=status
    )


def _say_lock(desk: Desk) -> str:
    server = desk.handling_now.mail_server
    if desk.handling_now.own_mailbox:
        return "The demo’s own mailbox needs no agreement: no mail leaves this machine."
    if is_locked(desk):
        return (
            "Whole referrals by mail are asked for, and locked: record the agreement with whoever "
            f"runs {server}. Until then mail says that a referral came, and not what it says."
        )
    if desk.handling_now.forwards_whole:
        return f"Whole referrals go out by mail through {server}: an agreement covers it."
    if mail_agreement(desk):
        return f"An agreement covers {server}. Mail carries notices, as your settings say."
    return "Mail carries notices only. Whole referrals would need an agreement about e-mail first."


def _shown(desk: Desk, one: Agreement, names: Mapping[str, str]) -> Line:
    holds = one.holds(today_at(desk))
    if one.ended_at is not None:
        zone = desk.practice().time_zone
        stands = f"Ended {say_date(one.ended_at.astimezone(zone).date())}"
    else:
        stands = "Holds" if holds else "Has run out"
    return Line(
        vendor=one.vendor,
        purpose=PURPOSES[one.purpose],
        about=one.mail_server,
        signed=say_date(one.signed_on),
        renews=say_date(one.renews_on) if one.renews_on else "Until ended",
        by=f"{one.signed_by}; recorded by {names.get(one.recorded_by, one.recorded_by)}",
        stands=stands,
        end="" if one.ended_at is not None else url_for("desk.end_agreement", agreement_id=one.id),
    )
