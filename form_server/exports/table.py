"""Copies as a table: a line for each referral, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from form_server.exports.record import Exported, Patient, Referrer
from form_server.tabular import Cell, write_csv

HEADINGS: Final = (
    "receipt", "received", "promised_by", "state", "outcome", "fit", "first_contact", "appointment", "closed",
    "clinician", "source", "drill", "patient", "patient_phone", "patient_email", "guardian",
    "language", "age", "plan", "best_time", "voicemail_ok", "text_ok", "reasons", "note", "timing",
    "office", "referrer", "referrer_role", "referrer_phone", "referrer_fax", "referrer_email",
    "report_back", "attendance_consent", "tries", "corrections", "opens", "id",
)  # fmt: skip
_BETWEEN: Final = "; "


def stream_csv(pages: Iterable[Iterable[Exported]], zone: ZoneInfo) -> Iterator[str]:
    """The headings, then a text for each page; times are on the practice's clock."""
    yield write_csv([HEADINGS])
    for page in pages:
        yield write_csv(_line(one, zone) for one in page)


def _line(one: Exported, zone: ZoneInfo) -> tuple[Cell, ...]:
    words = one.words
    patient = words.patient if words else Patient("")
    referrer = (words.referrer if words else None) or Referrer()
    return (
        one.receipt,
        _local(one.received_at, zone),
        _local(one.promised_by, zone),
        one.state.value,
        one.outcome.value if one.outcome else None,
        one.fit.value if one.fit else None,
        _local(one.first_contact_at, zone),
        _local(one.appointment_at, zone),
        _local(one.closed_at, zone),
        one.clinician,
        one.source,
        _yes(said=one.is_drill),
        patient.name,
        patient.phone,
        patient.email,
        patient.guardian,
        patient.language,
        patient.age,
        patient.plan,
        patient.best_time,
        _yes(said=patient.voicemail_ok),
        _yes(said=patient.text_ok),
        _BETWEEN.join(words.reasons) if words else None,
        words.note if words else None,
        words.timing if words else None,
        referrer.office,
        referrer.name,
        referrer.role,
        referrer.phone,
        referrer.fax,
        referrer.email,
        words.report_back if words else None,
        _yes(said=bool(words and words.attendance_consent)),
        _BETWEEN.join(f"{_local(each.at, zone)} {each.what}" for each in one.tries),
        _BETWEEN.join(f"{_local(each.at, zone)} {each.words}" for each in one.corrections),
        _yes(said=words is not None),
        one.id,
    )


def _local(at: datetime | None, zone: ZoneInfo) -> str | None:
    """As spreadsheets take it for a time: `2026-11-16 12:30`."""
    return None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"
