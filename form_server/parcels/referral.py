"""That a referral or a question came: the word of it, and the whole."""

from __future__ import annotations

from msgspec import Struct

from form_server.parcels.facts import (
    KIND,
    Moment,
    What,
    require_aware,
    require_tel,
    require_web,
    require_zone,
)


class NoticeParcel(Struct, frozen=True, tag_field=KIND, tag="notice"):
    """That a referral came, and from whom; nothing of the patient.

    `office_name` and `office_phone` are empty when somebody wrote on their own behalf: their
    number is a patient's. `office_phone_uri` is a `tel:` address (RFC 3966), or empty.
    `time_zone` is the practice's, as an IANA name. `desk_url` opens the referral for who signs in;
    `pause_url`, when there is one, holds the reminders for who does not. A drill says that it is one.
    `handed_by` is a colleague's name when it came by way of one, and `is_answered` that the first
    call was made before.
    """

    practice_name: str
    receipt: str
    received_at: Moment
    promised_by: Moment
    time_zone: str
    desk_url: str
    office_name: str = ""
    office_phone: str = ""
    office_phone_uri: str = ""
    pause_url: str = ""
    is_drill: bool = False
    handed_by: str = ""
    is_answered: bool = False
    what: What = "referral"

    def __post_init__(self) -> None:
        require_web(self.desk_url)
        require_web(self.pause_url or self.desk_url)
        require_tel(self.office_phone_uri)
        require_zone(self.time_zone)
        require_aware(self.received_at, self.promised_by)


class FullParcel(Struct, frozen=True, tag_field=KIND, tag="full"):
    """The whole referral, and the notice that goes out where the whole may not.

    Empty means "not said"; `reasons` are the words that the office ticked or typed. A permission
    that was not given is a no.
    """

    notice: NoticeParcel
    patient_name: str
    patient_phone: str
    reasons: tuple[str, ...]
    patient_phone_uri: str = ""
    patient_email: str = ""
    guardian_name: str = ""
    voicemail_ok: bool = False
    text_ok: bool = False
    best_time: str = ""
    language: str = ""
    age_band: str = ""
    plan: str = ""
    timing: str = ""
    note: str = ""
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_email: str = ""
    referrer_fax: str = ""
    report_back: str = ""
    clinician: str = ""

    def __post_init__(self) -> None:
        require_tel(self.patient_phone_uri)


class QuestionParcel(Struct, frozen=True, tag_field=KIND, tag="question"):
    """A whole question, or request for a talk, and the notice that goes out where the whole may not.

    Empty means "not said". `talk` is the title of the talk that is asked for.
    """

    notice: NoticeParcel
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_email: str = ""
    question: str = ""
    talk: str = ""
    talk_when: str = ""
    talk_people: str = ""
    talk_place: str = ""
