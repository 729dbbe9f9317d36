"""The list of colleagues who agreed to be named: it is a copy, and a copy grows old."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.colleagues_text import COLLEAGUES_FILE

FRESH_DAYS: Final = 90


def _old_list(look: Look) -> Iterator[Problem]:
    trusted = look.practice.trusted
    if trusted is None or not trusted.colleague:
        return
    age = (look.today - trusted.written_on).days
    if 0 <= age <= FRESH_DAYS:
        return
    what = (
        f"The list of colleagues was written {age} days ago."
        if age > 0
        else "The list of colleagues is dated in the future."
    )
    yield look.at_key(
        COLLEAGUES_FILE, ("written_on",), what,
        "Export it anew at the desk (Colleagues, On your website), and put it into the folder.",
    )  # fmt: skip


CHECKS: Final = (
    Check(
        Rule(
            "colleagues-old",
            f"colleagues.toml was written more than {FRESH_DAYS} days ago, or is dated in the future",
            "Somebody may have taken back that they are listed, or moved, since the desk was asked.",
        ),
        _old_list,
    ),
)
