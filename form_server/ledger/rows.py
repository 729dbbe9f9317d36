"""What the ledger takes in and hands out about referrals and deliveries.

Bytes named `envelope`, `note` or `parcel` arrive sealed; the ledger holds no key that opens them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Promise(StrEnum):
    """What becomes of a delivery whose outcome is unknown."""

    AT_LEAST_ONCE = "at_least_once"  # tried again, with the same Message-ID
    AT_MOST_ONCE = "at_most_once"  # waits for a human


class DeliveryKind(StrEnum):
    NOTICE = "notice"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    CLOCK = "clock"  # sends nothing: the next look at a referral that nobody has tried to call
    DIGEST = "digest"
    DRILL = "drill"
    RETENTION = "retention"
    ALERT = "alert"  # about the server itself
    QUARANTINE = "quarantine"  # what is kept aside, told of in batches
    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    NEWSLETTER = "newsletter"
    QUESTION = "question"  # sends nothing: the next look at a question without an answer

    @property
    def promise(self) -> Promise:
        """Mail to the practice may come twice; mail to anybody else must not."""
        return Promise.AT_MOST_ONCE if self in _AT_MOST_ONCE else Promise.AT_LEAST_ONCE


_AT_MOST_ONCE = frozenset(
    {DeliveryKind.ACKNOWLEDGEMENT, DeliveryKind.REPLY, DeliveryKind.NEWSLETTER}
)


OUTWARD = (DeliveryKind.ACKNOWLEDGEMENT, DeliveryKind.REPLY)
"""What goes to whoever sent or asked something: their address is forgotten once it has gone out."""

ALARMS = (
    DeliveryKind.REMINDER,
    DeliveryKind.ESCALATION,
    DeliveryKind.CLOCK,
    DeliveryKind.QUESTION,
)
"""What ends when somebody has tried to reach the patient, or has answered a question."""


class Channel(StrEnum):
    EMAIL = "email"
    BULK = "bulk"  # mail to many, on a lane of its own: nobody's notice waits behind it
    PUSH = "push"
    WEBHOOK = "webhook"
    NONE = "none"  # work on the clock that sends nothing, such as retention


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    TRANSMITTING = "transmitting"  # at most once only: committed before the bytes go out
    RETRYING = "retrying"
    SENT = "sent"
    UNKNOWN = "unknown"
    STUCK = "stuck"
    ON_HOLD = "on_hold"  # came out of a backup: it may have gone out since, so the owner decides
    DISMISSED = "dismissed"


class ReferralState(StrEnum):
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"  # pauses the alarm; the promise is not kept yet
    CONTACTED = "contacted"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a referral ended; none closes without one."""

    SCHEDULED = "scheduled"
    ATTENDED = "attended"
    UNATTENDED = "unattended"  # an appointment was made, and they did not come
    REDIRECTED = "redirected"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"  # the patient does not want it now
    DUPLICATE = "duplicate"
    SPAM = "spam"
    DRILL = "drill"


class Fit(StrEnum):
    """Whether a referral is of those that the practice wants to be sent."""

    IN = "in"
    EDGE = "edge"
    OUT = "out"


class CameBy(StrEnum):
    """How a referral came that somebody wrote down by hand."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    FAX = "fax"
    LETTER = "letter"
    DIRECTORY = "directory"
    IN_PERSON = "in_person"


class AttemptMeans(StrEnum):
    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    OTHER = "other"


class AttemptResult(StrEnum):
    REACHED = "reached"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    SENT = "sent"
    WRONG_ADDRESS = "wrong_address"


@dataclass(frozen=True)
class NewReferral:
    """A referral about to be accepted.

    `flags` are words parted by spaces. The three hashes are keyed by the caller, and None switches
    the check off: `dedupe_hash` of the normalised content, under a key that rotates daily;
    `submission_id_hash` of the submission's own id; `body_hash` of the body, keyed with that id
    (which no row holds), so that a stolen table cannot be used to guess what was sent.
    """

    id: str
    receipt: str
    status_hash: bytes
    kind: str
    received_at: datetime
    promised_by: datetime
    source: str | None
    clinician: str | None
    inbox_id: str
    key_version: int
    envelope: bytes
    flags: str = ""
    dedupe_hash: bytes | None = None
    submission_id_hash: bytes | None = None
    body_hash: bytes | None = None
    first_call: str | None = None
    """The held time that it takes along."""
    came_by: CameBy | None = None
    """None for what came through a form."""


@dataclass(frozen=True)
class Accepted:
    """The referral that the ledger now holds; `repeated` when it held it before."""

    referral_id: str
    receipt: str
    received_at: datetime
    promised_by: datetime
    repeated: bool


@dataclass(frozen=True)
class Referral:
    """A referral as it stands; `envelope` is all that the office said, sealed to the inbox.

    `damage` names the columns of its row that mean nothing; what stands in their place is a guess.
    """

    id: str
    receipt: str
    kind: str
    received_at: datetime
    promised_by: datetime
    source: str | None
    clinician: str | None
    inbox_id: str
    key_version: int
    flags: frozenset[str]
    state: ReferralState
    attempt_count: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    first_contact_at: datetime | None
    last_attempt_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    envelope: bytes
    fit: Fit | None = None
    came_by: CameBy | None = None
    damage: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """One try at reaching the patient; `note` is sealed to the inbox, or None."""

    id: str
    referral_id: str
    user_id: str
    at: datetime
    means: AttemptMeans
    result: AttemptResult
    note: bytes | None = None


@dataclass(frozen=True)
class NewDelivery:
    """A delivery about to be written; `parcel` is sealed, and wiped once it was sent.

    One that is `held_by` a lane from the first is handed over to it once it is written.
    """

    id: str
    kind: DeliveryKind
    channel: Channel
    address: str
    referral_id: str | None
    due_at: datetime
    parcel: bytes
    message_id: str
    held_by: str | None = None
    question_id: str | None = None


@dataclass(frozen=True)
class Rationed:
    """A delivery that is written only while its ration lasts.

    `name` is a keyed hash of whoever gets it; the count under it is forgotten at `expires_at`.
    """

    delivery: NewDelivery
    name: bytes
    limit: int
    expires_at: datetime


@dataclass(frozen=True)
class Claimed:
    """A delivery that one owner holds; `attempts` counts this claim too, so it is 1 or more."""

    id: str
    kind: DeliveryKind
    channel: Channel
    address: str
    referral_id: str | None
    due_at: datetime
    created_at: datetime
    attempts: int
    owner: str
    parcel: bytes
    message_id: str
    last_error: str | None


@dataclass(frozen=True)
class Delivery:
    """A delivery as people see it: everything but the parcel."""

    id: str
    kind: DeliveryKind
    channel: Channel
    address: str
    referral_id: str | None
    state: DeliveryState
    due_at: datetime
    attempts: int
    message_id: str
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None
    question_id: str | None = None


@dataclass(frozen=True)
class Voided:
    """Claims that a process left behind when it ended: back in the queue, or for a human."""

    pending: int
    unknown: int
