"""Where a text speaks of danger, it names the crisis lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.rule import Rule
from outreach_kit.practice.advice.text import Text, TextCheck, quote, says

_DANGER: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:suicid\w*|self-harm\w*|(?:hurt|harm|kill)(?:ing)? (?:(?:your|my|him|her)self|themselves)"
        r"|in an emergency(?! (?:room|department))|for emergencies|(?:if|when)\b[^.!?]{0,30} in (?:a )?crisis"
        r"|(?:are|is) not safe (?:right )?now)\b"
    ),
    "es": (
        r"\b(?:suicid\w*|autolesi\w*|hacer(?:te|se|me) daño|lastimar(?:te|se|me)|quitar(?:te|se|me) la vida"
        r"|en una emergencia|para emergencias|(?:si|cuando)\b[^.!?]{0,30} en (?:una )?crisis"
        r"|no está a salvo)\b"
    ),
}
"""What a person in danger looks for. “Families in crisis” and “emergency physicians” are not meant."""
_DANGER_WORDS: Final = (
    "suicid", "harm", "hurt", "kill", "emergenc", "crisis", "safe", "autolesi", "daño", "lastimar", "vida",
    "salvo",
)  # fmt: skip
"""One of them is in whatever the patterns of danger find, and quick to look for."""
_CRISIS_LINE: Final = re.compile(r"(?<!\d)(?:988|911)(?!\d)")


def _crisis_lines(text: Text) -> Iterator[Problem]:
    if text.country != "US":
        return  # other countries have other numbers
    if not text.has_one_of(_DANGER_WORDS):
        return
    if not says(_DANGER, text.language, text.whole) or _CRISIS_LINE.search(text.prose.text):
        return
    for sentence in text.sentences:
        if says(_DANGER, text.language, sentence):
            yield text.at_sentence(
                sentence,
                f"The text speaks of danger and names no crisis line: {quote(sentence)}",
                "Say in the same text: call 911, or call or text 988 at any hour.",
            )  # fmt: skip
            break


CHECKS: Final = (
    TextCheck(
        Rule(
            "crisis-lines",
            "a profile, a page or a note on a first visit speaks of danger or emergencies and names "
            "neither 988 nor 911 (US)",
            "Whoever reads that line in the worst hour needs the number in it, and not at the page’s foot.",
        ),
        _crisis_lines,
    ),
)
