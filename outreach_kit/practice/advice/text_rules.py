"""Every rule that needs nothing but one text, and what they find in it together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice import danger, reading, said_days
from outreach_kit.practice.advice.text import Text, TextCheck
from outreach_kit.practice.memo import recall_brief

TEXT_CHECKS: Final[tuple[TextCheck, ...]] = (
    *reading.TEXT_CHECKS,
    *said_days.CHECKS,
    *danger.CHECKS,
)

_YEAR: Final = re.compile(r"20\d\d")
Found = tuple[tuple[str, Problem], ...]
"""The rule's name with each of its findings."""


def find_in(text: Text) -> Found:
    """What all of them find in one text, in their order."""
    prose = text.prose
    # Only a text that names a year can have been overtaken by the day.
    day = text.today.isoformat() if _YEAR.search(prose.text) else ""
    rows = recall_brief(
        prose.text, f"found {text.language} {text.country} {day}", lambda: tuple(_rows(text))
    )
    return tuple(
        (rule, Problem(prose.file, prose.line + line, "", what, todo))
        for rule, line, what, todo in rows
    )


def _rows(text: Text) -> Iterator[tuple[str, int, str, str]]:
    """Plain values, the line counted from that on which the text begins."""
    for check in TEXT_CHECKS:
        for one in check.find(text):
            yield check.rule.name, one.line - text.prose.line, one.what, one.todo
