"""The niche: one sentence or two, and the same wherever it stands.

That it is no longer than two sentences is seen to when the folder is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import PRACTICE_FILE, Look, clinician_file
from outreach_kit.practice.advice.rule import Check, Rule


def _two_niches(look: Look) -> Iterator[Problem]:
    practice = look.practice
    of_practice = practice.identity.niche
    if practice.is_group or of_practice is None:
        return
    (clinician,) = practice.clinicians
    if _plain(of_practice) != _plain(clinician.facts.niche):
        yield look.at_key(
            PRACTICE_FILE, ("practice", "niche"),
            f"The practice has another niche here than {clinician.name} in {clinician_file(clinician)}.",
            "Delete this one; the clinician’s serves everywhere.",
        )  # fmt: skip


def _twins(look: Look) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for clinician in look.practice.clinicians:
        name = first.setdefault(_plain(clinician.facts.niche), clinician.name)
        if name != clinician.name:
            yield look.at_key(
                clinician_file(clinician), ("niche",), f"{name} has the same niche, word for word.",
                "Say what sends somebody to this clinician and not to the other.",
            )  # fmt: skip


def _plain(niche: str) -> str:
    return " ".join(niche.casefold().split())


CHECKS: Final = (
    Check(
        Rule(
            "niche-differs",
            "a practice of one clinician has one niche in practice.toml and another in clinician.toml",
            "An office remembers one sentence, and only if it always hears the same.",
        ),
        _two_niches,
    ),
    Check(
        Rule(
            "niche-twins",
            "two clinicians of a group have the same niche, word for word",
            "Where two say the same, an office cannot tell whom to send to whom.",
        ),
        _twins,
    ),
)
