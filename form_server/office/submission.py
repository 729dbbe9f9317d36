"""A referral as the office's door takes it: what was said, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from form_server.ledger import Source


class Kind(StrEnum):
    """Which door it came through."""

    OFFICE = "office"
    SELF = "self"


class Flaw(StrEnum):
    """What can be wrong with a field; each has its sentence in `complaints`."""

    MISSING = "missing"
    CONTROL = "control"
    LINE_BREAK = "line_break"
    BROKEN = "broken"
    """Half of a character: a lone surrogate, which only JSON can spell."""
    NOT_TEXT = "not_text"
    TWICE = "twice"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_PHONE = "not_phone"
    NOT_EMAIL = "not_email"
    GONE = "gone"
    """A first-call time that somebody else has taken."""


@dataclass(frozen=True)
class Fault:
    """One field to mend. `limit` and `over` count characters, or reasons where those are too many."""

    flaw: Flaw
    limit: int = 0
    over: int = 0


Typed = Mapping[str, str | list[str]]


class SubmissionRefused(Exception):
    """Something must be mended first; the text names fields and flaws, never what was sent.

    `typed` is for the form to show again. It holds what was sent and belongs into no log.
    """

    def __init__(self, faults: Mapping[str, Fault], typed: Typed) -> None:
        self.faults = faults
        self.typed = typed
        super().__init__(", ".join(f"{name}: {fault.flaw}" for name, fault in faults.items()))


class Flag(StrEnum):
    """What the desk should look at; stored in clear, so it says nothing of the patient."""

    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_CLINICIAN = "unknown_clinician"
    UNKNOWN_SOURCE = "unknown_source"
    UNKNOWN_PLAN = "unknown_plan"
    UNKNOWN_CHOICE = "unknown_choice"
    READ_FIRST = "read_first"
    """Words of risk stand in it."""
    OUTCOME_CONSENT = "outcome_consent"
    """The office may learn how it went."""


@dataclass(frozen=True)
class Asks:
    """What the practice knows by name; anything else is kept as typed and flagged.

    `reasons` are slugs with their labels. `source` gives whom a code was made for, or None for a
    code that nobody handed out.
    """

    reasons: Mapping[str, str]
    clinicians: frozenset[str]
    plans: frozenset[str]
    source: Callable[[str], Source | None]

    def office_of(self, code: str) -> Source | None:
        """The office that a form may take its sender for: not whoever reads a code off a wall."""
        found = self.source(code) if code else None
        return None if found is None or found.public_poster else found


class Submission(Struct, frozen=True, kw_only=True):
    """A referral that can be accepted. Empty means "not said"; a permission not given is False.

    `reason_labels` stand beside `reasons`, one for one: the practice's words may change later.
    `*_uri` are `tel:` addresses for what was typed in the field of the same name.
    """

    kind: Kind
    patient_name: str
    patient_phone: str
    patient_phone_uri: str
    reasons: tuple[str, ...]
    reason_labels: tuple[str, ...]
    patient_agreed: bool
    referrer_name: str
    referrer_office: str
    referrer_phone: str
    referrer_phone_uri: str
    referrer_role: str
    referrer_email: str
    referrer_fax: str
    source: str
    clinician: str
    patient_email: str
    guardian_name: str
    voicemail_ok: bool
    text_ok: bool
    attendance_consent: bool
    best_time: str
    language: str
    plan: str
    age_band: str
    timing: str
    note: str
    report_back: str
    first_call: str = ""
    """The held time that was chosen."""
    first_call_at: str = ""
    """When that is, in UTC as RFC 3339 writes it; known once the ledger was asked."""
    known_source: Source | None = None
    flags: tuple[Flag, ...] = ()
    submission_id: str = ""
    page_language: str = ""
    """Of the page on which it was filled in; empty, or anything at all, where no page of ours was."""
