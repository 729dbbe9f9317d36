"""What is kept aside because it looks automatic: all that one needs to tell whether it is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.origin import say_origin
from form_server.desk.page import render_page
from form_server.desk.referral.clock import Clock, read_clock
from form_server.desk.referral.named import say_reasons
from form_server.desk.referral.said import Said
from form_server.desk.referral.suspicions import say_suspicions
from form_server.ledger import Referral

MOST_SHOWN: Final = 50
_DONE: Final = {"1": "Closed as not a referral."}


@dataclass(frozen=True)
class AsideRow:
    """One referral; what it says is empty when it does not open."""

    id: str
    href: str
    receipt: str
    clock: Clock
    name: str
    origin: str
    phones: str
    reasons: tuple[str, ...]
    note: str
    why: tuple[str, ...]
    rescue: str
    spam: str


@dataclass(frozen=True)
class AsidePage:
    """`ids` names what is shown, so that nothing newer is closed with it."""

    rows: tuple[AsideRow, ...]
    count: int
    ids: str
    spam_all: str
    done: str


def show_aside() -> Response:
    """The list; looking at it is noted, and stops no clock."""
    done = request.args.get("done", "")
    return render_aside(
        _DONE.get(done, f"Closed {done} as not referrals." if _is_count(done) else "")
    )


def render_aside(done: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    now = desk.clock()
    kept = desk.ledger.quarantine.kept(keyring.inbox_ids, MOST_SHOWN)
    rows = tuple(_row(one, keyring, desk, now) for one in kept)
    desk.ledger.audit.note("quarantine.opened", actor=user.actor, detail=f"shown={len(rows)}")
    view = AsidePage(
        rows=rows,
        count=desk.ledger.quarantine.look(keyring.inbox_ids).count,
        ids=" ".join(row.id for row in rows),
        spam_all=url_for("desk.close_all_as_spam"),
        done=done,
    )
    return render_page("aside.html", view, title="Kept aside", signed_in=user, status=status)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SHOWN))


def _row(referral: Referral, keyring: Keyring, desk: Desk, now: datetime) -> AsideRow:
    try:
        said = keyring.open(referral)
    except Unreadable:
        said = None
    return AsideRow(
        id=referral.id,
        href=url_for("desk.show_referral", referral_id=referral.id),
        receipt=referral.receipt,
        clock=read_clock(referral, now, desk.practice().time_zone),
        name=(said.first_name or "No name given") if said else "",
        origin=say_origin(said) if said else "",
        phones=_phones(said) if said else "",
        reasons=say_reasons(said.reasons, desk.practice()) if said else (),
        note=said.note if said else "",
        why=say_suspicions(said.suspicions) if said else (),
        rescue=url_for("desk.rescue", referral_id=referral.id),
        spam=url_for("desk.close_as_spam", referral_id=referral.id),
    )


def _phones(said: Said) -> str:
    """Numbers as typed, and without a link: who is not real is called by nobody."""
    office, patient = said.referrer.phone.typed, said.patient_phone.typed
    return f"{patient}, office {office}" if office else patient
