"""One text of the owner's as the rules read it: aloud, line by line, sentence by sentence.

Light, as are the rules that need no more than this: a build that looks at one changed text imports them
and not the model.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.frozen import frozen
from outreach_kit.practice.advice.rule import Rule
from outreach_kit.practice.memo import recall
from outreach_kit.practice.prose import Node, parse_prose, plain_text
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.writings import Prose

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HOLD_LINES: Final = HEADINGS | {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
}
_SHOWN_WORDS: Final = 4
"""So many words of a sentence find its line; more would rather meet a line's end or a bold word."""


@frozen
class Text:
    """What patients read of the owner's words: where it stands, and what one has to know to judge it."""

    prose: Prose
    language: str
    today: dt.date
    country: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for _, line in lines_in(self.prose))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What a reader reads, sentence by sentence; a heading and a list's line end one."""
        return tuple(one for line in self.lines for one in split_sentences(line))

    @cached_property
    def whole(self) -> str:
        """All of it in one line."""
        return plain_text(parse_prose(self.prose.text))

    def has_one_of(self, beginnings: Iterable[str]) -> bool:
        """Whether a pattern that holds one of these can be found at all; in small letters."""
        return any(one in self.small for one in beginnings)

    @cached_property
    def small(self) -> str:
        """The lines in small letters: what is not in them cannot be in the whole."""
        return "\n".join(self.lines).lower()

    def at_sentence(self, sentence: str, what: str, todo: str) -> Problem:
        """A problem on the line on which the sentence begins."""
        return Problem(self.prose.file, line_in(self.prose, sentence), "", what, todo)


class PlainText(Text):
    """The same of a line that no page takes for Markdown: what would be markup there is read as it stands."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return (self.whole,)

    @cached_property
    def whole(self) -> str:
        return " ".join(self.prose.text.split())


@frozen
class TextCheck:
    """A rule together with what looks for it in one text."""

    rule: Rule
    find: Callable[[Text], Iterable[Problem]]


def whole_of(text: str) -> str:
    """All of a text in one line; known before where somebody has asked."""
    return recall(text, "whole", lambda: plain_text(parse_prose(text)))


def lines_of(text: str) -> Sequence[tuple[str, str]]:
    """As `lines_in`, and known before where somebody has asked."""
    return recall(text, "lines", lambda: tuple(_lines_of(parse_prose(text))))


def lines_in(prose: Prose) -> Sequence[tuple[str, str]]:
    """The tag and text of each paragraph, heading and line of a list, in reading order."""
    return _lines_of(parse_prose(prose.text))


def _lines_of(block: Node) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []

    def collect(block: Node) -> None:
        own: Node = block[:2]
        inner: list[Node] = []
        for child in block[2:]:
            (inner if isinstance(child, list) and child[0] in _HOLD_LINES else own).append(child)
        if len(own) > 2 and (line := plain_text(own)):
            lines.append((block[0], line))
        for one in inner:
            collect(one)

    collect(block)
    return lines


def says(patterns: Mapping[str, str], language: str, text: str) -> bool:
    """Whether the pattern of that language (“es” for “es-MX”) is in the text; never in other languages.

    Patterns are compiled when they are first asked for: most practices speak one language.
    """
    pattern = patterns.get(main_form(language))
    return pattern is not None and re.search(pattern, text, re.IGNORECASE) is not None


def main_form(language: str) -> str:
    """“es” for “es-MX”."""
    return language.split("-")[0]


def quote(sentence: str, most: int = 60) -> str:
    """The sentence in quotes, cut at a word when it is long."""
    if len(sentence) > most:
        sentence = sentence[:most].rsplit(" ", 1)[0] + " …"
    return f"“{sentence}”"


def line_in(prose: Prose, sentence: str) -> int:
    """The line of the file on which the sentence begins."""
    words = re.findall(r"\w+", sentence)[:_SHOWN_WORDS]
    found = re.search(r"\W+".join(map(re.escape, words)), prose.text) if words else None
    return prose.line + (prose.text.count("\n", 0, found.start()) if found else 0)
