"""What is wrong with a value: for whoever typed it, said by `complaints`; for whoever asks, a ValueError."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from outreach_kit.errors import say_key

Place = tuple[str | int, ...]
"""The way to a value through tables and lists, like `("fees", 0, "price")`."""


class Refused(ValueError):
    """A value that cannot be: `what` is wrong with it and what is `todo`, each a sentence."""

    def __init__(self, what: str, todo: str) -> None:
        self.what, self.todo = what, todo
        super().__init__(f"{what} {todo}")


class Fault(NamedTuple):
    """One thing that is wrong in a table. `kind` is one of those in `complaints`, or “refused”."""

    kind: str
    place: Place
    raw: object
    """What was written there."""
    context: Mapping[str, object]

    def __str__(self) -> str:
        where = say_key(".".join(map(str, self.place)))
        what = self.context.get("what", self.kind.replace("_", " "))
        return f"{where}: {what}" if where else str(what)


class Invalid(ValueError):
    """A table in which something is wrong; `faults` has all of it, and is never empty."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))
