"""The errors that a person is meant to read; anything else is a bug and shows its traceback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


class HandoffError(Exception):
    """Base of every error that is somebody's to mend: its text says what, where, and what to do."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a practice folder.

    `file` is relative to the practice folder, with forward slashes; `line` counts from 1, or is 0
    when the problem belongs to the file as a whole; `key` is the dotted TOML key, or empty: what is in
    a list is counted from 0 in it, as programs do, and in words when it is told. `rule` and `why` are
    told when a rule with a name of its own has found it.
    """

    file: str
    line: int
    key: str
    what: str
    todo: str
    rule: str = ""
    why: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {say_key(self.key)}:" if self.key else ""
        return f"{place}:{key} {self.what} {self.todo}".rstrip()


def say_key(key: str) -> str:
    """“price in the first of fees” for `fees.0.price`: people count from one."""
    said: list[str] = []
    names: list[str] = []
    for part in key.split("."):
        if not part.isdecimal():
            names.append(part)
            continue
        where = ".".join(names) or (said.pop() if said else "all")
        said.append(f"the {_ordinal(int(part))} of {where}")
        names = []
    if names:
        said.append(".".join(names))
    return " in ".join(reversed(said))


def _ordinal(place: int) -> str:
    """“third” for 2, “12th” for 11, “21st” for 20."""
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    number = place + 1
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


class ContentError(HandoffError):
    """The practice folder cannot be built as it stands; `problems` is sorted and never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(HandoffError):
    """The command line or a setting asks for something that cannot be."""


class MachineError(HandoffError):
    """The machine failed: a full disk, a font that cannot be read, a port that is taken."""
