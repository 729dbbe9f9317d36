"""What nobody may be left without: words for a picture that they cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look, clinician_file
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.people import Clinician

_NO_DESCRIPTION: Final = re.compile(
    r"(?:(?:a |my )?(?:photo|picture|image|portrait|headshot)|(?:una |mi )?(?:foto|imagen|retrato))\W*"
    r"|.*\.(?:jpe?g|png|webp)",
    re.IGNORECASE,
)


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
            "portrait-alt",
            "a portrait has no description, or one that does not describe it",
            "Some people hear your page; they, too, would like to know whom they will meet.",
        ),
        _portraits,
    ),
)
