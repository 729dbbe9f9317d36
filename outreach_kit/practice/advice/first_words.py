"""How a profile and a speech begin: with the patient, and not with the résumé."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look, clinician_file
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.advice.text import quote, says
from outreach_kit.practice.people import Clinician

_CREDENTIALS: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:licensed|board[- ]certified|certified (?:in|by|as)|graduated from|doctorate|diploma"
        r"|(?:bachelor|master|doctoral)\S* degree|degrees? (?:in|from)|master’s in)\b"
    ),
    "es": (
        r"\b(?:licenciad[oa]|licenciatura|titulad[oa]|colegiad[oa]|doctorado|maestría|diplomad[oa]"
        r"|certificad[oa] (?:en|por)|me gradué)\b"
    ),
}
_RESUME: Final[Mapping[str, str]] = {
    "en": (
        r"^(?:my name is|i(?:’m| am) an? |i have (?:been|worked|practiced|over|more than|\d+ years)"
        r"|as an? (?:\w+[ -]){0,3}(?:therapist|psychologist|counselor|social worker|clinician)\b"
        r"|(?:with|for) (?:over |more than |nearly )?(?:\w+|\d+\+?) years\b"
        r"|(?:\w+ ){0,6}years of (?:clinical )?experience)"
    ),
    "es": (
        r"^(?:me llamo|mi nombre es|soy (?:una? )?(?:terapeuta|psicólog[oa]|psicoterapeuta"
        r"|consejer[oa]|trabajador[a]? social|licenciad[oa]|doctora?)|tengo (?:más de )?\w+ años"
        r"|(?:con|desde hace) (?:más de )?\w+ años)"
    ),
}


def _credentials_first(look: Look) -> Iterator[Problem]:
    yield from _resume_in_niche(look)
    for clinician in look.practice.clinicians:
        for texts in (clinician.profile, clinician.elevator_speech):
            for language, prose in texts.items():
                first = look.first_sentence(prose)
                if _names_one_of(clinician, first) or says(_CREDENTIALS, language, first):
                    yield look.at_sentence(
                        prose, first, f"The first sentence speaks of credentials: {quote(first)}",
                        "Begin with the patient; credentials are one line further down.",
                    )  # fmt: skip


def _resume_in_niche(look: Look) -> Iterator[Problem]:
    """The niche opens every page, card and letter, and is one sentence or two in all."""
    language = look.practice.language
    for clinician in look.practice.clinicians:
        niche = clinician.facts.niche
        found = says(_CREDENTIALS, language, niche) or says(_RESUME, language, niche)
        if found or _names_one_of(clinician, niche):
            yield look.at_key(
                clinician_file(clinician), ("niche",),
                f"The niche speaks of credentials: {quote(niche)}",
                "Say whom you help, and what changes for them; credentials have a line of their own.",
            )  # fmt: skip


def _names_one_of(clinician: Clinician, sentence: str) -> bool:
    """Whole and in its own case: “MA” is not in “Maria”."""
    return any(
        one in sentence and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", sentence)
        for one in clinician.facts.credentials
    )


def _resume_first(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        for language, prose in clinician.profile.items():
            first = look.first_sentence(prose)
            by_name = first.startswith((clinician.name, f"Dr. {clinician.name}"))
            if by_name or says(_RESUME, language, first):
                yield look.at_sentence(
                    prose, first, f"The profile begins with the clinician: {quote(first)}",
                    "Begin with the reader: what it is like, the week before they call you.",
                )  # fmt: skip


CHECKS: Final = (
    Check(
        Rule(
            "credentials-first",
            "a niche, or the first sentence of a profile or speech, speaks of a license, a degree or credentials",
            "People look for themselves first, and for your degrees later.",
        ),
        _credentials_first,
    ),
    Check(
        Rule(
            "resume-first",
            "a profile begins with the clinician: “I am a …”, “With twenty years …”, or the name",
            "Whoever recognizes themselves in the first line reads the second.",
        ),
        _resume_first,
    ),
)
