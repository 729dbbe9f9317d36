"""The elevator speech: half a minute, and a question at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.advice.text import main_form
from outreach_kit.practice.people import Clinician
from outreach_kit.practice.prose import parse_prose, plain_text

SPEECH_WORDS: Final = (75, 100)
SPEECH_WORDS_A_MINUTE: Final = 150
_WITHOUT_BLANKS: Final = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages that put no blanks between words; nothing can be counted there."""
_QUESTION_MARKS: Final = ("?", "؟", "？", ";", "\u037e")
"""Latin, Arabic, Chinese; and Greek, which asks with a semicolon."""
_AFTER_THE_MARK: Final = "”’»\"') "


def speech_words(clinician: Clinician, language: str) -> list[str]:
    """The words of the elevator speech as they are spoken."""
    prose = clinician.elevator_speech.get(language) or next(
        iter(clinician.elevator_speech.values())
    )
    return plain_text(parse_prose(prose.text)).split()


def speech_seconds(words: int) -> int:
    """How long so many words take at 150 words a minute."""
    return round(words * 60 / SPEECH_WORDS_A_MINUTE)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _length(look: Look) -> Iterator[Problem]:
    low, high = SPEECH_WORDS
    for clinician in look.practice.clinicians:
        for language, prose in clinician.elevator_speech.items():
            count = len(look.text(prose).split())
            if low <= count <= high or main_form(language) in _WITHOUT_BLANKS:
                continue
            direction = "Cut" if count > high else "Add"
            gap = count - high if count > high else low - count
            yield Problem(
                prose.file, prose.line, "",
                f"The elevator speech has {_counted(count, 'word')}, "
                f"{_counted(speech_seconds(count), 'second')}.",
                f"{direction} at least {gap}: {low} to {high} words are about thirty seconds.",
            )  # fmt: skip


def _question(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        for language, prose in clinician.elevator_speech.items():
            marks = _QUESTION_MARKS if main_form(language) == "el" else _QUESTION_MARKS[:3]
            text = look.text(prose).rstrip(_AFTER_THE_MARK)
            if not text.endswith(marks):
                last = (look.sentences(prose) or ("",))[-1]
                yield look.at_sentence(
                    prose, last, "The elevator speech does not end in a question.",
                    "Ask for one person: “Whom have you seen this month who …?”",
                )  # fmt: skip


CHECKS: Final = (
    Check(
        Rule(
            "speech-length",
            f"an elevator speech has fewer than {SPEECH_WORDS[0]} or more than {SPEECH_WORDS[1]} words",
            "A busy person listens for half a minute.",
        ),
        _length,
    ),
    Check(
        Rule(
            "speech-question",
            "an elevator speech does not end in a question",
            "A question turns a speech into a conversation.",
        ),
        _question,
    ),
)
