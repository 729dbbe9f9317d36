"""What a build did, told to a person and to a program."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_kit.frozen import frozen

if TYPE_CHECKING:
    from outreach_kit.practice.advice.rule import Advice
    from outreach_kit.publish.bodies import Around, Packed
    from outreach_kit.publish.manifest import Manifest

_FRONT_PAGES = ("index.html", "offices/index.html")


@dataclass
class Stopwatch:
    """Milliseconds by step, in the order in which the steps began."""

    steps_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            took = (time.perf_counter() - began) * 1000
            self.steps_ms[name] = round(self.steps_ms.get(name, 0.0) + took, 1)

    @property
    def total_ms(self) -> float:
        return round(sum(self.steps_ms.values()), 1)


@frozen
class BuildResult:
    """Counts, names and times, in the order in which files were made.

    `written` names files relative to `out`, the site; `printed` relative to `prints`, what the practice
    prints for itself.
    """

    out: Path
    prints: Path
    pages: int
    sheets: int
    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    advice: tuple[Advice, ...]
    watch: Stopwatch
    printed: tuple[str, ...] = ()
    checked_only: bool = False
    left_out: int = 0
    """So many clinicians' own sheets were not printed, because nobody asked for them."""
    bodies: Mapping[str, Packed] = field(default_factory=dict, repr=False)
    """What is known of the words of the owner's pages, by their files."""
    manifests: Mapping[Path, Manifest] = field(default_factory=dict, repr=False)
    """What was written down of each folder."""
    around: Around | None = field(default=None, repr=False)
    lies_in: str = ""
    """The folder of its domain that the site lies in: empty, or like `/therapy`."""

    def as_json(self) -> dict[str, object]:
        return {
            "ok": True,
            "fresh": False,
            "checked_only": self.checked_only,
            "out": str(self.out),
            "prints": str(self.prints),
            "pages": self.pages,
            "sheets": self.sheets,
            "written": len(self.written) + len(self.printed),
            "kept": self.kept,
            "removed": len(self.removed),
            "clinicians_left_out": self.left_out,
            "made": list(self.written),
            "printed": list(self.printed),
            "advice": self.advice_rows(),
            "steps_ms": self.watch.steps_ms,
            "total_ms": self.watch.total_ms,
        }

    def advice_rows(self) -> list[dict[str, object]]:
        """Each finding as plain values, for programs and for a later build."""
        return [
            {
                "rule": one.rule,
                "level": one.level.value,
                "file": one.problem.file,
                "line": one.problem.line,
                "key": one.problem.key,
                "what": one.problem.what,
                "why": one.why,
                "todo": one.problem.todo,
            }
            for one in self.advice
        ]

    def summary(self) -> dict[str, object]:
        """What a later build says when nothing changed; what was advised then is advised still."""
        return {
            "advice": self.advice_rows(),
            "out": str(self.out),
            "prints": str(self.prints),
            "pages": self.pages,
            "sheets": self.sheets,
        }

    def sentence(self) -> str:
        made = (
            f"{self.pages} pages and {self.sheets} sheets"
            if self.pages
            else f"{self.sheets} sheets"
        )
        if self.checked_only:
            count = len(self.advice)
            told = f"{count} piece{'s' * (count != 1)} of advice" if count else "all is well"
            return f"Checked {made}: {told} ({self.watch.total_ms:.0f} ms). Nothing was written."
        count = len(self.written) + len(self.printed)
        changes = f"{count} files written, {self.kept} as they were"
        gone = f", {len(self.removed)} removed" if self.removed else ""
        done = f"{made}; {changes}{gone} ({self.watch.total_ms:.0f} ms)."
        where = self.out if self.written or self.pages else self.prints
        if not self.sheets:
            return f"{where}: {done}"
        front = f"{where}: {done}\nTo print: {self._front_page()}"
        if not self.left_out:
            return front
        return (
            f"{front}\nThe own sheets of {self.left_out} clinicians were left out. Print them with "
            "--person NAME, or one sheet for all with --only SHEET."
        )

    def _front_page(self) -> Path:
        """What to open: the page of what was just made, the one sheet, or the folder."""
        made = next((page for page in _FRONT_PAGES if page in self.printed), None)
        if made is None and len(self.printed) == 1:
            made = self.printed[0]
        if made is None:
            made = next((page for page in _FRONT_PAGES if (self.prints / page).is_file()), ".")
        return self.prints / made
