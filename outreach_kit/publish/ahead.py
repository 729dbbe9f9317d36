"""Changed texts, parsed by a copy of this process while this one loads what it needs to use them.

To load the parser takes as long as all else that a build does to renew the words of a page. Nothing depends
on it: a text that no copy has parsed is parsed when its tree is asked for.

Imports next to nothing, so that the copy begins at once.
"""

from __future__ import annotations

import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # see outreach_kit.kept
    from collections.abc import Sequence

    from outreach_kit.practice.prose import Node

_TEXT = ".md"
_MOST = 3
"""More are soon parsed by one process that has loaded the parser, and a build of all has two of them."""


class Ahead:
    """A copy at work. Whoever begins one calls `finish`, or `leave` when nobody wants the trees."""

    def __init__(self, changed: Sequence[str]) -> None:
        self._worker = self._pipe = 0
        if _pays(changed):
            reading, writing = os.pipe()
            self._worker, self._pipe = os.fork(), reading
            if self._worker == 0:
                os.close(reading)
                _work(changed, writing)
            os.close(writing)

    def finish(self) -> dict[str, Node]:
        """The trees by their texts; waits for them. Empty when they could not be had."""
        if not self._worker:
            return {}
        with open(self._pipe, "rb", closefd=False) as file:
            raw = file.read()
        trees: dict[str, Node] = marshal.loads(raw) if self.leave() == 0 else {}  # noqa: S302 - our own
        return trees

    def leave(self) -> int:
        """Lets the copy go, and says how it ended."""
        if not self._worker:
            return 0
        os.close(self._pipe)
        _, status = os.waitpid(self._worker, 0)
        self._worker = 0
        return status


def _pays(changed: Sequence[str]) -> bool:
    return (
        sys.platform == "linux"
        and 0 < len(changed) <= _MOST
        and all(path.endswith(_TEXT) for path in changed)
        and len(os.sched_getaffinity(0)) > 1
    )


def _work(changed: Sequence[str], pipe: int) -> None:
    """Never returns: what the process would do besides is not the copy's."""
    code = 1
    try:
        from outreach_kit.practice.front import read_text, split_front
        from outreach_kit.practice.prose import parse_prose  # the parser; for this there is a copy

        texts = [split_front(read_text(path) or "").body for path in changed]
        trees = {text: parse_prose(text) for text in texts}
        with open(pipe, "wb") as file:
            file.write(marshal.dumps(trees))
        code = 0
    finally:
        os._exit(code)
