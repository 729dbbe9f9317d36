"""Copies as JSON: every field under its own name, and a version that says what the names mean.

docs/exports.md describes each field. A field may be added within a version; a name that changes
its meaning, or goes, makes a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from form_server.exports.record import Exported, HandedOn, Words

FORMAT: Final = "warm-handoff/referrals"
VERSION: Final = 1


def write_json(referrals: Iterable[Exported], handed_on: HandedOn, made_at: datetime) -> str:
    """All of it as one text that ends in a line break."""
    return "".join(stream_json([list(referrals)], handed_on, made_at))


def stream_json(
    pages: Iterable[Iterable[Exported]], handed_on: HandedOn, made_at: datetime
) -> Iterator[str]:
    """The same a page at a time; each referral stands on a line of its own."""
    front = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": write_moment(made_at),
        "practice": handed_on.practice,
    }
    yield json.dumps(front, ensure_ascii=False)[:-1] + ', "referrals": [\n'
    comma = ""
    for page in pages:
        for one in page:
            yield comma + json.dumps(referral_fields(one), ensure_ascii=False)
            comma = ",\n"
    yield "\n]}\n"


def referral_fields(one: Exported) -> dict[str, Any]:
    """Names are those of docs/exports.md; moments are UTC, null is “there is none”."""
    return {
        "id": one.id,
        "receipt": one.receipt,
        "kind": one.kind,
        "received_at": write_moment(one.received_at),
        "promised_by": write_moment(one.promised_by),
        "state": one.state.value,
        "outcome": one.outcome.value if one.outcome else None,
        "fit": one.fit.value if one.fit else None,
        "source": one.source or None,
        "clinician": one.clinician or None,
        "first_contact_at": write_moment(one.first_contact_at),
        "appointment_at": write_moment(one.appointment_at),
        "closed_at": write_moment(one.closed_at),
        "drill": one.is_drill,
        "said": _said(one.words) if one.words else None,
        "tries": [
            {"at": write_moment(each.at), "what": each.what, "by": each.by, "note": each.note}
            for each in one.tries
        ],
        "corrections": [
            {"at": write_moment(each.at), "by": each.by, "words": each.words}
            for each in one.corrections
        ],
        "replies": [
            {
                "at": write_moment(each.at),
                "whom": each.whom,
                "way": each.way,
                "by": each.by,
                "words": each.words,
            }
            for each in one.replies
        ],
        "messages": [
            {"at": write_moment(each.at), "what": each.what, "to": each.to, "state": each.state}
            for each in one.messages
        ],
        "disclosures": [
            {"at": write_moment(each.at), "what": each.what, "by": each.by}
            for each in one.disclosures
        ],
    }


def _said(words: Words) -> dict[str, Any]:
    return {
        "patient": asdict(words.patient),
        "referrer": asdict(words.referrer) if words.referrer else None,
        "reasons": list(words.reasons),
        "note": words.note,
        "timing": words.timing,
        "report_back": words.report_back,
        "attendance_consent": words.attendance_consent,
        "also_sent": dict(words.also_sent),
    }


def write_moment(at: datetime | None) -> str | None:
    """As in `2026-11-16T20:30:00Z`."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"
