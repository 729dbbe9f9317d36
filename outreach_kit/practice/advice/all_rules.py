"""Every rule that needs nothing but the practice folder, and what they find together."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice import (
    care,
    dates,
    first_words,
    listed,
    listeners,
    missing,
    niche,
    privacy,
    reading,
    reasons,
    sites,
    speech,
    trusted,
    unfinished,
)
from outreach_kit.practice.advice.look import PRACTICE_FILE, Look
from outreach_kit.practice.advice.rule import Advice, Check, Level, Rule
from outreach_kit.practice.advice.text_rules import TEXT_CHECKS
from outreach_kit.practice.model import Practice


def _in_all_texts(rule: Rule) -> Check:
    def find(look: Look) -> Iterator[Problem]:
        yield from look.found_in_texts(rule.name)
        if rule is reading.RULE:
            yield from reading.hard_notes(look)

    return Check(rule, find)


CHECKS: Final[tuple[Check, ...]] = (
    *niche.CHECKS,
    *speech.CHECKS,
    *first_words.CHECKS,
    *reasons.CHECKS,
    *dates.CHECKS,
    *trusted.CHECKS,
    *missing.CHECKS,
    *sites.CHECKS,
    *privacy.CHECKS,
    *care.CHECKS,
    *listeners.CHECKS,
    *unfinished.CHECKS,
    *listed.CHECKS,
    *(_in_all_texts(check.rule) for check in TEXT_CHECKS),
)
RULES: Final[tuple[Rule, ...]] = tuple(check.rule for check in CHECKS)


def advise(practice: Practice, today: dt.date) -> tuple[Advice, ...]:
    """Every finding that is not silenced, in the order of the files."""
    look = Look(practice, today)
    silenced = set(practice.facts.advice.silence)
    return in_order(
        check.rule.advice(problem)
        for check in CHECKS
        if check.rule.name not in silenced
        for problem in check.find(look)
    )


def in_order(findings: Iterable[Advice]) -> tuple[Advice, ...]:
    return tuple(sorted(findings, key=lambda one: (one.problem, one.rule)))


def find_bad_silences(practice: Practice, rules: Iterable[Rule]) -> Iterator[Problem]:
    """A problem for each name under `[advice] silence` that is no rule's, or that of an error."""
    by_name = {rule.name: rule for rule in rules}
    look: Look | None = None
    for place, name in enumerate(practice.facts.advice.silence):
        rule = by_name.get(name)
        if rule and rule.level is Level.ADVICE:
            continue
        look = look or Look(practice, dt.date.min)
        what, todo = (
            (f"“{name}” stops a build and cannot be silenced.", "Mend what it finds instead.")
            if rule
            else (f"There is no rule “{name}”.", _meant(name, by_name.values()))
        )
        yield look.at_key(PRACTICE_FILE, ("advice", "silence", place), what, todo)


def _meant(name: str, rules: Iterable[Rule]) -> str:
    known = sorted(one.name for one in rules if one.level is Level.ADVICE)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    return f"{hint}There are: {', '.join(known)}."
