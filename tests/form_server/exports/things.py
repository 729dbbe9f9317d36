"""Referrals to export; every field may be said anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from form_server.exports.record import (
    Correction,
    Disclosure,
    Exported,
    HandedOn,
    Message,
    Patient,
    Referrer,
    Reply,
    Try,
    Words,
)
from form_server.ledger import ReferralState

NOON = datetime(2026, 11, 16, 20, 30, tzinfo=UTC)
HANDED_ON = HandedOn(
    instance="0f" * 16,
    practice="Harbor Street Counseling",
    phone="(360) 555-0142",
    fax="(360) 555-0143",
    url="https://refer.harborstreet.example",
)
WORDS = Words(
    patient=Patient(
        name="Maria Delgado",
        phone="(360) 555-0188",
        email="maria@home.example",
        guardian="Rosa Delgado",
        language="Spanish",
        age="18 to 64",
        plan="Regence",
        best_time="after 4 PM",
        voicemail_ok=True,
    ),
    referrer=Referrer(
        name="Dana Whitfield",
        office="Alder Family Medicine",
        role="front desk",
        phone="(360) 555-0177",
        fax="(360) 555-0178",
        email="dana@alderfamily.example",
    ),
    reasons=("Panic attacks (heart checked)", "Sleep"),
    note="Three ER visits this fall.\nAfraid to sleep.",
    timing="soon",
    report_back="fax",
    attendance_consent=True,
    also_sent=(("pharmacy", "none"),),
)


def an_export(**changes: Any) -> Exported:
    plain = Exported(
        id="0199a8f3c2d4e5f60718293a4b",
        receipt="calm river 17",
        kind="office",
        received_at=NOON,
        promised_by=NOON.replace(hour=23),
        state=ReferralState.WAITING,
        outcome=None,
        fit=None,
        source="alder-family",
        clinician="Nora Ellison",
        clinician_npi="1234567893",
        first_contact_at=NOON.replace(hour=21),
        appointment_at=None,
        closed_at=None,
        is_drill=False,
        words=WORDS,
        tries=(Try(NOON.replace(hour=21), "Call, no answer", "Nora Ellison", "rang six times"),),
        corrections=(Correction(NOON.replace(hour=22), "Nora Ellison", "Surname is Delgada"),),
        replies=(Reply(NOON, "patient", "phone", "Nora Ellison", "We talked on Monday."),),
        messages=(Message(NOON, "Notice", "n***@harborstreet.example", "sent"),),
        disclosures=(Disclosure(NOON.replace(hour=22), "Copy as JSON", "Nora Ellison"),),
    )
    return replace(plain, **changes)
