"""One referral: what came in, how long ago, and the way to call now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import render_page
from form_server.desk.referral.clock import Clock, read_clock
from form_server.desk.referral.closing import Ending, endings_for
from form_server.desk.referral.contact import Contact, describe_try, plan_contact, tap_named
from form_server.desk.referral.first_call import FitView, say_next_try, view_fit, view_script
from form_server.desk.referral.history import Event, read_history
from form_server.desk.referral.said import Referrer, Said
from form_server.desk.referral.suspicions import say_suspicions
from form_server.desk.referral.tags import Tag, tags_of
from form_server.desk.referral.times import say_moment
from form_server.ledger import Attempt, NotFound, Referral
from outreach_kit.outreach import Network, Part, look_up_plan
from outreach_kit.practice import Practice

_AGES: Final = {
    "child": "Under 13", "teen": "13 to 17", "adult": "18 to 64", "older": "65 or older",
}  # fmt: skip
_TIMINGS: Final = {"routine": "Routine", "soon": "Soon, please"}
_REPORT_BACKS: Final = {
    "none": "No need", "email": "By e-mail", "phone": "By phone", "fax": "By fax",
}  # fmt: skip

UNDONE_WITHIN: Final = timedelta(minutes=1)
_DONE: Final = {
    "undone": "Taken back. The clock goes on as before.",
    "undo-late": "That try stays on record: it was more than a minute ago.",
    "fit-in": "Marked as in.",
    "fit-edge": "Marked as on the edge.",
    "fit-out": "Marked as out. It stays open until they are placed with somebody who fits.",
}


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class Opened:
    """What an envelope held, laid out; `office` is None when the patient wrote themselves."""

    name: str
    first_name: str
    reasons: tuple[str, ...]
    note: str
    contact: Contact
    facts: tuple[Fact, ...]
    office: Referrer | None
    office_facts: tuple[Fact, ...]
    suspicions: tuple[str, ...]
    script: tuple[Part, ...]
    fit: FitView


@dataclass(frozen=True)
class Doubt:
    """Why a referral is kept aside, and where to say whether it is real."""

    why: tuple[str, ...]
    rescue: str
    spam: str


@dataclass(frozen=True)
class Undo:
    """The try that can still be taken back, in the words of its button."""

    href: str
    attempt_id: str
    label: str


@dataclass(frozen=True)
class ReferralPage:
    """`opened` is None when the envelope stays shut; `attempt_id` names the next try, so that two
    taps on one page are one try."""

    receipt: str
    is_purged: bool
    clock: Clock
    tags: tuple[Tag, ...]
    is_read_first: bool
    doubt: Doubt | None
    opened: Opened | None
    history: tuple[Event, ...]
    endings: tuple[Ending, ...]
    was_tried: bool
    is_open: bool
    attempt_id: str
    record: str
    close: str
    mark_fit: str
    next_try: str
    undo: Undo | None
    chosen: str
    done: str
    error: str


def show_referral(referral_id: str) -> Response:
    """The page of a referral; looking at it is noted, and the first look acknowledges it."""
    told = request.args.get("done", "")
    tap = tap_named(told)
    return render_referral(
        referral_id, done=f"Recorded: {tap.word}." if tap else _DONE.get(told, "")
    )


def render_referral(
    referral_id: str,
    *,
    done: str = "",
    error: str = "",
    chosen: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Raises NotFound, which is answered alike for what is missing and what is not the user's."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    now = desk.clock()
    try:
        said = keyring.open(referral)
    except Unreadable:
        # Not a look inside: the alarm must go on until somebody who can open it does.
        action = "referral.purged_seen" if _is_purged(referral) else "referral.unreadable"
        desk.ledger.audit.note(action, actor=user.actor, referral_id=referral.id)
        opened = None
    else:
        referral = desk.ledger.steps.note_opened(referral.id, user.user.id)
        opened = _lay_out(said, referral, desk.practice(), user, now)
    attempts = desk.ledger.referrals.attempts(referral.id)
    view = ReferralPage(
        receipt=referral.receipt,
        is_purged=_is_purged(referral),
        clock=read_clock(referral, now, desk.practice().time_zone),
        tags=tags_of(referral),
        is_read_first="read_first" in referral.flags,
        doubt=_doubt(referral, opened),
        opened=opened,
        history=read_history(desk, referral, now),
        endings=endings_for(referral),
        was_tried=referral.first_contact_at is not None,
        is_open=referral.closed_at is None,
        attempt_id=desk.ledger.new_id(),
        record=url_for("desk.record_try", referral_id=referral.id),
        close=url_for("desk.close_referral", referral_id=referral.id),
        mark_fit=url_for("desk.mark_fit", referral_id=referral.id),
        next_try=say_next_try(referral, attempts, now, desk.practice().time_zone),
        undo=_undo(referral, attempts, user, now),
        chosen=chosen,
        done=done,
        error=error,
    )
    # The patient's name stays out of the title, which ends up in histories and window lists.
    return render_page(
        "referral.html", view, title=f"Referral {referral.receipt}", signed_in=user, status=status
    )


def referral_of(desk: Desk, keyring: Keyring, referral_id: str) -> Referral:
    """The referral, when it lies in an inbox of this user; raises NotFound for every other."""
    referral = desk.ledger.referrals.get(referral_id)
    if referral.inbox_id not in keyring.inbox_ids:
        raise NotFound("referral", referral_id)
    return referral


def _undo(
    referral: Referral, attempts: Sequence[Attempt], user: SignedIn, now: datetime
) -> Undo | None:
    """The user's own last try, for a minute."""
    if referral.closed_at is not None or not attempts:
        return None
    last = attempts[-1]
    if last.user_id != user.user.id or now - last.at >= UNDONE_WITHIN:
        return None
    label = f"Undo “{describe_try(last.means, last.result)}”"
    return Undo(url_for("desk.undo_try", referral_id=referral.id), last.id, label)


def _is_purged(referral: Referral) -> bool:
    """Whether retention, or an erasure, took what it said."""
    return referral.closed_at is not None and not referral.envelope


def _doubt(referral: Referral, opened: Opened | None) -> Doubt | None:
    if "quarantine" not in referral.flags or referral.closed_at is not None:
        return None
    return Doubt(
        say_suspicions(opened.suspicions if opened else ()),
        url_for("desk.rescue", referral_id=referral.id),
        url_for("desk.close_as_spam", referral_id=referral.id),
    )


def _lay_out(
    said: Said, referral: Referral, practice: Practice, user: SignedIn, now: datetime
) -> Opened:
    clinician = practice.clinician(said.clinician)
    number = (clinician.facts.phone if clinician else None) or practice.contact.phone
    return Opened(
        name=said.patient_name or "No name given",
        first_name=said.first_name,
        reasons=said.reasons,
        note=said.note,
        contact=plan_contact(said, caller=user.user.name, callback=number.display),
        facts=_facts(said, practice, now),
        office=None if said.from_patient else said.referrer,
        office_facts=() if said.from_patient else _office_facts(said),
        suspicions=said.suspicions,
        script=view_script(said, practice, user.user.name, now),
        fit=view_fit(said, referral, practice),
    )


def _facts(said: Said, practice: Practice, now: datetime) -> tuple[Fact, ...]:
    clinician = practice.clinician(said.clinician)
    call_at = said.first_call_at
    rows = (
        ("First call agreed for", say_moment(call_at, now, practice.time_zone) if call_at else ""),
        ("How soon", _TIMINGS.get(said.timing, said.timing)),
        ("Best time to call", said.best_time),
        ("Language", said.language),
        ("Parent or guardian", said.guardian_name),
        ("Age", _AGES.get(said.age_band, said.age_band)),
        ("Insurance plan", _say_plan(said.plan, practice)),
        ("Asked for", clinician.name if clinician else said.clinician),
        ("Code on the card", said.source),
        *said.extras,
    )
    return tuple(Fact(label, text) for label, text in rows if text)


def _office_facts(said: Said) -> tuple[Fact, ...]:
    consent = "The patient agreed that you tell whether they came"
    no_consent = "The patient did not agree that you tell whether they came"
    rows = (
        ("Fax", said.referrer.fax),
        ("Report back", _REPORT_BACKS.get(said.report_back, said.report_back)),
        ("Attendance", consent if said.attendance_consent else no_consent),
    )
    return tuple(Fact(label, text) for label, text in rows if text)


def _say_plan(plan: str, practice: Practice) -> str:
    """The plan with the one thing that the first call needs to know about it."""
    if not plan:
        return ""
    network, listed = look_up_plan(plan, practice.insurance.plans)
    match network:
        case Network.IN:
            return f"{plan} (in network)"
        case Network.NEAR:
            return f"{plan} (ask: your list has {listed})"
        case _:
            return f"{plan} (not on your list)"
