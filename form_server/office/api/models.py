"""What goes in and comes out, as shapes; each limit is the one that the reading itself holds to.

These describe and do not read: what an office sends is taken apart field by field, so that all that
is wrong is said at once, in words.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from form_server.office.reading import (
    EMAIL_MAX_CHARS,
    FILLED_IN_MAX_CHARS,
    LINE_MAX_CHARS,
    MAX_REASONS,
    PHONE_MAX_CHARS,
    REASON_MAX_CHARS,
)
from outreach_kit.web.asking import QUESTION_MAX_CHARS
from outreach_kit.web.fields import NOTE_MAX_CHARS

Line = Annotated[str, Meta(max_length=LINE_MAX_CHARS, description="One line of text.")]
Phone = Annotated[str, Meta(max_length=PHONE_MAX_CHARS, examples=["(360) 555-0188"])]
Email = Annotated[str, Meta(max_length=EMAIL_MAX_CHARS, examples=["desk@lakeside.example"])]
Slug = Annotated[str, Meta(description=f"What is longer than {FILLED_IN_MAX_CHARS} is cut.")]
Moment = Annotated[
    str,
    Meta(description="RFC 3339, in UTC.", extra_json_schema={"format": "date-time"}),
]
Day = Annotated[str, Meta(extra_json_schema={"format": "date"})]


class Referral(Struct, kw_only=True, omit_defaults=True):
    """A referral. An office names itself (or sends its `source`) and says that the patient agreed; a
    patient who writes for themselves sends `kind: self`. Never send a diagnosis code, a date of
    birth, a member ID or a record: they are not asked for."""

    patient_name: Line
    patient_phone: Phone
    reasons: Annotated[
        list[Annotated[str, Meta(max_length=REASON_MAX_CHARS)]],
        Meta(
            min_length=1,
            max_length=MAX_REASONS,
            description="Slugs of the practice's reasons; `other` always exists. What the practice "
            "does not know is kept as typed.",
        ),
    ]
    patient_agreed: Annotated[
        bool, Meta(description="The patient agreed to be called. An office has to send `true`.")
    ] = False
    kind: Literal["office", "self"] = "office"
    referrer_name: Annotated[Line, Meta(description="Required without a known `source`.")] = ""
    referrer_office: Annotated[Line, Meta(description="Required without a known `source`.")] = ""
    referrer_phone: Annotated[Phone, Meta(description="Required without a known `source`.")] = ""
    referrer_role: Line = ""
    referrer_email: Email = ""
    referrer_fax: Phone = ""
    source: Annotated[Slug, Meta(description="The code that the practice gave the office.")] = ""
    clinician: Annotated[Slug, Meta(description="The slug of whom it is for.")] = ""
    patient_email: Email = ""
    guardian_name: Line = ""
    voicemail_ok: Annotated[bool, Meta(description="A voicemail may be left.")] = False
    text_ok: Annotated[bool, Meta(description="A text may be sent.")] = False
    attendance_consent: Annotated[
        bool, Meta(description="The patient agreed that the office learns how it went.")
    ] = False
    best_time: Line = ""
    language: Line = ""
    plan: Line = ""
    age_band: Annotated[Slug, Meta(description="child, teen, adult or older.")] = ""
    timing: Annotated[Slug, Meta(description="routine or soon; there is no “urgent”.")] = ""
    note: Annotated[str, Meta(max_length=NOTE_MAX_CHARS)] = ""
    report_back: Annotated[Slug, Meta(description="none, email, phone or fax.")] = ""
    first_call: Annotated[Slug, Meta(description="The `id` of a time from /first-calls.json.")] = ""
    submission_id: Annotated[
        str, Meta(description="As the header Idempotency-Key: the same again is not counted twice.")
    ] = ""


class Question(Struct, kw_only=True, omit_defaults=True):
    """A question to the practice, or a talk that is asked for; nothing about a patient."""

    question: Annotated[str, Meta(max_length=QUESTION_MAX_CHARS)] = ""
    talk: Annotated[Slug, Meta(description="The slug of a talk; then it is asked for.")] = ""
    talk_when: Line = ""
    talk_people: Line = ""
    talk_place: Line = ""
    referrer_name: Annotated[Line, Meta(description="Required without a known `source`.")] = ""
    referrer_office: Annotated[Line, Meta(description="Required without a known `source`.")] = ""
    referrer_role: Line = ""
    referrer_phone: Annotated[Phone, Meta(description="This or the e-mail.")] = ""
    referrer_email: Email = ""
    source: Slug = ""
    submission_id: str = ""


class Receipt(Struct):
    """It is stored, and somebody is told."""

    receipt: Annotated[str, Meta(examples=["amber-falcon-42"], description="To say on the phone.")]
    status_url: Annotated[str, Meta(description="How it stands; the link alone opens it.")]
    received_at: Moment
    promised_by: Annotated[Moment, Meta(description="The patient is called by then.")]


class Interrupted(Struct):
    """Nothing is stored yet: show this first, and send again without asking. Only for those who ask."""

    interrupt: Annotated[
        str, Meta(description="risk: the crisis lines. patient: a person is named.")
    ]


class ReferralStatus(Struct):
    """How far a referral has come; nothing about the patient."""

    receipt: str
    state: Literal[
        "received", "calling", "reached", "unreachable", "scheduled", "attended", "redirected",
        "closed",
    ]  # fmt: skip
    received_at: Moment
    promised_by: Moment


class QuestionStatus(Struct):
    """How far a question has come."""

    receipt: str
    state: Literal["received", "answered", "agreed", "held"]
    received_at: Moment
    promised_by: Moment
    talk_on: Day | None


class FreeTime(Struct):
    id: str
    starts_at: Moment
    label: str


class FreeTimes(Struct):
    """Times held for a first call, and whose code it is that was sent along."""

    times: list[FreeTime]
    office: str | None


class Room(Struct):
    """Who has room. A count that is out of date is null."""

    slug: str
    count: int | None
    first_available_on: Day | None
    as_of_on: Day | None
    stale: bool
    text: str


class Rooms(Struct):
    as_of: Moment
    clinicians: list[Room]


class Health(Struct):
    status: str


class Readiness(Struct):
    """What is in the way is named."""

    status: str
    checks: dict[str, str]


class Problem(Struct, omit_defaults=True):
    """RFC 9457, with the practice's telephone number: whatever went wrong, an office can call."""

    type: str
    title: str
    status: int
    detail: str
    phone: str
    errors: dict[str, str] = {}
    """What to mend, by field."""
    times: list[FreeTime] = []
