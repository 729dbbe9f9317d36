"""A referral as it is printed: one page, in the order in which a chart is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from form_server.desk.referral.closing import say_outcome
from form_server.desk.referral.named import say_reasons
from form_server.desk.referral.report_back import REPORT_BACKS
from form_server.desk.referral.times import say_stamp
from form_server.exports.record import Exported, Words
from outreach_kit.practice import Practice

_MOST_TRIES: Final = 5
_MOST_ANSWERS: Final = 2
_LONGEST: Final = {"answer": 150, "correction": 150, "note": 90, "extra": 90}
_MOST_EXTRAS: Final = 6
_MOST_CORRECTIONS: Final = 2
_CUT: Final = "… (cut)"
_AGES: Final = {
    "child": "Under 13", "teen": "13 to 17", "adult": "18 to 64", "older": "65 or older",
}  # fmt: skip
_FITS: Final = {"in": "In", "edge": "On the edge", "out": "Out"}
_STATES: Final = {
    "waiting": "Nobody has called yet",
    "acknowledged": "Seen, nobody has called yet",
    "contacted": "Called, still open",
}


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class Step:
    when: str
    what: str
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """`earlier` counts the tries that found no room on the page; they are in the JSON copy."""

    practice: str
    phone: str
    receipt: str
    name: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    note: str
    referrer: tuple[Fact, ...]
    course: tuple[Fact, ...]
    tries: tuple[Step, ...]
    earlier: int
    corrections: tuple[Step, ...]
    answers: tuple[Step, ...]
    made: str
    is_shut: bool


def write_sheet(
    one: Exported, practice: Practice, made_by: str, now: datetime, *, for_paper: bool = True
) -> Sheet:
    """`for_paper` leaves out and cuts what one page has no room for, and says so."""
    zone, words = practice.time_zone, one.words
    tries = one.tries[-_MOST_TRIES:] if for_paper else one.tries
    answers = one.replies[-_MOST_ANSWERS:] if for_paper else one.replies
    corrections = one.corrections[-_MOST_CORRECTIONS:] if for_paper else one.corrections

    def brief(text: str, what: str) -> str:
        return _brief(text, what) if for_paper else text

    return Sheet(
        practice=practice.name,
        phone=practice.contact.phone.display,
        receipt=one.receipt,
        name=(words.patient.name or "No name given") if words else "",
        facts=_facts(words, for_paper=for_paper) if words else (),
        reasons=say_reasons(words.reasons, practice) if words else (),
        note=words.note if words else "",
        referrer=_referrer(words) if words else (),
        course=_course(one, zone),
        tries=tuple(
            Step(say_stamp(each.at, zone), f"{each.what}, {each.by}", brief(each.note, "note"))
            for each in tries
        ),
        earlier=len(one.tries) - len(tries),
        corrections=tuple(
            Step(say_stamp(each.at, zone), each.by, brief(each.words, "correction"))
            for each in corrections
        ),
        answers=tuple(
            Step(
                say_stamp(each.at, zone),
                f"To the {each.whom}, by {each.way}",
                brief(each.words, "answer"),
            )
            for each in answers
        ),
        made=f"{say_stamp(now, zone)}, by {made_by}",
        is_shut=words is None,
    )


def _brief(text: str, what: str) -> str:
    """What has room on the page; a sentence that was cut says so."""
    most = _LONGEST[what]
    return text if len(text) <= most else text[:most].rstrip() + _CUT


def _facts(words: Words, *, for_paper: bool) -> tuple[Fact, ...]:
    patient = words.patient
    rows = (
        ("Phone", patient.phone),
        ("E-mail", patient.email),
        ("Parent or guardian", patient.guardian),
        ("Age", _AGES.get(patient.age, patient.age)),
        ("Language", patient.language),
        ("Insurance plan", patient.plan),
        ("Best time to call", patient.best_time),
        ("Voicemail", "may be left" if patient.voicemail_ok else "must not be left"),
        ("Text messages", "may be sent" if patient.text_ok else "must not be sent"),
    )
    extras = words.also_sent
    if for_paper:
        extras = tuple((label, _brief(text, "extra")) for label, text in extras[:_MOST_EXTRAS])
    return _told((*rows, *extras))


def _referrer(words: Words) -> tuple[Fact, ...]:
    if words.referrer is None:
        return (Fact("Who wrote", "The patient"),)
    referrer = words.referrer
    consent = "The office may hear it" if words.attendance_consent else "No consent to tell"
    rows = (
        ("Office", referrer.office),
        ("Name", ", ".join(filter(None, (referrer.name, referrer.role)))),
        ("Phone", referrer.phone),
        ("Fax", referrer.fax),
        ("E-mail", referrer.email),
        ("Report back", REPORT_BACKS.get(words.report_back, words.report_back)),
        ("Whether they came", consent),
    )
    return _told(rows)


def _course(one: Exported, zone: ZoneInfo) -> tuple[Fact, ...]:
    moments = (
        ("Came in", one.received_at),
        ("Call promised by", one.promised_by),
        ("First tried", one.first_contact_at),
        ("First appointment", one.appointment_at),
        ("Closed", one.closed_at),
    )
    how = say_outcome(one.outcome) if one.outcome else _STATES.get(one.state.value, "")
    return _told(
        (
            *((label, say_stamp(at, zone)) for label, at in moments if at is not None),
            ("How it stands", how),
            ("Fit", _FITS.get(one.fit.value, "") if one.fit else ""),
            ("For", one.clinician),
        )
    )


def _told(rows: tuple[tuple[str, str], ...]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in rows if text)
