"""Rules that need more than the practice folder: colours, calendars, the sample, the site’s pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from outreach_kit.practice import Practice
from outreach_kit.practice.advice import RULES, Advice, Level, Rule, in_order

ACCENT: Final = Rule(
    "accent-pale",
    "the accent of [brand] has too little contrast to be read on white",
    "Links and headings that cannot be made out are not followed.",
    Level.ERROR,
)
HOLIDAYS: Final = Rule(
    "holidays-unknown",
    "nobody has a list of the holidays of the place that [hours] names",
    "A promise that is counted over a holiday is broken on it.",
    Level.ERROR,
)
SAMPLE: Final = Rule(
    "sample-left",
    "a name, number or sentence of the sample stands in a practice of somebody’s own",
    "It is not true of you, and an office would act on it.",
    Level.ERROR,
)
DEAD_LINK: Final = Rule(
    "dead-link",
    "a link in your words leads to no page of this site",
    "Whoever meets a missing page does not look for the right one.",
    Level.ERROR,
)
DEAD_ANCHOR: Final = Rule(
    "dead-anchor",
    "a link in your words leads to a place (“#…”) that its page does not have",
    "The reader lands at the top of a page and has to search.",
)
WORDLESS: Final = Rule(
    "words-missing",
    "a language of the practice is one that the program does not speak",
    "Headings, buttons and the form are half of what a person reads.",
)
ALL_RULES: Final[tuple[Rule, ...]] = (
    *RULES,
    DEAD_LINK,
    DEAD_ANCHOR,
    WORDLESS,
    ACCENT,
    HOLIDAYS,
    SAMPLE,
)


def together(practice: Practice, *findings: Iterable[Advice]) -> tuple[Advice, ...]:
    """All of them in the order of the files, without what is silenced."""
    silenced = set(practice.facts.advice.silence)
    return in_order(one for some in findings for one in some if one.rule not in silenced)
