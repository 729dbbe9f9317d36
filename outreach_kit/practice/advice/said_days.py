"""What time overtakes in the words of a text: openings without a day, and what was announced for one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.rule import Rule
from outreach_kit.practice.advice.text import Text, TextCheck, main_form, quote, says

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
_OPENING_WORDS: Final = ("open", "accept", "cupo", "lugar", "acept")
"""One of them is in whatever the patterns of openings find, and quick to look for."""
_YEAR: Final = re.compile(r"20\d\d")
"""In every date that is looked for, and quick to look for."""
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


def _openings_in_words(text: Text) -> Iterator[Problem]:
    if not text.has_one_of(_OPENING_WORDS) or not says(_OPENINGS, text.language, text.whole):
        return
    for sentence in text.sentences:
        if says(_OPENINGS, text.language, sentence):
            yield text.at_sentence(
                sentence, f"Openings stand in the text: {quote(sentence)}",
                "Take them out, and count them under openings in clinician.toml, with the day.",
            )  # fmt: skip


def _past_events(text: Text) -> Iterator[Problem]:
    if not _YEAR.search(text.small) or not says(_DATES, text.language, text.whole):
        return
    for sentence in text.sentences:
        on = _last_day_in(sentence, main_form(text.language))
        if on and on < text.today and says(_AHEAD, text.language, sentence):
            yield text.at_sentence(
                sentence, f"This is over since {on}: {quote(sentence)}",
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
    TextCheck(
        Rule(
            "openings-in-words",
            "a profile, a page or a note on a first visit says in words that there are openings",
            "Words have no date: they go on promising when the places are taken.",
        ),
        _openings_in_words,
    ),
    TextCheck(
        Rule(
            "event-past",
            "a profile, a page or a note on a first visit announces something for a day that is over",
            "What is out of date in one line is doubted in all others.",
        ),
        _past_events,
    ),
)
