"""What a rule is, and what it says when it has found something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from outreach_kit.errors import Problem
from outreach_kit.frozen import frozen

if TYPE_CHECKING:
    from outreach_kit.practice.advice.look import Look


class Level(StrEnum):
    ERROR = "error"
    """Stops the build: what would be published is wrong."""
    ADVICE = "advice"
    """Is printed; the owner may know better, and silence it."""


@frozen
class Rule:
    """One rule by its name, which stands in people's `practice.toml` and therefore stays."""

    name: str
    finds: str
    """What it finds, to be read after “this is told when”."""
    why: str
    """Why it matters: one sentence."""
    level: Level = Level.ADVICE

    def name_in(self, problem: Problem) -> Problem:
        """The problem, saying which rule found it and why it matters."""
        return replace(problem, rule=self.name, why=self.why)

    def advice(self, problem: Problem) -> Advice:
        return Advice(self.name, self.name_in(problem), self.why, self.level)


@frozen
class Check:
    """A rule together with what looks for it in a practice."""

    rule: Rule
    find: Callable[[Look], Iterable[Problem]]


@frozen
class Advice:
    """One finding of one rule: where, what, what to do, and why it matters (one sentence)."""

    rule: str
    problem: Problem
    why: str
    level: Level = Level.ADVICE
