"""A page that does not hold: what to cut, measured by the typesetter itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from outreach_kit.errors import ContentError, Problem
from outreach_kit.frozen import frozen
from outreach_kit.paper.views.frame import Place, SheetView
from outreach_kit.practice import Practice

_PASSAGES_NAMED: Final = 2


@frozen
class Overflow:
    """One frame of a sheet that does not hold at the smallest type.

    `keep` says how many items of each list would stand if the frame is to hold; with all of them
    cut so far it is still `left_mm` too long (0 when cutting is enough).
    """

    frame: str
    size_pt: float
    over_mm: float
    left_mm: float
    keep: Mapping[str, int]


class SheetTooLong(ContentError):
    """The sheet does not fit at 10 pt; `problems` say what to cut, and where it stands."""

    def __init__(
        self, sheet: str, overflows: Sequence[Overflow], problems: Sequence[Problem]
    ) -> None:
        self.sheet = sheet
        self.overflows = tuple(overflows)
        super().__init__(problems)


def read_overflows(reports: Sequence[Mapping[str, Any]]) -> tuple[Overflow, ...]:
    """The frames that do not hold, from the records that the typesetter left behind."""
    return tuple(
        Overflow(
            frame=str(report["name"]),
            size_pt=float(report["size_pt"]),
            over_mm=float(report["over_mm"]),
            left_mm=float(report["left_mm"]),
            keep={str(key): int(count) for key, count in report["keep"].items()},
        )
        for report in reports
        if report["kind"] == "fit" and report["over_mm"] > 0
    )


def too_long(
    filename: str, overflows: Sequence[Overflow], view: SheetView, practice: Practice
) -> SheetTooLong:
    """The error that names each list with the number of lines to cut, or the longest texts."""
    problems = [
        problem
        for overflow in overflows
        for problem in _problems(filename, overflow, view, practice)
    ]
    return SheetTooLong(filename, overflows, problems)


def _problems(
    filename: str, overflow: Overflow, view: SheetView, practice: Practice
) -> Iterator[Problem]:
    over, left = math.ceil(overflow.over_mm), math.ceil(overflow.left_mm)
    what = f"{filename} is {over} mm too long at {overflow.size_pt:g} pt."
    total = view.data["lists"]

    def complain(place: Place, todo: str) -> Problem:
        return place.home(practice).problem(practice.folder, what, todo)

    if left == 0:
        for key, place in view.lists.items():
            kept = overflow.keep.get(key, total.get(key, 0))  # a list in another frame stays whole
            if cut := total.get(key, 0) - kept:
                yield complain(place, f"Cut {cut} of {total[key]} lines.")
        return
    words = _printed_words(view.data)
    shown = [one for one in view.passages if all(part in words for part in one.text.split(", "))]
    # A text that is set block by block is nowhere whole; where nothing else can be named, it is.
    named = shown or ([] if view.lists else view.passages)
    longest = sorted(named, key=lambda passage: -len(passage.text))[:_PASSAGES_NAMED]
    for passage in longest:
        even = "even with every list cut to one line " if any(total.values()) else ""
        todo = f"Shorten these {len(passage.text)} characters: {even}it is {left} mm too long."
        yield complain(passage.place, todo)
    if not longest:
        for key, place in view.lists.items():
            yield complain(place, f"Shorten the longest of its {total.get(key)} lines.")


def _printed_words(value: Any) -> str:
    """Every text that a sheet is given, one a line, without the leave to break that it was set with:
    to ask for a shorter text that is not on the sheet would help nobody."""
    match value:
        case str():
            return value.replace("\u200b", "")
        case Mapping():
            return "\n".join(_printed_words(inner) for inner in value.values())
        case list() | tuple():
            return "\n".join(_printed_words(inner) for inner in value)
        case _:
            return ""
