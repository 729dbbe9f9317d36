"""What a delivery carries: the facts that a message is made of, as JSON bytes.

Written by whoever asks for a delivery, sealed, kept in its row, and read by the worker when the
row's turn comes. The message is made from these facts alone, so that every attempt says the same.
New fields get defaults: a row may be older than the program that reads it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from outreach_kit.errors import HandoffError

_KIND: Final = "kind"
_FIELD: Final = re.compile(r"`\$\.([\w.\[\]]+)`\Z")
"""Where msgspec says that the trouble is, at the end of its words."""
_WEB: Final = re.compile(r"https?://\S*")
_TEL: Final = re.compile(r"tel:\+?[0-9*#.()-]+(;[A-Za-z0-9=.+-]+)*")


What = Literal["referral", "question", "talk"]
"""What a message is about; what waited since before there were questions is about a referral."""

Moment = Annotated[datetime, Meta(tz=True)]
"""With its zone: others are refused."""


class ParcelRefused(HandoffError):
    """Bytes that are no parcel; the text names fields, never what stands in them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        where = ", ".join(fields) or "all of it"
        super().__init__(
            f"The parcel of this delivery cannot be read ({where}). It was written by another "
            "version, or damaged: open the referral at the desk instead."
        )


class NoticeParcel(Struct, frozen=True, tag_field=_KIND, tag="notice"):
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
        _require_web(self.desk_url)
        _require_web(self.pause_url or self.desk_url)
        _require_tel(self.office_phone_uri)
        _require_zone(self.time_zone)
        _require_aware(self.received_at, self.promised_by)


class FullParcel(Struct, frozen=True, tag_field=_KIND, tag="full"):
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
        _require_tel(self.patient_phone_uri)


class QuestionParcel(Struct, frozen=True, tag_field=_KIND, tag="question"):
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


class AlertParcel(Struct, frozen=True, tag_field=_KIND, tag="alert"):
    """Word about the server itself, and nothing of any referral.

    `subject` may be read by whoever is near; `lines` are sentences, each a paragraph. `url` is where
    to look, or empty.
    """

    practice_name: str
    subject: str
    lines: tuple[str, ...]
    url: str = ""

    def __post_init__(self) -> None:
        if self.url:
            _require_web(self.url)


class Told(Struct, frozen=True):
    """Who was told of a referral, by which channel, and when; `at` is None while it has not gone out."""

    who: str
    channel: str
    at: Moment | None


class ReminderParcel(Struct, frozen=True, tag_field=_KIND, tag="reminder"):
    """That nobody has tried to call yet; nothing of the patient, and nothing of the office.

    `rung` is how far the clock has come (the words of `outreach_kit.promise.Rung`); `written_at` is
    what "how long ago" counts to, so that every attempt says the same.
    """

    practice_name: str
    receipt: str
    received_at: Moment
    promised_by: Moment
    written_at: Moment
    time_zone: str
    desk_url: str
    rung: Literal["check", "remind", "channel", "person", "broken", "repeat", "drill"]
    told: tuple[Told, ...] = ()
    is_paused: bool = False
    pause_url: str = ""
    is_drill: bool = False
    what: What = "referral"

    def __post_init__(self) -> None:
        _require_web(self.desk_url)
        _require_web(self.pause_url or self.desk_url)
        _require_zone(self.time_zone)
        _require_aware(self.received_at, self.promised_by, self.written_at)


class OpenPromise(Struct, frozen=True):
    receipt: str
    promised_by: Moment


class DigestParcel(Struct, frozen=True, tag_field=_KIND, tag="digest"):
    """How the practice stands, for its owners; counts, receipts and names of offices to visit.

    `open_promises` are the most urgent of the `waiting`, the oldest promise first. `chain_hash` is the
    head of the audit in hexadecimal, or empty before anything is chained; whoever keeps the mails can
    show with it that nothing before was changed. `last_drill` is a sentence, or empty.
    """

    practice_name: str
    written_at: Moment
    since: Moment
    time_zone: str
    desk_url: str
    received: int
    waiting: int
    overdue: int
    in_hand: int
    open_promises: tuple[OpenPromise, ...]
    retrying: int
    unknown: int
    stuck: int
    chain_link: int
    chain_hash: str
    last_drill: str = ""
    questions: int = 0
    """Without an answer; `talks` are agreed on and not held yet."""
    questions_overdue: int = 0
    talks: int = 0
    visits_due: int = 0
    """Offices; `visits_forgotten` of them were not seen for six months, and `morning` names those
    that lie on one way. `stock_low` counts those that run out of cards, brochures or pads."""
    visits_forgotten: int = 0
    morning: tuple[str, ...] = ()
    stock_low: int = 0
    cards_due: int = 0
    """Thank-you cards to make."""

    def __post_init__(self) -> None:
        _require_web(self.desk_url)
        _require_zone(self.time_zone)
        _require_aware(self.written_at, self.since)


class AcknowledgementParcel(Struct, frozen=True, tag_field=_KIND, tag="acknowledgement"):
    """That a referral arrived, for the office's own mailbox: fixed words, nothing that was typed."""

    practice_name: str
    practice_phone: str
    practice_phone_uri: str
    receipt: str
    received_at: Moment
    promised_by: Moment
    time_zone: str
    status_url: str
    language: str = "en"
    """Of the practice's own words; whoever waited since before there was another is told in English."""
    what: What = "referral"

    def __post_init__(self) -> None:
        _require_web(self.status_url)
        _require_tel(self.practice_phone_uri)
        _require_zone(self.time_zone)
        _require_aware(self.received_at, self.promised_by)


class QuarantineParcel(Struct, frozen=True, tag_field=_KIND, tag="quarantine"):
    """How much is kept aside because it looks automatic; counts and times only.

    `new` of the `count` were in no earlier message. `desk_url` leads to the list of them all. `rung` is
    how far the clock of the first has come, or empty for the first word of them.
    """

    practice_name: str
    count: int
    new: int
    oldest_at: Moment
    promised_by: Moment
    time_zone: str
    desk_url: str
    rung: Literal["", "check", "remind", "channel", "person", "broken", "repeat"] = ""
    what: What = "referral"

    def __post_init__(self) -> None:
        _require_web(self.desk_url)
        _require_zone(self.time_zone)
        _require_aware(self.oldest_at, self.promised_by)


class ReplyParcel(Struct, frozen=True, tag_field=_KIND, tag="reply"):
    """Words to whoever sent a referral, as somebody at the desk reviewed them.

    `subject` is fixed and may be read by whoever is near. `words` has paragraphs parted by empty
    lines; `remark` says what to do for who was written to by mistake.
    """

    practice_name: str
    subject: str
    words: str
    remark: str
    language: str = "en"


class NewsletterParcel(Struct, frozen=True, tag_field=_KIND, tag="newsletter"):
    """One reader's copy of an issue that the ledger keeps; `token` stands in the link by which they
    leave, `leave_url` is that link."""

    issue_id: str
    token: str
    leave_url: str

    def __post_init__(self) -> None:
        _require_web(self.leave_url)


class ProofParcel(Struct, frozen=True, tag_field=_KIND, tag="newsletter_proof"):
    """A newsletter for whoever is about to send it; its link leads nowhere and unsubscribes nobody."""

    subject: str
    html: str
    plain: str
    leave_url: str

    def __post_init__(self) -> None:
        _require_web(self.leave_url)


Parcel = (
    NoticeParcel
    | FullParcel
    | QuestionParcel
    | AlertParcel
    | ReminderParcel
    | DigestParcel
    | AcknowledgementParcel
    | QuarantineParcel
    | ReplyParcel
    | NewsletterParcel
    | ProofParcel
)

_DECODER: Final[msgspec.json.Decoder[Parcel]] = msgspec.json.Decoder(Parcel)
_ENCODER: Final = msgspec.json.Encoder()


def parcel_to_bytes(parcel: Parcel) -> bytes:
    """JSON, to be sealed by the caller."""
    return _ENCODER.encode(parcel)


def parcel_from_bytes(raw: bytes) -> Parcel:
    """What `parcel_to_bytes` was given; fields not known here are passed over.

    Raises ParcelRefused.
    """
    try:
        return _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # Without `from`: the original may quote what it refuses.
        found = _FIELD.search(str(error))
    raise ParcelRefused((found[1],) if found else ())


def _require_web(url: str) -> None:
    if not _WEB.fullmatch(url):
        raise ValueError("a link is a web address")


def _require_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("time_zone is not known here") from error


def _require_aware(*moments: datetime) -> None:
    if any(moment.tzinfo is None for moment in moments):
        raise ValueError("moments are aware")


def _require_tel(uri: str) -> None:
    if uri and not _TEL.fullmatch(uri):
        raise ValueError("a phone's address begins with tel:")
