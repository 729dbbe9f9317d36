"""Do talks and audiences know to whom they speak?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.audiences import Audience


def _talks(look: Look) -> Iterator[Problem]:
    if len(look.practice.audiences) < 2:
        return
    for place, training in enumerate(look.practice.trainings):
        if not training.audiences:
            yield look.at_key(
                "trainings.toml", ("training", place), f"The talk “{training.title}” is for nobody in particular.",
                "Name its audiences, by their slugs; all of them, if it is for all.",
            )  # fmt: skip


def _people(look: Look) -> Iterator[Problem]:
    everybody = look.practice.audiences
    for place, audience in enumerate(everybody):
        said = " ".join(_texts(audience))
        if not said or _speaks_of(audience, said):
            continue
        others = [one for one in everybody if one.people != audience.people]
        if other := next((one for one in others if _speaks_of(one, said)), None):
            yield look.at_key(
                "audiences.toml", ("audience", place),
                f"{audience.name} are told of “{other.people}”, and never of “{audience.people}”.",
                f"Say “{audience.person}” where their people are meant, or change person and people.",
            )  # fmt: skip


def _texts(audience: Audience) -> Iterator[str]:
    yield from filter(None, (audience.opening, audience.say))
    yield from (*audience.refer_when, *audience.how)


def _speaks_of(audience: Audience, text: str) -> bool:
    words = "|".join(map(re.escape, (audience.person, audience.people)))
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) is not None


CHECKS: Final = (
    Check(
        Rule(
            "talk-audience",
            "a talk names no audience although there are several",
            "Whoever plans a team meeting looks for the talk that was made for them.",
        ),
        _talks,
    ),
    Check(
        Rule(
            "people-word",
            "an audience’s texts speak of another audience’s people and never of its own",
            "A school that reads “patients” knows that the page was written for somebody else.",
        ),
        _people,
    ),
)
