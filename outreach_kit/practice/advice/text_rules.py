"""Every rule that needs nothing but one text, and what they find in it together."""

from __future__ import annotations

from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice import danger, reading, said_days
from outreach_kit.practice.advice.text import Text, TextCheck

TEXT_CHECKS: Final[tuple[TextCheck, ...]] = (
    *reading.TEXT_CHECKS,
    *said_days.CHECKS,
    *danger.CHECKS,
)

Found = tuple[tuple[str, Problem], ...]
"""The rule's name with each of its findings."""


def read_text(text: Text) -> Found:
    return tuple((check.rule.name, one) for check in TEXT_CHECKS for one in check.find(text))
