"""How a column is guarded, how long a row stays, and who reads it: the words of the map of what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class Guard(Enum):
    SEALED = "sealed"
    SERVER = "server"
    LOCKED = "locked"
    HASHED = "hashed"
    CLEAR = "clear"
    UNSAID = "unsaid"


class Kept(Enum):
    """How long a row stays; the words are those of the map."""

    REFERRAL = "as retention says"
    ALWAYS = "For ever; nothing in it names a patient"
    PRACTICE = "Until you change or remove it"
    MINUTES = "Minutes to a day, then it goes by itself"
    SESSION = "Until signed out, idle for 15 minutes, or 12 hours"


@dataclass(frozen=True)
class Entry:
    what: str
    guards: Mapping[str, Guard]
    kept: Kept
    who: str


WHOEVER_OPENS: Final = "Who holds the inbox’s key"
DESK: Final = "Who signs in"
OWNERS: Final = "Owners"
SERVER: Final = "The server alone"


def entry(
    what: str,
    kept: Kept,
    who: str,
    *,
    clear: str = "",
    sealed: str = "",
    server: str = "",
    locked: str = "",
    hashed: str = "",
) -> Entry:
    said = {
        Guard.SEALED: sealed, Guard.SERVER: server, Guard.LOCKED: locked, Guard.HASHED: hashed,
        Guard.CLEAR: clear,
    }  # fmt: skip
    guards = {column: guard for guard, columns in said.items() for column in columns.split()}
    return Entry(what, MappingProxyType(guards), kept, who)
