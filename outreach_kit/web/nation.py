"""The country whose crisis lines, relay and 911 we know; of another we say nothing that may be wrong."""

from __future__ import annotations

from typing import Final

from outreach_kit.practice import Practice

NATION: Final = "US"


def in_nation(practice: Practice) -> bool:
    return practice.address.country == NATION


def has_resources(practice: Practice) -> bool:
    """Whether a page of further help has anything to name."""
    listed = practice.trusted is not None and bool(practice.trusted.colleague)
    return in_nation(practice) or bool(practice.lines) or listed
