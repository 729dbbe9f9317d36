"""The good-faith estimate: which services, how often, and a sheet of it made in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.case import Case, open_case, referral_of
from form_server.desk.referral.first_call import clinician_for
from form_server.desk.replies.letter import pdf_response
from form_server.ledger import NotFound
from outreach_kit.first_call import say_price
from outreach_kit.outreach.reply_words import language_of
from outreach_kit.paper.estimate import EstimateFor, Expected, render_estimate
from outreach_kit.paper.private import NotPrintable
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import FeeKind

_USUAL: Final = {
    FeeKind.INTAKE: 1,
    FeeKind.SESSION: 11,
}  # with the first session a season of visits
_MOST_VISITS: Final = 366
_COVERED: Final = timedelta(days=365)  # 45 CFR 149.610(b)(1)(x): recurring services, 12 months
_NO_SERVICE: Final = "Say for at least one service how many visits you expect."
_NO_NAME: Final = "Say whom the estimate is for."


@dataclass(frozen=True)
class FeeRow:
    """`name` is the field's; `count` what stands in it."""

    name: str
    label: str
    price: str
    count: str


@dataclass(frozen=True)
class EstimatePage:
    back: str
    make: str
    patient: str
    rows: tuple[FeeRow, ...]
    error: str


def show_estimate(referral_id: str) -> Response:
    case = _open(referral_id)
    return _render(case, case.said.patient_name if case.said else "", _usual(case.practice))


def make_estimate(referral_id: str) -> Response:
    """The sheet; that it was made is noted, and nothing of it is kept."""
    case = _open(referral_id)
    practice = case.practice
    patient = " ".join(request.form.get("patient", "").split())[:120]
    counts = [_read_count(name) for name in _names(practice)]
    expected = [
        Expected(fee, count) for fee, count in zip(practice.fees, counts, strict=True) if count
    ]
    typed = [request.form.get(name, "") for name in _names(practice)]
    if not patient or not expected:
        return _render(case, patient, typed, _NO_SERVICE if patient else _NO_NAME)
    today = practice.today(case.now)
    first_on = _first_on(case)
    wanted = EstimateFor(
        patient=patient,
        expected=expected,
        first_on=first_on,
        until_on=(first_on or today) + _COVERED,
        language=language_of(case.said.language if case.said else ""),
    )
    clinician = clinician_for(case.said.clinician if case.said else "", practice)
    try:
        pdf = render_estimate(wanted, practice, clinician, today, int(case.now.timestamp()))
    except NotPrintable as error:
        return _render(case, patient, typed, str(error))
    case.desk.ledger.audit.note(
        "estimate.made", actor=case.user.actor, referral_id=case.referral.id
    )
    return pdf_response(pdf, "estimate.pdf")


def give_estimate(referral_id: str) -> Response:
    """They have it; the day stops counting."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    desk.ledger.bookings.give_estimate(referral.id, user.user.id)
    return _back(referral.id, "estimate-given")


def take_estimate_back(referral_id: str) -> Response:
    """It was not given after all."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    desk.ledger.bookings.take_estimate_back(referral.id, user.user.id)
    return _back(referral.id, "estimate-not-given")


def ask_estimate(referral_id: str) -> Response:
    """They asked for one: it is due whether or not anything is booked."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    desk.ledger.bookings.ask_estimate(referral.id, user.user.id)
    return _back(referral.id, "estimate-asked")


def _open(referral_id: str) -> Case:
    """Raises NotFound when nothing can be estimated: it does not open, or no fee is known."""
    case = open_case(referral_id)
    if case.said is None or not case.practice.fees:
        raise NotFound("estimate", referral_id)
    return case


def _back(referral_id: str, done: str) -> Response:
    return go_to(
        url_for("desk.show_referral", referral_id=referral_id, done=done, _anchor="booking")
    )


def _first_on(case: Case) -> date | None:
    booked = case.desk.ledger.bookings.get(case.referral.id)
    return case.practice.today(booked.starts_at) if booked else None


def _names(practice: Practice) -> list[str]:
    return [f"visits-{number}" for number, _ in enumerate(practice.fees)]


def _usual(practice: Practice) -> list[str]:
    return [str(_USUAL[fee.kind]) if fee.kind in _USUAL else "" for fee in practice.fees]


def _read_count(name: str) -> int:
    typed = request.form.get(name, "").strip()
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= 3
    return min(int(typed), _MOST_VISITS) if is_number else 0


def _render(case: Case, patient: str, counts: list[str], error: str = "") -> Response:
    fees = case.practice.fees
    view = EstimatePage(
        back=url_for("desk.show_referral", referral_id=case.referral.id, _anchor="booking"),
        make=url_for("desk.make_estimate", referral_id=case.referral.id),
        patient=patient,
        rows=tuple(
            FeeRow(name, fee.name, say_price(fee.price), count)
            for name, fee, count in zip(_names(case.practice), fees, counts, strict=True)
        ),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "replies/estimate.html", view, title="Estimate", signed_in=case.user, status=status
    )
