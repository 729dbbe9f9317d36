"""Replies, drafted for review: one to the patient and one to who sent them, whatever the outcome.

Pure: the desk shows the draft, a person reads and mends it, and only then does it go anywhere.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from outreach_kit.frozen import frozen
from outreach_kit.outreach.reply_words import Ending, ReplyWords, reply_words
from outreach_kit.outreach.telling import Telling


class Form(StrEnum):
    """A script is read out and may say more; a note may be read by others and says less."""

    SPOKEN = "spoken"
    NOTE = "note"
    MAIL = "mail"


@frozen
class PatientReply:
    """`name` is a first name or a guardian's, or empty; `starts_at` is on the practice's clock."""

    ending: Ending
    name: str
    caller: str
    phone: str
    starts_at: dt.datetime | None = None
    colleagues: tuple[str, ...] = ()


@frozen
class SourceReply:
    """`patient` stands in a letter for the chart only, and is empty everywhere else."""

    ending: Ending
    telling: Telling
    addressee: str
    receipt: str
    received_on: dt.date
    signed: tuple[str, ...]
    treats: bool = True
    patient: str = ""
    starts_on: dt.date | None = None
    colleagues: tuple[str, ...] = ()
    niche: str = ""


def write_to_patient(reply: PatientReply, form: Form, language: str) -> str:
    """A draft; its paragraphs are parted by empty lines."""
    words = reply_words(language)
    body = _to_patient(reply, words, language)
    hello = words.hello.format(name=reply.name) if reply.name else words.hello_nobody
    opening = f"{hello} {words.this_is.format(caller=reply.caller)}"
    match form:
        case Form.SPOKEN:
            parts = [opening, body]
            if reply.ending in {Ending.REDIRECTED, Ending.UNREACHABLE, Ending.WITHDRAWN}:
                parts.append(words.safety)
            return "\n\n".join(parts)
        case Form.NOTE:
            return f"{opening} {body}"
        case Form.MAIL:
            return "\n\n".join((hello, body, f"{reply.caller}\n{reply.phone}"))


def write_to_source(reply: SourceReply, language: str) -> str:
    """A draft; without the patient's name unless `patient` gives it. Empty when nothing may be told."""
    if reply.telling is Telling.NOTHING:
        return ""
    words = reply_words(language)
    hello = words.dear.format(name=reply.addressee) if reply.addressee else words.dear_nobody
    sent = words.sent_on.format(day=say_day(reply.received_on, language), receipt=reply.receipt)
    whom = words.your_patient if reply.treats else words.the_person
    parts = [hello, sent]
    if reply.telling is Telling.THANKS:
        parts.append(words.nothing_more.format(whom=whom))
    else:
        if reply.patient:
            parts.insert(1, words.regarding.format(patient=reply.patient))
        parts.append(_to_source(reply, words, whom, language))
        if reply.ending is Ending.REDIRECTED and reply.niche:
            parts.append(words.niche.format(niche=reply.niche))
        parts.append(words.consent)
    return "\n\n".join((*parts, words.thanks, "\n".join(reply.signed)))


def reply_subject(practice_name: str, language: str) -> str:
    """Fixed, for screens and logs that others see: nobody who was sent, and no outcome."""
    return reply_words(language).subject.format(practice=practice_name)


def reply_remark(phone: str, language: str) -> str:
    """What stands under a mail, for whoever it was not meant for."""
    return reply_words(language).remark.format(phone=phone)


def letter_title(language: str) -> str:
    return reply_words(language).letter_title


def say_day(day: dt.date, language: str) -> str:
    """“Tuesday, November 24”, “martes 24 de noviembre”."""
    from babel.dates import format_date

    pattern = "EEEE d 'de' MMMM" if language.startswith("es") else "EEEE, MMMM d"
    return str(format_date(day, pattern, locale=language[:2]))


def say_when(at: dt.datetime, language: str) -> str:
    """“Tuesday, November 24 at 9:30 AM”, on the clock that `at` is written by."""
    hour, half = at.hour % 12 or 12, "AM" if at.hour < 12 else "PM"
    if language.startswith("es"):
        joined = "a la" if hour == 1 else "a las"
        half = "de la mañana" if at.hour < 12 else "de la tarde"
        return f"{say_day(at.date(), language)} {joined} {hour}:{at:%M} {half}"
    clock = f"{hour}:{at:%M} {half}" if at.minute else f"{hour} {half}"
    return f"{say_day(at.date(), language)} at {clock}"


def _to_patient(reply: PatientReply, words: ReplyWords, language: str) -> str:
    if reply.ending is Ending.SCHEDULED and reply.starts_at is None:
        return words.appointment_unknown.format(phone=reply.phone)
    names = _listed(reply.colleagues, language)
    return words.to_patient[reply.ending].format(
        phone=reply.phone,
        when=say_when(reply.starts_at, language) if reply.starts_at else "",
        colleagues=words.colleagues_to_patient.format(names=names) if names else "",
    )


def _to_source(reply: SourceReply, words: ReplyWords, whom: str, language: str) -> str:
    day = say_day(reply.starts_on, language) if reply.starts_on else ""
    names = _listed(reply.colleagues, language)
    return words.to_source[reply.ending].format(
        whom=whom,
        Whom=whom[:1].upper() + whom[1:],
        on=words.appointment_on.format(day=day) if day else "",
        colleagues=words.colleagues_to_source.format(names=names) if names else "",
    )


def _listed(names: tuple[str, ...], language: str) -> str:
    *before, last = names or ("",)
    joined = "o" if language.startswith("es") else "or"
    return f"{', '.join(before)} {joined} {last}" if before else last
