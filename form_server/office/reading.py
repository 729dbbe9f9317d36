"""Fields of a body read as a submission, one by one, with all that is wrong said at once.

Only what the sender can mend is refused. What a page fills in by itself is cut to length, and a
reason, clinician, plan or code that this practice does not know is kept as typed: the page may be
an old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from form_server.ledger import Source
from form_server.office.bodies import Fields
from form_server.office.page_stamp import STAMP_FIELD
from form_server.office.phones import dial_uri
from form_server.office.submission import (
    Asks,
    Fault,
    Flag,
    Flaw,
    Kind,
    Submission,
    SubmissionRefused,
    Typed,
)
from form_server.office.text import TextRefused, clean_line, clean_lines, is_plain, showable
from outreach_kit.risk_words import mentions_risk
from outreach_kit.web import PAGE_LANGUAGE_FIELD, THANKS_FIELD
from outreach_kit.web.fields import AGE_BANDS, NOTE_MAX_CHARS, REPORT_BACKS, TIMINGS

MAX_REASONS: Final = 30
FIRST_CALL_FIELD: Final = "first_call"
RISK_FIELD: Final = "risk_notice"
RISK_SEEN: Final = "seen"
"""The sender was shown the crisis lines."""
RISK_ASK: Final = "ask"
"""A script says that it can show them."""
_YES: Final = frozenset({"true", "on", "yes", "1"})
_ATOM: Final = r"[^\s@<>()\[\],;:\\\"]"
_EMAIL: Final = re.compile(rf"{_ATOM}+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_][\w-]*[^\W_]")

# The longest text of each field, in characters; the form's own limits are no wider.
LINE_MAX_CHARS: Final = 200
PHONE_MAX_CHARS: Final = 60
EMAIL_MAX_CHARS: Final = 254
FILLED_IN_MAX_CHARS: Final = 64
REASON_MAX_CHARS: Final = 200
_CHOICES: Final = {
    "timing": frozenset(TIMINGS),
    "report_back": frozenset(REPORT_BACKS),
    "age_band": frozenset(AGE_BANDS),
}
_LISTS: Final = frozenset({"reasons"})
FIELDS: Final = (
    "referrer_name", "referrer_office", "referrer_phone", "referrer_role", "referrer_email",
    "referrer_fax", "patient_name", "patient_phone", "patient_email", "guardian_name", "reasons",
    "patient_agreed", "voicemail_ok", "text_ok", "attendance_consent", "best_time", "language",
    "plan", "age_band", "timing", "note", "report_back", "clinician", "source", "kind",
    FIRST_CALL_FIELD, THANKS_FIELD, RISK_FIELD, STAMP_FIELD, PAGE_LANGUAGE_FIELD,
)  # fmt: skip
"""The fields that a form shows again when something is wrong; others are passed over."""


def read_submission(fields: Fields, asks: Asks, submission_id: str = "") -> Submission:
    """The submission; `submission_id` is the sender's own name for this sending, if it gave one.

    Raises SubmissionRefused with every fault.
    """
    reader = FieldReader(fields)
    kind = Kind.SELF if reader.filled_in("kind") == Kind.SELF else Kind.OFFICE
    source, clinician = reader.filled_in("source"), reader.filled_in("clinician")
    plan = reader.line("plan")
    reasons = reader.reasons()
    choices = {name: reader.filled_in(name) for name in _CHOICES}
    office_is_known = kind is Kind.SELF or asks.office_of(source) is not None
    known_source = asks.source(source) if source else None
    note, best_time = reader.note(), reader.line("best_time")
    attendance_consent = reader.tick("attendance_consent")
    referrer_phone, referrer_phone_uri = reader.phone("referrer_phone", not office_is_known)
    patient_phone, patient_phone_uri = reader.phone("patient_phone", required=True)
    submission = Submission(
        kind=kind,
        referrer_name=reader.line("referrer_name", not office_is_known),
        referrer_office=reader.line("referrer_office", not office_is_known),
        referrer_phone=referrer_phone,
        referrer_phone_uri=referrer_phone_uri,
        referrer_role=reader.line("referrer_role"),
        referrer_email=reader.email("referrer_email"),
        referrer_fax=reader.phone("referrer_fax")[0],
        patient_name=reader.line("patient_name", required=True),
        patient_phone=patient_phone,
        patient_phone_uri=patient_phone_uri,
        patient_email=reader.email("patient_email"),
        guardian_name=reader.line("guardian_name"),
        reasons=reasons,
        reason_labels=tuple(asks.reasons.get(reason, reason) for reason in reasons),
        patient_agreed=reader.tick("patient_agreed", required=kind is Kind.OFFICE),
        voicemail_ok=reader.tick("voicemail_ok"),
        text_ok=reader.tick("text_ok"),
        attendance_consent=attendance_consent,
        best_time=best_time,
        language=reader.line("language"),
        plan=plan,
        age_band=choices["age_band"],
        timing=choices["timing"],
        note=note,
        report_back=choices["report_back"],
        clinician=clinician,
        source=source,
        first_call=reader.filled_in(FIRST_CALL_FIELD),
        known_source=known_source,
        flags=(
            *_unknown(asks, kind, reasons, clinician, plan, choices),
            *((Flag.UNKNOWN_SOURCE,) if source and known_source is None else ()),
            *_risks(asks, reasons, note, best_time),
            *_consents(attendance_consent, known_source),
        ),
        submission_id=submission_id,
        page_language=reader.filled_in(PAGE_LANGUAGE_FIELD),
    )
    if reader.faults:
        raise SubmissionRefused(reader.faults, typed(fields))
    return submission


def typed(fields: Fields, names: Iterable[str] = FIELDS) -> Typed:
    """What was sent, as far as a form has a place for it and a page can show it."""
    shown: dict[str, str | list[str]] = {}
    for name in names:
        value = fields.get(name)
        if isinstance(value, str):
            shown[name] = showable(value)
        elif isinstance(value, list):
            shown[name] = [showable(one) for one in value[:MAX_REASONS] if isinstance(one, str)]
        elif value is True:
            shown[name] = "true"
    return shown


class FieldReader:
    """Takes fields out and remembers what is wrong with them."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self.faults: dict[str, Fault] = {}

    def line(self, name: str, required: bool = False, limit: int = LINE_MAX_CHARS) -> str:
        text = self._clean(name, limit) if name in self._fields else ""
        if required and not text and name not in self.faults:
            self.faults[name] = Fault(Flaw.MISSING)
        return text

    def phone(self, name: str, required: bool = False) -> tuple[str, str]:
        """What was typed, and its `tel:` address; both empty when nothing was."""
        text = self.line(name, required, PHONE_MAX_CHARS)
        uri = dial_uri(text) if text else ""
        if uri is None:
            self.faults[name] = Fault(Flaw.NOT_PHONE)
        return text, uri or ""

    def email(self, name: str) -> str:
        text = self.line(name, limit=EMAIL_MAX_CHARS)
        if text and not _EMAIL.fullmatch(text):
            self.faults[name] = Fault(Flaw.NOT_EMAIL)
        return text

    def note(self, name: str = "note", limit: int = NOTE_MAX_CHARS) -> str:
        return self._clean(name, limit, lines=True)

    def filled_in(self, name: str) -> str:
        """What a page chose for the sender: cut and emptied where it is amiss, never refused."""
        if name not in self._fields or not (value := self._text(name)):
            return ""
        try:
            return clean_line(value)[:FILLED_IN_MAX_CHARS]
        except TextRefused:
            return ""

    def tick(self, name: str, required: bool = False) -> bool:
        value = self._fields.get(name)
        if isinstance(value, list):  # a hidden “no” before the box's own “yes”
            value = value[-1] if value else None
        ticked = value is True or (isinstance(value, str) and value.strip().lower() in _YES)
        if required and not ticked:
            self.faults[name] = Fault(Flaw.MISSING)
        return ticked

    def reasons(self) -> tuple[str, ...]:
        value = self._fields.get("reasons")
        given = value if isinstance(value, list) else [] if value is None else [value]
        if len(given) > MAX_REASONS:
            self.faults["reasons"] = Fault(Flaw.TOO_MANY, MAX_REASONS, len(given) - MAX_REASONS)
            return ()
        found: dict[str, None] = {}
        for one in given:
            if not isinstance(one, str):
                self.faults["reasons"] = Fault(Flaw.NOT_TEXT)
                return ()
            found[self._cleaned("reasons", one, REASON_MAX_CHARS, lines=False)] = None
        found.pop("", None)
        if not found and "reasons" not in self.faults:
            self.faults["reasons"] = Fault(Flaw.MISSING)
        return tuple(found)

    def _clean(self, name: str, limit: int, *, lines: bool = False) -> str:
        raw = self._fields.get(name)
        if isinstance(raw, str) and len(raw) <= limit and is_plain(raw):
            return raw.strip()
        return self._cleaned(name, self._text(name), limit, lines=lines)

    def _cleaned(self, name: str, raw: str, limit: int, *, lines: bool) -> str:
        if not raw:
            return ""
        try:
            text = clean_lines(raw) if lines else clean_line(raw)
        except TextRefused as refused:
            self.faults[name] = Fault(refused.flaw)
            return ""
        if len(text) > limit:
            self.faults[name] = Fault(Flaw.TOO_LONG, limit, len(text) - limit)
        return text

    def _text(self, name: str) -> str:
        """The field's text, empty when it is left out; a list of equal texts is that text."""
        value = self._fields.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(one == value[0] for one in value):
            value = value[0]
            if isinstance(value, str):
                return value
        self.faults[name] = Fault(Flaw.TWICE if isinstance(value, list) else Flaw.NOT_TEXT)
        return ""


def _unknown(
    asks: Asks,
    kind: Kind,
    reasons: tuple[str, ...],
    clinician: str,
    plan: str,
    choices: dict[str, str],
) -> list[Flag]:
    found = []
    # Patients write their reason in their own words; only an office picks from a list.
    if kind is Kind.OFFICE and any(reason not in asks.reasons for reason in reasons):
        found.append(Flag.UNKNOWN_REASON)
    if clinician and clinician not in asks.clinicians:
        found.append(Flag.UNKNOWN_CLINICIAN)
    if plan and plan.casefold() not in asks.plans:
        found.append(Flag.UNKNOWN_PLAN)
    if any(value and value not in _CHOICES[name] for name, value in choices.items()):
        found.append(Flag.UNKNOWN_CHOICE)
    return found


def _risks(asks: Asks, reasons: tuple[str, ...], *written: str) -> tuple[Flag, ...]:
    """Whatever was written freely; the practice's own reasons have no part in it."""
    own_words = (reason for reason in reasons if reason not in asks.reasons)
    return (Flag.READ_FIRST,) if mentions_risk("\n".join((*written, *own_words))) else ()


def _consents(consented: bool, source: Source | None) -> tuple[Flag, ...]:
    """Who does not treat learns nothing by a tick of their own: the practice asks the patient."""
    treats = source is None or source.kind.treats
    return (Flag.OUTCOME_CONSENT,) if consented and treats else ()
