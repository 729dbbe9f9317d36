"""What was found out about each text before: kept by the text's own hash, in this build or an earlier one.

Parsing is nine tenths of a build, and everything that is asked of a text follows from the text alone and
from what is asked. A memo changes no answer, only when it is worked out; without one all is worked out anew.
"""

from __future__ import annotations

import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from outreach_kit.kept import read_kept, write_kept

if TYPE_CHECKING:
    from typing import Any

Answer = TypeVar("Answer")
Brief = tuple[tuple[str, "Any"], ...]
"""Questions and short answers."""
HELD = 200
"""Texts whose answers are in memory at once: a few thousand would be a hundred megabytes."""


class Memo:
    """A folder of answers. `salt` names the code that answers: other code, other answers."""

    def __init__(self, folder: str, salt: str) -> None:
        from hashlib import sha256  # late: 5 ms, and who parses one text has no memo

        self._sha256 = sha256
        self._folder = folder
        self._salt = salt.encode()
        self._held: OrderedDict[bytes, dict[str, Any]] = OrderedDict()
        self._unsaved: set[bytes] = set()
        self._brief: dict[bytes, Brief] = {}
        self._alike: dict[Brief, Brief] = {}
        self._last = ("", b"")

    def recall(self, text: str, question: str, work_out: Callable[[], Answer]) -> Answer:
        """The answer, which must be a plain value."""
        key = self._key(text)
        answers = self._answers(key)
        if question not in answers:
            answers[question] = work_out()
            self._unsaved.add(key)
        answer: Answer = answers[question]
        return answer

    def recall_brief(self, text: str, question: str, work_out: Callable[[], Answer]) -> Answer:
        """The same for an answer so short that it stays in memory."""
        key = self._key(text)
        for asked, known in self._brief.get(key, ()):
            if asked == question:
                brief: Answer = known
                return brief
        answer = self.recall(text, question, work_out)
        self._keep_brief(key, {question: answer})
        return answer

    def _keep_brief(self, key: bytes, answers: Mapping[str, Any]) -> None:
        """Of thousands of texts most have no fault and lead to the same places: they share what is kept."""
        known = dict(self._brief.get(key, ()))
        known.update((sys.intern(question), answer) for question, answer in answers.items())
        brief = tuple(known.items())
        self._brief[key] = self._alike.setdefault(brief, brief)

    def knows(self, text: str) -> bool:
        """Whether anything is kept about the text; of one that is new nothing is looked for later."""
        key = self._key(text)
        if os.path.exists(self._path(key)):  # noqa: PTH110 - thousands are asked
            return True
        self._hold(key, {})
        return False

    def save(self) -> None:
        for key in sorted(self._unsaved):
            write_kept(self._path(key), self._held[key])
        self._unsaved.clear()

    def _answers(self, key: bytes) -> dict[str, Any]:
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        path = self._path(key)
        answers: dict[str, Any] = read_kept(path) or {}
        self._hold(key, answers)
        if answers:
            with suppress(OSError):
                os.utime(path)  # the age by which it is forgotten
        # Long ones are strings: a page as HTML.
        self._keep_brief(
            key, {one: said for one, said in answers.items() if not isinstance(said, str)}
        )
        return answers

    def _hold(self, key: bytes, answers: dict[str, Any]) -> None:
        while len(self._held) >= HELD:
            oldest, written = self._held.popitem(last=False)
            if oldest in self._unsaved:
                self._unsaved.discard(oldest)
                write_kept(self._path(oldest), written)
        self._held[key] = answers

    def _key(self, text: str) -> bytes:
        """A text is mostly asked about several times in turn."""
        if text is not self._last[0]:
            whole = self._salt + text.encode("utf-8", "surrogatepass")
            self._last = (text, self._sha256(whole).digest())
        return self._last[1]

    def _path(self, key: bytes) -> str:
        name = key.hex()
        return f"{self._folder}/{name[:1]}/{name[1:]}"


_memo: Memo | None = None


@contextmanager
def remembering(memo: Memo) -> Iterator[Memo]:
    """Within it, what is asked of a text is looked up first; at its end, what is new is saved."""
    global _memo
    before, _memo = _memo, memo
    try:
        yield memo
    finally:
        _memo = before
        memo.save()


def recall(text: str, question: str, work_out: Callable[[], Answer]) -> Answer:
    return work_out() if _memo is None else _memo.recall(text, question, work_out)


def recall_brief(text: str, question: str, work_out: Callable[[], Answer]) -> Answer:
    return work_out() if _memo is None else _memo.recall_brief(text, question, work_out)
