"""The clock that most of a state of the United States goes by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ZONES: Final[Mapping[str, str]] = {
    **dict.fromkeys(["WA", "OR", "CA", "NV"], "America/Los_Angeles"),
    **dict.fromkeys(["MT", "WY", "UT", "CO", "NM", "ID"], "America/Denver"),
    **dict.fromkeys(["ND", "SD", "NE", "KS", "OK", "TX", "MN", "IA", "MO"], "America/Chicago"),
    **dict.fromkeys(["AR", "LA", "WI", "IL", "MS", "AL", "TN"], "America/Chicago"),
    "AZ": "America/Phoenix",
    "AK": "America/Anchorage",
    "HI": "Pacific/Honolulu",
    "PR": "America/Puerto_Rico",
}


def zone_of(state: str) -> str:
    """Its IANA name; Eastern time for the others."""
    return _ZONES.get(state, "America/New_York")
