"""Python-Markdown as this house uses it: the tree is kept, HTML is text, and nothing is written.

Loading it takes 40 ms, so it is imported by whoever has found a text that nobody has parsed before.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown.inlinepatterns import Pattern

_HEADING: Final = re.compile(
    r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)"
)
"""By default “#1 rule” at the start of a line is a heading; this asks for a blank after the hashes."""
_SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("[",),
    "link": ("[",),
    "short_reference": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  ", "\t"),
    "em_strong": ("*", "_"),
}
"""What must stand in a text for a pattern to be found in it. One that is not here is always looked for."""


class _Settle(Treeprocessor):
    """Runs before the patterns are looked for, and takes the pieces without any sign for settled.

    In most of a text's lines there is nothing to find, and to look is a third of the work.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        signs = {sign for signs in _SIGNS.values() for sign in signs}
        self._has_sign = re.compile("|".join(map(re.escape, sorted(signs)))).search

    def run(self, root: Element) -> None:
        has_sign = self._has_sign
        for element in root.iter():
            if (text := element.text) and not has_sign(text):
                element.text = AtomicString(text)
            if (tail := element.tail) and not has_sign(tail):
                element.tail = AtomicString(tail)


class _Keep(Treeprocessor):
    """Runs last and keeps the tree; serialising is left to our own writers."""

    kept: Element | None = None

    def run(self, root: Element) -> None:
        self.kept = root


class Parser:
    """May be asked again and again, and by several threads in turn. Building one costs 10 ms."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._md = markdown.Markdown(extensions=[TableExtension(), SaneListExtension()])
        self._keep = _Keep(self._md)
        self._md.preprocessors.deregister("html_block")
        self._md.treeprocessors.deregister("prettify")  # line ends that our own writers do not want
        self._md.inlinePatterns.deregister("html")
        self._md.inlinePatterns.deregister("entity")  # entities stay text until they are resolved
        self._md.parser.blockprocessors["hashheader"].RE = _HEADING  # type: ignore[attr-defined]
        self._md.treeprocessors.register(self._keep, "keep", -10)  # after unescape (0)
        self._md.serializer = lambda _root: "<div></div>"
        self._patterns = tuple(_patterns(self._md))
        if all(signs for signs, _ in self._patterns):
            self._md.treeprocessors.register(_Settle(self._md), "settle", 30)  # before inline (20)

    def parse(self, text: str) -> Element | None:
        """The tree of a text without control characters; None for one without words.

        Patterns whose signs are not in the text are not looked for.
        """
        with self._turn:
            inline: Any = self._md.treeprocessors["inline"]  # it counts patterns, and numbers them
            inline.inlinePatterns = [
                pattern
                for signs, pattern in self._patterns
                if not signs or any(sign in text for sign in signs)
            ]
            self._keep.kept = None
            self._md.reset()
            self._md.convert(text)
            return self._keep.kept


def _patterns(md: markdown.Markdown) -> Iterator[tuple[tuple[str, ...], Pattern]]:
    """In the order in which they are looked for."""
    names = {id(md.inlinePatterns[name]): name for name in _SIGNS if name in md.inlinePatterns}
    for pattern in md.inlinePatterns:
        yield _SIGNS.get(names.get(id(pattern), ""), ()), pattern
