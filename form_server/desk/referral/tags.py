"""What stands in clear beside a referral and must be seen before it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.ledger import Referral


@dataclass(frozen=True)
class Tag:
    """`tone` is a class name in the style sheet."""

    text: str
    tone: str


DAMAGED: Final = Tag("Damaged in part: run doctor", "alert")
"""For a row of the ledger that means nothing in places; what is shown there is a guess."""
_TAGS: Final = {
    "read_first": Tag("Read first", "alert"),
    "quarantine": Tag("Kept aside: looks automatic", "quiet"),
    "drill": Tag("Drill, not a patient", "quiet"),
}


def tags_of(referral: Referral) -> tuple[Tag, ...]:
    """In a fixed order, whatever the order of the flags."""
    known = tuple(tag for flag, tag in _TAGS.items() if flag in referral.flags)
    return (DAMAGED, *known) if referral.damage else known
