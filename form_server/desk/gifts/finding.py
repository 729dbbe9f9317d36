"""Offices by a part of their name: for whoever knows whom they mean, and not its code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    found = [one for one in offices if _is_meant(one, wanted)]
    return sorted(found, key=lambda one: fold(one.name).split() != wanted)


def _is_meant(one: Named, wanted: Sequence[str]) -> bool:
    if one.code.casefold().replace("-", " ").split() == wanted:
        return True
    words = fold(one.name).split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
