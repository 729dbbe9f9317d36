"""A Markdown tree as plain text that is good to read: wrapped lines, lists, and addresses written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.prose import Node, parse_prose, plain_text

WIDTH: Final = 72
_HEADING: Final = re.compile(r"h[1-6]")
_LISTS: Final = frozenset({"ul", "ol"})
_BLOCKS: Final = _LISTS | {"p", "blockquote", "table", "pre", "hr", "div"}


@frozen
class MailPlain:
    """`lead` says where a link of the owner's leads, as a whole address."""

    lead: Callable[[str], str]

    def write(self, text: str) -> str:
        """Paragraphs parted by empty lines; nothing at either end."""
        return "\n\n".join(self._blocks(parse_prose(text)))

    def _blocks(self, parent: Node) -> Iterator[str]:
        loose: list[Node | str] = []
        for child in parent[2:]:
            is_block = isinstance(child, list) and (child[0] in _BLOCKS or _is_heading(child))
            if not is_block:
                loose.append(child)
                continue
            if loose:
                yield fill("".join(map(self._inline, loose)))
                loose = []
            yield from self._block(child)
        if loose:
            yield fill("".join(map(self._inline, loose)))

    def _block(self, node: Node) -> Iterator[str]:
        tag = node[0]
        if _is_heading(node):
            yield headed(plain_text(node))
        elif tag in _LISTS:
            yield "\n".join(self._items(node))
        elif tag == "blockquote":
            yield "\n".join(f"> {line}".rstrip() for line in self._inside(node).splitlines())
        elif tag == "table":
            yield "\n".join(self._rows(node))
        elif tag == "pre":
            yield plain_text(node) if len(node) != 3 else str(node[2])
        elif tag == "hr":
            yield "* * *"
        elif tag == "div":
            yield from self._blocks(node)
        else:
            yield fill("".join(map(self._inline, node[2:])))

    def _inside(self, node: Node) -> str:
        return "\n\n".join(self._blocks(node))

    def _items(self, node: Node) -> Iterator[str]:
        number = int(node[1].get("start", 1))
        for index, item in enumerate(node[2:]):
            mark = f"{number + index}. " if node[0] == "ol" else "- "
            lines = "\n".join(self._blocks(item)).splitlines()
            lines = [part for line in lines for part in _narrow(line, len(mark))]
            yield "\n".join(
                (mark if place == 0 else " " * len(mark)) + line for place, line in enumerate(lines)
            )

    def _rows(self, node: Node) -> Iterator[str]:
        for part in node[2:]:
            for row in part[2:] if part[0] in {"thead", "tbody"} else [part]:
                yield " | ".join("".join(map(self._inline, cell[2:])) for cell in row[2:])

    def _inline(self, node: Node | str) -> str:
        if isinstance(node, str):
            return node
        tag, attributes, *children = node
        said = "".join(map(self._inline, children))
        if tag == "br":
            return "\n"
        if tag != "a":
            return said
        target = self.lead(attributes["href"])
        bare = target.removeprefix("mailto:").removeprefix("tel:")
        return said if said in {target, bare} or target.startswith("tel:") else f"{said} ({bare})"


def fill(text: str) -> str:
    """Wrapped; the breaks that its author made stay."""
    return "\n".join(
        "\n".join(wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False))
        for line in text.splitlines()
    )


def headed(title: str) -> str:
    """A heading on a line of its own, with a rule below it as long as itself."""
    return f"{title}\n{'-' * min(len(title), WIDTH)}"


def _narrow(line: str, less: int) -> list[str]:
    if len(line) <= WIDTH - less:
        return [line]
    return wrap(line, WIDTH - less, break_long_words=False, break_on_hyphens=False)


def _is_heading(node: Node) -> bool:
    return _HEADING.fullmatch(node[0]) is not None
