"""What the office or the patient said, read from an opened envelope.

The envelope proves that nobody changed it since it was sealed, not that what it says is harmless:
everything in it was typed by a stranger. Whatever has another shape than expected is passed over,
and what has no place of its own is kept as an extra, so that nothing sent is lost from sight.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from outreach_kit.practice.faults import Refused
from outreach_kit.practice.values import Phone, parse_phone

_TEL: Final = re.compile(r"tel:(\+?[0-9]{3,15})(?:;ext=([0-9]{1,7}))?")
# Marks that turn the reading order around could make one number read as another.
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\?&%]+@[^\s@<>\"(),:;\[\]\\?&%]+")
_PLACED: Final = frozenset(
    {
        "v", "kind", "referrer_name", "referrer_office", "referrer_phone", "referrer_phone_uri",
        "referrer_role", "referrer_email", "referrer_fax", "source", "clinician", "patient_name",
        "patient_phone", "patient_phone_uri", "patient_email", "guardian_name", "reasons",
        "reason_labels", "patient_agreed", "voicemail_ok", "text_ok", "attendance_consent",
        "best_time", "language", "plan", "age_band", "timing", "note", "report_back", "suspicions",
        "first_call_at", "page_language",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A telephone number as typed; `tel` and `sms` are empty when nobody could dial it."""

    typed: str
    tel: str
    sms: str


@dataclass(frozen=True)
class Referrer:
    """Who refers; all of it empty when the patient wrote themselves."""

    name: str
    office: str
    role: str
    phone: Number
    fax: str
    email: str


@dataclass(frozen=True)
class Said:
    """One referral in the words of whoever sent it. Empty means “not said”, and a permission that
    was not given is a no."""

    from_patient: bool
    referrer: Referrer
    patient_name: str
    patient_phone: Number
    patient_email: str
    guardian_name: str
    reasons: tuple[str, ...]
    note: str
    timing: str
    best_time: str
    language: str
    plan: str
    age_band: str
    report_back: str
    clinician: str
    source: str
    voicemail_ok: bool
    text_ok: bool
    attendance_consent: bool
    extras: tuple[tuple[str, str], ...]
    suspicions: tuple[str, ...] = ()
    """What kept it aside, as words for programs."""
    first_call_at: datetime | None = None
    """The held time that was chosen for the first call."""
    page_language: str = ""
    """Of the page on which it was written, where that is sealed; anything at all may stand there."""

    @property
    def first_name(self) -> str:
        return next(iter(self.patient_name.split()), "")


def read_said(plaintext: bytes) -> Said:
    """The words in an envelope; raises ValueError when it holds no JSON object."""
    try:
        fields = json.loads(plaintext)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(fields, dict):
        raise ValueError("not an object")
    return Said(
        from_patient=_line(fields, "kind") == "self",
        referrer=Referrer(
            name=_line(fields, "referrer_name"),
            office=_line(fields, "referrer_office"),
            role=_line(fields, "referrer_role"),
            phone=_number(fields, "referrer_phone"),
            fax=_line(fields, "referrer_fax"),
            email=_email(fields, "referrer_email"),
        ),
        patient_name=_line(fields, "patient_name"),
        patient_phone=_number(fields, "patient_phone"),
        patient_email=_email(fields, "patient_email"),
        guardian_name=_line(fields, "guardian_name"),
        reasons=_lines(fields, "reason_labels") or _lines(fields, "reasons"),
        note=_clean(fields.get("note")).strip(),
        timing=_line(fields, "timing"),
        best_time=_line(fields, "best_time"),
        language=_line(fields, "language"),
        plan=_line(fields, "plan"),
        age_band=_line(fields, "age_band"),
        report_back=_line(fields, "report_back"),
        clinician=_line(fields, "clinician"),
        source=_line(fields, "source"),
        voicemail_ok=fields.get("voicemail_ok") is True,
        text_ok=fields.get("text_ok") is True,
        attendance_consent=fields.get("attendance_consent") is True,
        extras=tuple(
            (_one_line(_clean(name)), _clean(value))
            for name, value in fields.items()
            if name not in _PLACED and _clean(value)
        ),
        suspicions=_lines(fields, "suspicions"),
        first_call_at=_moment(_line(fields, "first_call_at")),
        page_language=_line(fields, "page_language"),
    )


def _line(fields: Mapping[str, object], name: str) -> str:
    return _one_line(_clean(fields.get(name)))


def _lines(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = fields.get(name)
    texts = values if isinstance(values, list) else [values]
    return tuple(line for line in (_one_line(_clean(text)) for text in texts) if line)


def _moment(text: str) -> datetime | None:
    """As the server wrote it, in UTC; anything else counts as not said."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _email(fields: Mapping[str, object], name: str) -> str:
    """One address that a mail program can be handed as it is; anything else counts as not said."""
    text = _line(fields, name)
    return text if _EMAIL.fullmatch(text) else ""


def _number(fields: Mapping[str, object], name: str) -> Number:
    """The address to dial as the office's form found it, else as it can be read from the text."""
    typed = _line(fields, name)
    found = _TEL.fullmatch(_line(fields, f"{name}_uri"))
    if found:
        extension = f";ext={found[2]}" if found[2] else ""
        return Number(typed or found[1], f"tel:{found[1]}{extension}", f"sms:{found[1]}")
    try:
        phone: Phone = parse_phone(typed)
    except Refused:
        return Number(typed, "", "")
    return Number(typed, phone.href, phone.sms_href)


def _clean(value: object) -> str:
    """Text, or nothing; without what cannot be seen or turns the reading order around."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _CONTROL.sub(" ", _TURNING.sub("", str(value)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
