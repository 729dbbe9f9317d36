"""How many years of school the texts ask for that patients read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.notes import notes_in
from outreach_kit.practice.advice.rule import Rule
from outreach_kit.practice.advice.syllables import flesch_kincaid, szigriszt, words_of
from outreach_kit.practice.advice.text import Text, TextCheck, main_form, quote

if TYPE_CHECKING:
    from outreach_kit.practice.advice.look import Look

MOST_GRADE: Final = 8
LEAST_EASE: Final = 55
LEAST_WORDS: Final = 50
"""Shorter texts have too few sentences for a mean of them to say anything."""
_TODO: Final = (
    "Shorten the longest sentences, and say it in shorter words. The longest begins here."
)


def _hard_text(text: Text) -> Iterator[Problem]:
    sentences = _with_words(text.lines)
    if what := _complaint(main_form(text.language), sentences):
        longest = max(sentences, key=lambda one: len(words_of(one)))
        yield text.at_sentence(longest, f"{what} {quote(longest)}", _TODO)


def hard_notes(look: Look) -> Iterator[Problem]:
    """The same of what the practice's own file says of a first call and visit."""
    sentences = _with_words([text for _, text in notes_in(look.practice)])
    if what := _complaint(main_form(look.practice.language), sentences):
        yield look.at_key(
            "practice.toml", (), f"The notes on booking, fees and payment: {what}",
            "Say them in shorter sentences and shorter words.",
        )  # fmt: skip


def _complaint(language: str, sentences: Sequence[str]) -> str:
    """What to say of a text that is too hard; nothing for one that is short or in another language."""
    if sum(len(words_of(one)) for one in sentences) < LEAST_WORDS:
        return ""
    if language == "en" and (grade := round(flesch_kincaid(sentences))) > MOST_GRADE:
        return f"This reads like grade {grade} (Flesch-Kincaid); {MOST_GRADE} is the most for patients."
    if language == "es" and (ease := round(szigriszt(sentences))) < LEAST_EASE:
        return f"This is hard to read: {ease} on the INFLESZ scale; {LEAST_EASE} is normal."
    return ""


def _with_words(lines: Sequence[str]) -> list[str]:
    pieces = (piece for line in lines for piece in re.split(r"(?<=[.?!:…])[”’\"')]*\s+", line))
    return [piece for piece in pieces if words_of(piece)]


RULE: Final = Rule(
    "reading-grade",
    f"a profile, a page or the notes on a first visit read harder than grade {MOST_GRADE} in "
    f"English (Flesch-Kincaid), or below {LEAST_EASE} in Spanish (INFLESZ)",
    "Whoever is frightened or tired reads worse than usual.",
)
TEXT_CHECKS: Final = (TextCheck(RULE, _hard_text),)
