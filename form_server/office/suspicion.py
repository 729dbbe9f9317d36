"""How much a submission looks like a machine's: points with their reasons, and one line between. Pure.

Suspicion refuses nothing and loses nothing. From the threshold on a referral is kept aside, with its
receipt, its seal and its clock; below it nobody is ever told of the points. No single habit of an
honest office reaches the threshold: not a browser that fills in too much, not a fast typist, not a
page that was open overnight. A flood alone does: more than a clinic can type in ten minutes is told
of in a batch, where one mail for each would bury the real ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

THRESHOLD: Final = 10
_MOST_FOR_A_CROWD: Final = 4
"""However busy it is: short of a flood, volume alone keeps nobody aside."""


class Hint(StrEnum):
    """What was noticed. The desk has a sentence for each, and they are sealed with the referral."""

    BAIT_TAKEN = "bait_taken"
    BAIT_FILLED_IN = "bait_filled_in"
    TOO_FAST = "too_fast"
    FAST = "fast"
    PAGE_OLD = "page_old"
    PAGE_FORGED = "page_forged"
    STRANGE_ORIGIN = "strange_origin"
    HIDDEN_ORIGIN = "hidden_origin"
    LINK = "link"
    LINKS = "links"
    LINK_FOR_NAME = "link_for_name"
    MARKUP = "markup"
    MIXED_LETTERS = "mixed_letters"
    REPETITION = "repetition"
    IMPOSSIBLE_PHONE = "impossible_phone"
    NOTE_GOES_ROUND = "note_goes_round"
    NOTE_FLOOD = "note_flood"
    SAME_NOTE = "same_note"
    BUSY_NETWORK = "busy_network"
    BUSY_OFFICE = "busy_office"
    NETWORK_FLOOD = "network_flood"
    OFFICE_FLOOD = "office_flood"
    KNOWN_OFFICE = "known_office"


_POINTS: Final = {
    # Nobody sees that field, and what a browser knows of its user was ruled out.
    Hint.BAIT_TAKEN: 10,
    Hint.BAIT_FILLED_IN: 2,
    # A person with a filled-in form may be quick; six answers in two seconds are pasted at best.
    Hint.TOO_FAST: 5,
    Hint.FAST: 2,
    Hint.PAGE_OLD: 1,
    Hint.PAGE_FORGED: 3,
    # Perhaps a site of the practice's own that the settings do not name, so never enough alone.
    Hint.STRANGE_ORIGIN: 4,
    Hint.HIDDEN_ORIGIN: 1,
    Hint.LINK: 3,
    Hint.LINKS: 6,
    Hint.LINK_FOR_NAME: 6,
    Hint.MARKUP: 4,
    Hint.MIXED_LETTERS: 4,
    Hint.REPETITION: 3,
    Hint.IMPOSSIBLE_PHONE: 3,
    Hint.NOTE_GOES_ROUND: 6,
    Hint.NOTE_FLOOD: 12,  # a campaign from everywhere at once; still not from a known office
    Hint.SAME_NOTE: 2,
    Hint.BUSY_NETWORK: 2,
    Hint.BUSY_OFFICE: 2,
    # Enough by itself, and even where a code speaks for it: with one, it takes far more to get here.
    Hint.NETWORK_FLOOD: 16,
    Hint.OFFICE_FLOOD: 16,
    Hint.KNOWN_OFFICE: -6,
}
_CROWD: Final = frozenset({Hint.SAME_NOTE, Hint.BUSY_NETWORK, Hint.BUSY_OFFICE})


@dataclass(frozen=True)
class Suspicion:
    """The hints in a fixed order, and what they come to; 0 when there is nothing to say."""

    hints: tuple[Hint, ...] = ()
    points: int = 0

    @property
    def keeps_aside(self) -> bool:
        return self.points >= THRESHOLD


TRUST: Final = Suspicion()


def weigh(noticed: Iterable[Hint]) -> Suspicion:
    """The points of what was noticed; a hint counts once, however often it was noticed."""
    found = frozenset(noticed)
    if not found:
        return TRUST
    hints = tuple(hint for hint in Hint if hint in found)
    crowd = sum(_POINTS[hint] for hint in hints if hint in _CROWD)
    others = sum(_POINTS[hint] for hint in hints if hint not in _CROWD)
    return Suspicion(hints, max(others + min(crowd, _MOST_FOR_A_CROWD), 0))
