"""Sentences until a field is full: cut where a sentence ends, and counted as a directory counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from outreach_kit.frozen import frozen

PARAGRAPH: Final = "\n\n"
LINE: Final = "\n"
_CUT: Final = "…"

Paragraphs = Sequence[Sequence[str]]
"""Paragraphs of sentences."""


@frozen
class Fitted:
    """`text` as it can be pasted; `left_out` counts the sentences that did not fit."""

    text: str
    left_out: int = 0

    @property
    def characters(self) -> int:
        return count_characters(self.text)

    @property
    def words(self) -> int:
        return count_words(self.text)


def count_characters(text: str) -> int:
    """As a browser's field counts them at the worst: an emoji as two, and so a line's end."""
    return len(text.encode("utf-16-le")) // 2 + text.count("\n")


def count_words(text: str) -> int:
    return len(text.split())


def fit(
    paragraphs: Paragraphs,
    characters: int | None = None,
    words: int | None = None,
    *,
    between: str = PARAGRAPH,
) -> Fitted:
    """As many whole sentences as fit, from the first on; a first one that is too long is cut at a word.

    `between` stands between two paragraphs. One of which no more than a first sentence would fit is
    left out whole: that sentence announces what then does not come.
    """
    kept: list[list[str]] = []
    wanted = [list(one) for one in paragraphs if one]
    for paragraph in wanted:
        room = _most(kept, paragraph, lambda text: _holds(text, characters, words), between)
        if room == len(paragraph):
            kept.append(paragraph)
            continue
        if room > 1 or (room and not kept):
            kept.append(paragraph[:room])
        elif not kept:
            return Fitted(_cut(paragraph[0], characters, words), sum(map(len, wanted)))
        break
    left_out = sum(map(len, wanted)) - sum(map(len, kept))
    return Fitted(_join(kept, between), left_out)


def _most(
    kept: Sequence[Sequence[str]],
    paragraph: Sequence[str],
    holds: Callable[[str], bool],
    between: str,
) -> int:
    """How many of the paragraph's first sentences still fit after what is kept."""
    for count in range(len(paragraph), 0, -1):
        if holds(_join([*kept, paragraph[:count]], between)):
            return count
    return 0


def _join(paragraphs: Paragraphs, between: str) -> str:
    return between.join(" ".join(one) for one in paragraphs)


def _holds(text: str, characters: int | None, words: int | None) -> bool:
    return (characters is None or count_characters(text) <= characters) and (
        words is None or count_words(text) <= words
    )


def _cut(sentence: str, characters: int | None, words: int | None) -> str:
    """Up to the last word that leaves room for the sign that something is missing."""
    kept = sentence.split()
    while kept and not _holds(_end(kept), characters, words):
        kept.pop()
    return _end(kept)


def _end(words: Sequence[str]) -> str:
    return " ".join(words).rstrip(",;:–—- ") + _CUT if words else ""
