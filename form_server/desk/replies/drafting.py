"""Drafts, from what the referral says and what became of it."""

from __future__ import annotations

from typing import Final

from form_server.desk.referral.case import Case
from form_server.desk.referral.first_call import clinician_for
from form_server.desk.replies.needed import ENDINGS
from form_server.desk.replies.sides import Side, asker_of
from form_server.ledger import Outcome, PlacementState, ReplyWay, Whom
from outreach_kit.outreach.replies import (
    Form,
    PatientReply,
    SourceReply,
    write_to_patient,
    write_to_source,
)
from outreach_kit.outreach.reply_words import Ending

_FORMS: Final = {
    ReplyWay.PHONE: Form.SPOKEN, ReplyWay.TEXT: Form.NOTE, ReplyWay.EMAIL: Form.MAIL,
}  # fmt: skip
_ON_PAPER: Final = frozenset({ReplyWay.PRINT, ReplyWay.FAX})
_NAMED_NO_MORE: Final = frozenset({PlacementState.DECLINED, PlacementState.WITHDRAWN})


def draft(case: Case, side: Side, about: Outcome, way: ReplyWay) -> str:
    """The words to begin with; empty for a referral that does not open."""
    if case.said is None:
        return ""
    ending = ENDINGS.get(about, Ending.SCHEDULED)
    if side.whom is Whom.PATIENT:
        return _to_patient(case, side, ending, way)
    return _to_source(case, side, ending, way)


def caller_of(case: Case) -> str:
    """The user's name as one says it, without credentials."""
    return case.user.user.name.split(",")[0].strip()


def callback_of(case: Case) -> str:
    """The number to call back: the clinician's own, or the practice's."""
    said = case.said
    clinician = case.practice.clinician(said.clinician) if said else None
    phone = (clinician.facts.phone if clinician else None) or case.practice.contact.phone
    return phone.display


def _to_patient(case: Case, side: Side, ending: Ending, way: ReplyWay) -> str:
    booked = case.desk.ledger.bookings.get(case.referral.id)
    said = case.said
    whole = (said.guardian_name or said.patient_name) if said else ""
    reply = PatientReply(
        ending=ending,
        name=next(iter(whole.split()), ""),
        caller=caller_of(case),
        phone=callback_of(case),
        starts_at=booked.starts_at.astimezone(case.practice.time_zone) if booked else None,
        colleagues=_colleagues(case),
    )
    return write_to_patient(reply, _FORMS.get(way, Form.NOTE), side.language)


def _to_source(case: Case, side: Side, ending: Ending, way: ReplyWay) -> str:
    said, practice = case.said, case.practice
    booked = case.desk.ledger.bookings.get(case.referral.id)
    clinician = clinician_for(said.clinician if said else "", practice)
    # A chart needs the name; a mail goes through hands that do not.
    is_letter = side.asked_for_a_letter and way in _ON_PAPER
    reply = SourceReply(
        ending=ending,
        telling=side.telling,
        addressee=said.referrer.name if said else "",
        receipt=case.referral.receipt,
        received_on=practice.today(case.referral.received_at),
        signed=(clinician.name_and_credentials, practice.name, callback_of(case)),
        treats=asker_of(case).treats,
        patient=said.patient_name if said and is_letter else "",
        starts_on=practice.today(booked.starts_at) if booked else None,
        colleagues=_colleagues(case),
        niche=clinician.facts.niche,
    )
    return write_to_source(reply, side.language)


def _colleagues(case: Case) -> tuple[str, ...]:
    """Who took them on, or else whom they were pointed to; in the order in which they were asked."""
    ledger = case.desk.ledger
    placements = [
        one
        for one in ledger.placements.of_referral(case.referral.id)
        if one.state not in _NAMED_NO_MORE
    ]
    placed = [one for one in placements if one.state is PlacementState.PLACED]
    wanted = [one.colleague_id for one in placed or placements]
    known = ledger.colleagues.named(wanted) if wanted else {}
    return tuple(known[one].name for one in wanted if one in known)
