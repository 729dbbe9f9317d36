"""Erasing one patient: every referral of theirs, for good, with a reason and a record of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.copies.confirming import Unconfirmed, confirm
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to, render_page
from form_server.desk.patients.looking import open_or_none, referrals_of, write_marks
from form_server.desk.referral.times import say_stamp
from form_server.ledger.erasing import ERASED

WORD: Final = "erase"
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "asked": "The patient asked for it",
        "in-chart": "It is in the chart, and not needed here",
        "by-mistake": "It was sent to us by mistake",
        "consent-withdrawn": "The patient never agreed, or took it back",
    }
)
_PICK: Final = "Pick why. The reason is kept; the name is not."
_TYPE: Final = f"Type “{WORD}”, so that it cannot happen by a slip."


@dataclass(frozen=True)
class ErasePage:
    """`shown` says of each referral when it came and under which receipt; `wiped`, how soon the
    disk forgets it."""

    name: str
    shown: tuple[str, ...]
    has_open: bool
    wiped: str
    reasons: tuple[tuple[str, str], ...]
    reason: str
    word: str
    action: str
    back: str
    error: str


def show_erasure(marks: str) -> Response:
    return _render(marks)


def erase_patient(marks: str) -> Response:
    """Gone from the tables in one commit, and from the disk with the next folding of its log."""
    desk, user = the_desk(), signed_in()
    referrals = referrals_of(desk, Keyring.of(desk, user), marks)
    reason = request.form.get("reason", "")
    if reason not in REASONS:
        return _render(marks, error=_PICK)
    if request.form.get("word", "").strip().casefold() != WORD:
        return _render(marks, error=_TYPE, reason=reason)
    try:
        confirm(desk, user, request.form.get("passphrase", ""))
    except Unconfirmed as refusal:
        return _render(marks, error=str(refusal), reason=reason)
    for one in referrals:
        desk.ledger.first_calls.release(one.id, actor=user.actor)
    ids = [one.id for one in referrals]
    desk.ledger.erasing.erase(ids, actor=user.actor, rule=f"{ERASED}: {reason}")
    # While somebody reads, this one gives up at once; the worker tries again within seconds.
    desk.ledger.erasing.fold(desk.ledger.truncate_wal)
    return go_to(url_for("desk.show_patients", done="erased"))


def say_wiped(*, is_sqlite: bool) -> str:
    """SQLite overwrites what is deleted; PostgreSQL marks it, and uses the place again some day."""
    if is_sqlite:
        return "On the server’s disk it is overwritten within seconds."
    return (
        "From this moment nobody can look it up. The sealed bytes stay in PostgreSQL’s files, and in "
        "its own log, until it uses their place again: when that is, whoever runs it can say."
    )


def _render(marks: str, *, error: str = "", reason: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referrals = referrals_of(desk, keyring, marks)
    marks = write_marks(referrals)
    zone = desk.practice().time_zone
    said = next((said for one in referrals if (said := open_or_none(keyring, one))), None)
    view = ErasePage(
        name=(said.patient_name if said else "") or "A patient without a name here",
        shown=tuple(f"{say_stamp(one.received_at, zone)}: {one.receipt}" for one in referrals),
        has_open=any(one.closed_at is None for one in referrals),
        wiped=say_wiped(is_sqlite=desk.ledger.is_sqlite),
        reasons=tuple(REASONS.items()),
        reason=reason,
        word=WORD,
        action=url_for("desk.erase_patient", marks=marks),
        back=url_for("desk.show_patient", marks=marks),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "patients/erase.html", view, title="Erase a patient", signed_in=user, status=status
    )
