"""Who suits one person, best first, and why. By the person's need alone. Pure.

`match.js` says the same in the browser, so that no answer leaves it; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.web.directory.facets import By, Directory, Entry

MOST_MATCHES: Final = 5
MOST_NEAR_MATCHES: Final = 3
MUST: Final = (By.NEED, By.AGE)
"""Who does not do this, or does not see people of that age, is no answer at all."""
SOFT: Final = (By.LANGUAGE, By.PLACE, By.PLAN)
"""What may be missing and is then said, the heaviest first: a plan can be paid around, and a way be
made, but not speech."""


@frozen
class Wish:
    """What was answered: slugs, empty where it does not matter or nobody knows."""

    need: str = ""
    age: str = ""
    language: str = ""
    plan: str = ""
    site: str = ""

    def asked(self, kinds: Iterable[By]) -> tuple[tuple[By, str], ...]:
        answers = ((by, str(getattr(self, by.value))) for by in kinds)
        return tuple((by, slug) for by, slug in answers if slug)


@frozen
class Match:
    entry: Entry
    meets: tuple[By, ...]
    misses: tuple[By, ...]


def find_matches(directory: Directory, wish: Wish) -> tuple[Match, ...]:
    """The few who fit all of it; or else the few who come nearest; empty when nobody can help.

    Among equals who has room comes first, and then the directory's own fair order decides.
    """
    found = [
        _weigh(entry, wish)
        for entry in directory.entries
        if all(entry.answers_to(by, slug) for by, slug in wish.asked(MUST))
    ]
    ranked = sorted(found, key=_rank)
    if whole := [one for one in ranked if not one.misses]:
        return tuple(whole[:MOST_MATCHES])
    return tuple(ranked[:MOST_NEAR_MATCHES])


def _weigh(entry: Entry, wish: Wish) -> Match:
    asked = wish.asked((*MUST, *SOFT))
    return Match(
        entry,
        meets=tuple(by for by, slug in asked if entry.answers_to(by, slug)),
        misses=tuple(by for by, slug in asked if not entry.answers_to(by, slug)),
    )


def _rank(match: Match) -> tuple[int, tuple[bool, ...], bool]:
    return (
        len(match.misses),
        tuple(by in match.misses for by in SOFT),
        not match.entry.has_room,
    )
