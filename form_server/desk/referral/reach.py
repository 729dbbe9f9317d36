"""The panel to reach the patient from: one tap to call, one tap to say what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.contact import Contact, describe_try, plan_contact
from form_server.desk.referral.first_call import say_next_try
from form_server.desk.team.gate import ring_first

UNDONE_WITHIN: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Reach:
    """`attempt_id` names the next try, so that two taps on one page are one try. `ring` is where a tap
    on Call, Text or E-mail goes first, where an inbox is shared; empty where they lead out at once."""

    first_name: str
    contact: Contact
    ring: str
    is_open: bool
    was_tried: bool
    record: str
    attempt_id: str
    next_try: str


@dataclass(frozen=True)
class Undo:
    """What can still be taken back, in the words of its button; a try has an id."""

    href: str
    attempt_id: str
    label: str


def build_reach(case: Case) -> Reach | None:
    said, referral = case.said, case.referral
    if said is None:
        return None
    clinician = case.practice.clinician(said.clinician)
    number = (clinician.facts.phone if clinician else None) or case.practice.contact.phone
    return Reach(
        first_name=said.first_name,
        contact=plan_contact(said, caller=case.user.user.name, callback=number.display),
        ring=ring_first(case),
        is_open=case.is_open,
        was_tried=case.was_tried,
        record=url_for("desk.record_try", referral_id=referral.id),
        attempt_id=case.desk.ledger.new_id(),
        next_try=say_next_try(referral, case.attempts, case.now, case.practice.time_zone),
    )


def find_undo(case: Case) -> Undo | None:
    """The user's own last try, or the ending, for a minute."""
    closed_at = case.referral.closed_at
    if closed_at is not None:
        if case.is_purged or case.now - closed_at >= UNDONE_WITHIN:
            return None
        return Undo(
            url_for("desk.reopen_referral", referral_id=case.referral.id), "", "Open it again"
        )
    if not case.attempts:
        return None
    last = case.attempts[-1]
    if last.user_id != case.user.user.id or case.now - last.at >= UNDONE_WITHIN:
        return None
    label = f"Undo “{describe_try(last.means, last.result)}”"
    return Undo(url_for("desk.undo_try", referral_id=case.referral.id), last.id, label)
