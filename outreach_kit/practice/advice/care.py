"""What nobody may be left without: the crisis lines, and words for a picture that they cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look, clinician_file, quote, says
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.model import Clinician

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
_CRISIS_LINE: Final = re.compile(r"(?<!\d)(?:988|911)(?!\d)")
_NO_DESCRIPTION: Final = re.compile(
    r"(?:(?:a |my )?(?:photo|picture|image|portrait|headshot)|(?:una |mi )?(?:foto|imagen|retrato))\W*"
    r"|.*\.(?:jpe?g|png|webp)",
    re.IGNORECASE,
)


def _crisis_lines(look: Look) -> Iterator[Problem]:
    if look.practice.address.country != "US":
        return  # other countries have other numbers
    for language, prose in look.patients_texts():
        if not says(_DANGER, language, look.text(prose)) or _CRISIS_LINE.search(prose.text):
            continue
        for sentence in look.sentences(prose):
            if says(_DANGER, language, sentence):
                yield look.at_sentence(
                    prose, sentence,
                    f"The text speaks of danger and names no crisis line: {quote(sentence)}",
                    "Say in the same text: call 911, or call or text 988 at any hour.",
                )  # fmt: skip
                break


def _portraits(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        if clinician.portrait is None:
            continue
        said = clinician.facts.portrait_alt or ""
        if not _describes(clinician, said):
            what = (
                f"“{said}” does not say what the portrait shows."
                if said
                else "The portrait has no description."
            )
            yield look.at_key(
                clinician_file(clinician), ("portrait_alt",) if said else ("portrait",), what,
                "Say in portrait_alt what one sees, in a sentence: who, where, doing what.",
            )  # fmt: skip


def _describes(clinician: Clinician, said: str) -> bool:
    return bool(said) and said != clinician.name and not _NO_DESCRIPTION.fullmatch(said)


CHECKS: Final = (
    Check(
        Rule(
            "crisis-lines",
            "a profile or a page speaks of danger or emergencies and names neither 988 nor 911 (US)",
            "Whoever reads that line in the worst hour needs the number in it, and not at the page’s foot.",
        ),
        _crisis_lines,
    ),
    Check(
        Rule(
            "portrait-alt",
            "a portrait has no description, or one that does not describe it",
            "Some people hear your page; they, too, would like to know whom they will meet.",
        ),
        _portraits,
    ),
)
