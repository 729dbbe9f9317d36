"""The errors that a person is meant to read; anything else is a bug and shows its traceback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class HandoffError(Exception):
    """Base of every error that is somebody's to mend: its text says what, where, and what to do."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a practice folder.

    `file` is relative to the practice folder, with forward slashes; `line` counts from 1, or is 0
    when the problem belongs to the file as a whole; `key` is the dotted TOML key, or empty. `rule` and
    `why` are told when a rule with a name of its own has found it.
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
        key = f" {self.key}:" if self.key else ""
        return f"{place}:{key} {self.what} {self.todo}".rstrip()


class ContentError(HandoffError):
    """The practice folder cannot be built as it stands; `problems` is sorted and never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(HandoffError):
    """The command line or a setting asks for something that cannot be."""


class MachineError(HandoffError):
    """The machine failed: a full disk, a font that cannot be read, a port that is taken."""
