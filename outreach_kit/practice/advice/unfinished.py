"""What was begun and not finished: the starter's own sentences, and texts without a translation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.advice.text import quote
from outreach_kit.practice.untranslated import Untranslated
from outreach_kit.practice.writings import Prose

STARTER_WORDS: Final = (
    "Begin with the person who reads this",
    "Then say what you do about it, and what is different afterwards",
    "How often, how long, what happens in the first session, what there is to do between sessions",
    "What you tell them, and only with the patient’s permission",
)
"""What a new folder's profile tells its owner; nobody else should read it."""
STARTER_SPEECH: Final = (
    "You know how some people do everything right all day and then lie awake at night",
    "Most feel a difference in six to eight weeks",
    "I keep places open for people whom a doctor sends to me",
)
"""What a new folder's speech promises in its owner's name."""


def _starter_words(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        for prose in clinician.profile.values():
            for sentence in _left(look, prose, STARTER_WORDS):
                yield look.at_sentence(
                    prose, sentence, "This is what the new folder asks you, not what you say.",
                    "Write your answer in its place.",
                )  # fmt: skip
        for prose in clinician.elevator_speech.values():
            for sentence in _left(look, prose, STARTER_SPEECH):
                yield look.at_sentence(
                    prose, sentence, f"The new folder’s example says this, not you: {quote(sentence)}",
                    "Say it as you would say it at a doctor’s desk, and promise only what is so.",
                )  # fmt: skip


def _left(look: Look, prose: Prose, beginnings: tuple[str, ...]) -> Iterator[str]:
    if any(words in look.text(prose) for words in beginnings):
        yield from (one for one in look.sentences(prose) if one.startswith(beginnings))


def _untranslated(look: Look) -> Iterator[Problem]:
    for language in look.practice.languages[1:]:
        missing = look.practice.untranslated(language)
        for file, texts in groupby(missing, key=lambda one: one.file):
            yield _missing(look, file, list(texts))


def _missing(look: Look, file: str, texts: list[Untranslated]) -> Problem:
    """One problem for a file, however many of its texts are missing: they are mended in one sitting."""
    first = texts[0]
    if not first.path:
        return Problem(file, 0, "", first.what, first.todo)
    more = f" The same is true of {len(texts) - 1} more in this file." if len(texts) > 1 else ""
    return look.at_key(file, first.path, first.what + more, first.todo)


CHECKS: Final = (
    Check(
        Rule(
            "starter-words",
            "a profile still says what the new folder asked of its owner, or a speech what its example said",
            "A page that is half a form tells people that nobody is there yet.",
        ),
        _starter_words,
    ),
    Check(
        Rule(
            "untranslated",
            "a text falls back to the main language on the pages and sheets of another",
            "A page in two languages tells its reader that it was not made for them.",
        ),
        _untranslated,
    ),
)
