"""Offices by a part of their name: for whoever knows whom they mean, and not its code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from form_server.desk.patients.matching import fold

MOST_FOUND: Final = 12
LONGEST: Final = 80


class Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


_One = TypeVar("_One", bound=Named)


def find_named(typed: str, offices: Iterable[_One]) -> list[_One]:
    """Those whose code it is, or whose name has each of its words; who is called just so comes
    first. Empty for no words at all."""
    wanted = fold(typed[:LONGEST]).split()
    if not wanted:
        return []
    whole = " ".join(wanted)
    found = [
        one
        for one in offices
        if one.code.casefold() == typed.strip().casefold()
        or all(any(word.startswith(part) for word in fold(one.name).split()) for part in wanted)
    ]
    return sorted(found, key=lambda one: " ".join(fold(one.name).split()) != whole)
