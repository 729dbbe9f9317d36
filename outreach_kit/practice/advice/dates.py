"""What time has overtaken: counts of openings, days off, news, and what was announced."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import (
    PRACTICE_FILE,
    Look,
    clinician_file,
    main_form,
    quote,
    says,
)
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.clinician import OPENINGS_FRESH_DAYS

NEWS_DAYS: Final = 365
_MONTHS: Final[Mapping[str, str]] = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_NAMES: Final = {language: tuple(names.split()) for language, names in _MONTHS.items()}
_DATES: Final[Mapping[str, str]] = {
    "en": (
        rf"\b(?:(?P<month>{'|'.join(_NAMES['en'])}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"|(?P<day2>\d{{1,2}}) (?P<month2>{'|'.join(_NAMES['en'])})),? (?P<year>20\d\d)\b"
    ),
    "es": (
        rf"\b(?P<day>\d{{1,2}}) de (?P<month>{'|'.join(_NAMES['es'])}) (?:de|del) (?P<year>20\d\d)\b"
    ),
}
_AHEAD: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:will|join|register|sign up|until|starts?|starting|begins?|beginning|coming|upcoming|next"
        r"|reopens?|back on|away|on leave|closed)\b"
    ),
    "es": (
        r"\b(?:será|habrá|inscríb\w+|acompáñ\w+|hasta|empiezan?|comienzan?|próxim\w+|cerrad\w+|a partir)\b"
    ),
}
"""What announces: a past day beside one of these is stale, and in a story of the past it is not."""
_OPENINGS: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:(?:(?:i|we)(?:’ve| (?:\w+ )?have)|there (?:is|are)) (?:\w+ ){1,2}"
        r"(?:openings?|open (?:spots?|slots?))\b"
        r"|(?:currently|now|not|am|is|are) accepting (?:new )?(?:patients|clients|referrals))"
    ),
    "es": (
        r"\b(?:(?:tengo|tenemos|hay) (?:\w+ ){1,2}(?:cupos?|lugares (?:libres|disponibles))"
        r"|(?:acepto|aceptamos|aceptando) (?:nuev[oa]s )?(?:pacientes|clientes))"
    ),
}


def _stale_openings(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        openings = clinician.facts.openings
        if openings and not openings.fresh(look.today):
            age = (look.today - openings.on).days
            what = (
                f"The openings were counted {age} days ago and are no longer shown."
                if age > 0
                else "The openings are dated in the future and are not shown."
            )
            yield look.at_key(
                clinician_file(clinician), ("openings", "on"), what,
                f"Count again and date it; a count is shown for {OPENINGS_FRESH_DAYS} days.",
            )  # fmt: skip


def _past_first_day(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        openings = clinician.facts.openings
        first = openings.first_available_on if openings else None
        if openings and first and first < look.today and openings.fresh(look.today):
            yield look.at_key(
                clinician_file(clinician), ("openings", "first_available_on"),
                f"The first available day, {first}, is over.", "Name the next one, or delete it.",
            )  # fmt: skip


def _openings_in_words(look: Look) -> Iterator[Problem]:
    for language, prose in look.patients_texts():
        if not says(_OPENINGS, language, look.text(prose)):
            continue
        for sentence in look.sentences(prose):
            if says(_OPENINGS, language, sentence):
                yield look.at_sentence(
                    prose, sentence, f"Openings stand in the text: {quote(sentence)}",
                    "Take them out, and count them under openings in clinician.toml, with the day.",
                )  # fmt: skip


def _days_off(look: Look) -> Iterator[Problem]:
    days = look.practice.hours.closed_on
    if days and max(days) < look.today:
        yield look.at_key(
            PRACTICE_FILE, ("hours", "closed_on"), f"All days off are over; the last was {max(days)}.",
            "Name the next ones, so that nobody is promised a call on them, or delete the line.",
        )  # fmt: skip


def _old_news(look: Look) -> Iterator[Problem]:
    newest = max(look.practice.notes, key=lambda one: one.on, default=None)
    if newest and (age := (look.today - newest.on).days) > NEWS_DAYS:
        yield Problem(
            newest.body.file, 1, "", f"The newest note is {age // 30} months old.",
            "Write a short one; the newsletter and the feed begin with it.",
        )  # fmt: skip


def _past_events(look: Look) -> Iterator[Problem]:
    for language, prose in look.patients_texts():
        if not says(_DATES, language, look.text(prose)):
            continue
        for sentence in look.sentences(prose):
            on = _last_day_in(sentence, main_form(language))
            if on and on < look.today and says(_AHEAD, language, sentence):
                yield look.at_sentence(
                    prose, sentence, f"This is over since {on}: {quote(sentence)}",
                    "Take it out, or name the next day.",
                )  # fmt: skip


def _last_day_in(sentence: str, tongue: str) -> dt.date | None:
    """The latest day that the sentence names; None when it names none that exists."""
    found = []
    for match in re.finditer(_DATES[tongue], sentence, re.IGNORECASE):
        named = {key.rstrip("2"): value for key, value in match.groupdict().items() if value}
        try:
            month = _NAMES[tongue].index(named["month"].lower()) + 1
            found.append(dt.date(int(named["year"]), month, int(named["day"])))
        except ValueError:
            continue  # 31 February, or a month with a long ſ
    return max(found, default=None)


CHECKS: Final = (
    Check(
        Rule(
            "openings-stale",
            f"openings were counted more than {OPENINGS_FRESH_DAYS} days ago, or are dated in the future",
            "An office that sends somebody to a full practice does not send the next one.",
        ),
        _stale_openings,
    ),
    Check(
        Rule(
            "first-day-past",
            "the first available day is over while the openings still count as fresh",
            "A date that has passed makes everything beside it doubtful.",
        ),
        _past_first_day,
    ),
    Check(
        Rule(
            "openings-in-words",
            "a profile or a page says in words that there are openings",
            "Words have no date: they go on promising when the places are taken.",
        ),
        _openings_in_words,
    ),
    Check(
        Rule(
            "days-off-past",
            "all days in closed_on are over",
            "A promise that falls on a day off is broken.",
        ),
        _days_off,
    ),
    Check(
        Rule(
            "news-old",
            "the newest note is more than a year old",
            "News from long ago looks like a practice that has closed.",
        ),
        _old_news,
    ),
    Check(
        Rule(
            "event-past",
            "a profile or a page announces something for a day that is over",
            "What is out of date in one line is doubted in all others.",
        ),
        _past_events,
    ),
)
