"""One referral with all that is known of it, opened, as every format is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from form_server.ledger import Fit, Outcome, ReferralState


@dataclass(frozen=True)
class HandedOn:
    """The practice that the copy comes from, and where its receipts are known."""

    instance: str
    practice: str
    phone: str
    fax: str
    url: str


@dataclass(frozen=True)
class Patient:
    """Empty means “not said”; a permission that was not given is a no."""

    name: str
    phone: str = ""
    email: str = ""
    guardian: str = ""
    language: str = ""
    age: str = ""
    plan: str = ""
    best_time: str = ""
    voicemail_ok: bool = False
    text_ok: bool = False


@dataclass(frozen=True)
class Referrer:
    name: str = ""
    office: str = ""
    role: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True)
class Words:
    """What was said, and by whom; `referrer` is None when the patient wrote themselves."""

    patient: Patient
    referrer: Referrer | None
    reasons: tuple[str, ...]
    note: str = ""
    timing: str = ""
    report_back: str = ""
    attendance_consent: bool = False
    also_sent: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Try:
    """One attempt at reaching the patient."""

    at: datetime
    what: str
    by: str
    note: str = ""


@dataclass(frozen=True)
class Correction:
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class Reply:
    """What the patient or the source was answered, and by which way."""

    at: datetime
    whom: str
    way: str
    by: str
    words: str


@dataclass(frozen=True)
class Message:
    """What went out about it, to whom, and what became of it."""

    at: datetime
    what: str
    to: str
    state: str


@dataclass(frozen=True)
class Disclosure:
    """A copy that was taken, or a message that told somebody outside of it."""

    at: datetime
    what: str
    by: str


@dataclass(frozen=True)
class Exported:
    """`words` is None where they do not open, or retention has taken them. `clinician` is the name
    of whom it was for, with the NPI where it is known."""

    id: str
    receipt: str
    kind: str
    received_at: datetime
    promised_by: datetime
    state: ReferralState
    outcome: Outcome | None
    fit: Fit | None
    source: str
    clinician: str
    clinician_npi: str
    first_contact_at: datetime | None
    appointment_at: datetime | None
    closed_at: datetime | None
    is_drill: bool
    words: Words | None
    tries: tuple[Try, ...] = ()
    corrections: tuple[Correction, ...] = ()
    replies: tuple[Reply, ...] = ()
    messages: tuple[Message, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
