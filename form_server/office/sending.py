"""What leaves a submission: the words to seal, and the facts that a delivery carries."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Final

import msgspec

from form_server.admitting import write_words
from form_server.office.submission import Kind, Submission
from form_server.office.suspicion import Suspicion
from form_server.parcels import AcknowledgementParcel, FullParcel, NoticeParcel
from outreach_kit.practice import Practice

_UNSAID: Final = frozenset(
    {"flags", "submission_id", "known_source", "first_call", "page_language"}
)
_SAID: Final = tuple(name for name in Submission.__struct_fields__ if name not in _UNSAID)
_said_in: Final = attrgetter(*_SAID)


def words_to_seal(submission: Submission) -> bytes:
    """A flat JSON object in UTF-8; what was not said, and a permission not given, is left out."""
    return write_words(dict(zip(_SAID, _said_in(submission), strict=True)))


def same_words(sealed_words: bytes) -> bytes:
    """What two sendings of one referral have in common, however they were typed."""
    return sealed_words.decode().casefold().encode()


def add_hints(words: bytes, suspicion: Suspicion, page_language: str) -> bytes:
    """The words to seal, with why the referral is kept aside, if it is: for whoever opens it.

    And with the language of the page: the receipt that is held back is written in it later.
    """
    if not suspicion.keeps_aside:
        return words
    hints = {"suspicions": [hint.value for hint in suspicion.hints]}
    language = {"page_language": page_language} if page_language else {}
    return words[:-1] + b"," + msgspec.json.encode({**hints, **language})[1:]


def notice_of(
    submission: Submission,
    practice: Practice,
    *,
    receipt: str,
    received_at: datetime,
    promised_by: datetime,
    desk_url: str,
    pause_url: str,
    office_name: str,
) -> NoticeParcel:
    """The notice; who wrote on their own behalf is not named in it."""
    from_office = submission.kind is Kind.OFFICE
    return NoticeParcel(
        practice_name=practice.name,
        receipt=receipt,
        received_at=received_at,
        promised_by=promised_by,
        time_zone=practice.identity.time_zone,
        desk_url=desk_url,
        pause_url=pause_url,
        office_name=office_name if from_office else "",
        office_phone=submission.referrer_phone if from_office else "",
        office_phone_uri=submission.referrer_phone_uri if from_office else "",
    )


def acknowledgement_of(
    practice: Practice,
    *,
    receipt: str,
    received_at: datetime,
    promised_by: datetime,
    status_url: str,
    is_late: bool,
) -> AcknowledgementParcel:
    """What the office's own mailbox is told: nothing of the submission."""
    phone = practice.contact.phone
    return AcknowledgementParcel(
        practice_name=practice.name,
        practice_phone=phone.display,
        practice_phone_uri=phone.href,
        receipt=receipt,
        received_at=received_at,
        promised_by=promised_by,
        time_zone=practice.identity.time_zone,
        status_url=status_url,
        language=practice.language,
        is_late=is_late,
    )


def whole_of(submission: Submission, notice: NoticeParcel) -> FullParcel:
    """The whole referral beside its notice."""
    return FullParcel(
        notice=notice,
        patient_name=submission.patient_name,
        patient_phone=submission.patient_phone,
        patient_phone_uri=submission.patient_phone_uri,
        reasons=submission.reason_labels,
        patient_email=submission.patient_email,
        guardian_name=submission.guardian_name,
        voicemail_ok=submission.voicemail_ok,
        text_ok=submission.text_ok,
        best_time=submission.best_time,
        language=submission.language,
        age_band=submission.age_band,
        plan=submission.plan,
        timing=submission.timing,
        note=submission.note,
        referrer_name=submission.referrer_name,
        referrer_role=submission.referrer_role,
        referrer_email=submission.referrer_email,
        referrer_fax=submission.referrer_fax,
        report_back=submission.report_back,
        clinician=submission.clinician,
    )
