"""A long list in pages of a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from outreach_kit.frozen import frozen

Thing = TypeVar("Thing")
PER_PAGE: Final = 24
"""Fills rows of two, three and four, and is read in a minute."""


@frozen
class Stretch(Generic[Thing]):
    """One page of a list; pages count from 1."""

    things: tuple[Thing, ...]
    page: int
    pages: int
    total: int
    """Of things, on all pages and beyond the last."""
    first: int
    """The place of the first thing here in the whole list, from 1; 0 in an empty list."""

    @property
    def last(self) -> int:
        return self.first + len(self.things) - 1 if self.things else 0

    @property
    def left(self) -> int:
        """How many no page shows; known on the last page only, 0 before it."""
        return self.total - self.last if self.page == self.pages else 0


def cut(
    things: Sequence[Thing], per_page: int = PER_PAGE, most_pages: int | None = None
) -> tuple[Stretch[Thing], ...]:
    """The list in pages, at least one; what lies beyond `most_pages` is only counted."""
    shown = things if most_pages is None else things[: per_page * most_pages]
    parts = [tuple(shown[at : at + per_page]) for at in range(0, len(shown), per_page)] or [()]
    return tuple(
        Stretch(part, place + 1, len(parts), len(things), place * per_page + 1 if part else 0)
        for place, part in enumerate(parts)
    )
