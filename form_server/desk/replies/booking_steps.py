"""What a tap changes about the first appointment: it is noted, changed, or falls through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.show import render_referral
from form_server.ledger import Booked
from outreach_kit.practice import Practice

_FURTHEST: Final = timedelta(days=400)
_PICK_A_TIME: Final = "Say the day and the time of the first appointment, within a year from now."


def book_appointment(referral_id: str) -> Response:
    """Notes when the first appointment is; agreed now."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    now = desk.clock()
    starts_at = _read_moment(desk.practice())
    if starts_at is None or abs(starts_at - now) > _FURTHEST:
        typed = {name: request.form.get(name, "") for name in ("starts_on", "starts_time")}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render_referral(referral.id, error=_PICK_A_TIME, typed=typed, status=status)
    self_pay = request.form.get("self_pay") == "yes"
    booked = Booked(now, starts_at)
    desk.ledger.bookings.book(referral.id, booked, self_pay=self_pay, user_id=user.user.id)
    return _back(referral.id, "booked")


def cancel_appointment(referral_id: str) -> Response:
    """It was a mistake, or fell through."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    desk.ledger.bookings.cancel(referral.id, user.user.id)
    return _back(referral.id, "unbooked")


def _back(referral_id: str, done: str) -> Response:
    return go_to(
        url_for("desk.show_referral", referral_id=referral_id, done=done, _anchor="booking")
    )


def _read_moment(practice: Practice) -> datetime | None:
    """UTC, from the day and time on the practice's clock; None for anything else."""
    typed = f"{request.form.get('starts_on', '')} {request.form.get('starts_time', '')}"
    try:
        wall = datetime.strptime(typed, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - given its zone below
        return wall.replace(tzinfo=practice.time_zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
