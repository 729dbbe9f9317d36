"""Markdown: one parse, one tree; the web and the printed sheets each write that tree their own way.

A tree is a nest of nodes `[tag, {attribute: value}, child, …]`, where a child is a node or text. It
is plain JSON, so it can be cached by the hash of its source and handed to Typst as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from outreach_kit.practice.memo import recall_brief
from outreach_kit.practice.typography import TO_SET, curl

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from outreach_kit.practice.markdown_parser import Parser

Node = list[Any]
"""`[tag: str, attributes: dict[str, str], *children: Node | str]`"""

MAX_DEPTH: Final = 8
_ENTITY: Final = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE)
_TAGS: Final = frozenset(
    {"div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a"}
    | {"blockquote", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "hr", "br"}
)
_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
_BLOCKS: Final = _TAGS - {"strong", "em", "a", "code", "br"}
_LINK: Final = re.compile(
    r"https?://[^\s/?#]|mailto:[^\s@]+@[^\s@]+\.[^\s@]|tel:[+\d().\s-]*\d{3}|#|/(?!/)",
    re.IGNORECASE,
)
"""Where a link may lead. A number of three digits is enough: 911 and 988 are the ones that matter most."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's categories Cc and Cs, without tabs and the ends of lines."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BLANK: Final = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")
"""All that a single blank takes the place of; blanks that stand alone are let be."""
_PLAIN_LINE: Final = re.compile(r"[^\W\d_](?:[^\s*_`\[\]<>&\\|]| (?! ))*(?<! )")
"""Words, and no sign of Markdown: notes in TOML are read without loading its parser."""
PARSERS_AND: Final = "\x02amp\x03"
"""What Python-Markdown puts in the place of “&” (`markdown.util.AMP_SUBSTITUTE`)."""
_RAW_HTML: Final = re.compile(r"<(?:/?[a-zA-Z][^<>\n]*|!--)>?")
_CODE: Final = re.compile(r"(`+).+?\1|^(?: {4}|\t)[^\n]*$", re.DOTALL | re.MULTILINE)
_AUTOLINK: Final = re.compile(r"<(?:https?://|mailto:)?[^\s<>@]+(?:@|\.)[^\s<>]+>")


class ProseRefused(ValueError):
    """A piece of Markdown that we do not print; `line` counts from 1 within the text."""

    def __init__(self, line: int, what: str, todo: str) -> None:
        self.line, self.what, self.todo = line, what, todo
        super().__init__(f"line {line}: {what} {todo}")


TREES_HELD: Final = 2000
"""So many trees are 30 MB; more are parsed again, or better not asked for."""


_ready: dict[str, Node] = {}


def take_trees(trees: Mapping[str, Node]) -> None:
    """What somebody else has parsed, by its text."""
    _ready.update(trees)


@lru_cache(maxsize=TREES_HELD)
def parse_prose(text: str) -> Node:
    """The tree of a Markdown text, its root a `div`; treat it as frozen, for others have it too.

    Raises ProseRefused for raw HTML, control characters, unknown link schemes and deep nesting.
    """
    return _ready.pop(text, None) or _parse(text)


def check_prose(text: str) -> None:
    """Raises ProseRefused like `parse_prose`, without parsing what was found good before."""

    def complaint() -> tuple[int, str, str] | None:
        try:
            parse_prose(text)
        except ProseRefused as refused:
            return refused.line, refused.what, refused.todo
        return None

    if refused := recall_brief(text, "refused", complaint):
        raise ProseRefused(*refused)


def prose_links(text: str) -> tuple[str, ...]:
    """Every link target of a text, each once, in reading order."""
    return recall_brief(text, "links", lambda: tuple(dict.fromkeys(links(parse_prose(text)))))


def walk(node: Node) -> Iterator[Node]:
    """The node and every node below it, in reading order."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(child for child in reversed(one[2:]) if isinstance(child, list))


def plain_text(node: Node) -> str:
    """What a reader would read aloud, blocks separated by single spaces."""
    pieces: list[str] = []

    def collect(one: Node) -> None:
        for child in one[2:]:
            if isinstance(child, str):
                pieces.append(child)
            else:
                collect(child)
        if one[0] in _BLOCKS or one[0] == "br":
            pieces.append(" ")

    collect(node)
    return _BLANK.sub(" ", "".join(pieces)).strip()


def links(node: Node) -> Iterator[str]:
    """Every link target, in reading order."""
    return (one[1]["href"] for one in walk(node) if one[0] == "a")


def _parse(text: str) -> Node:
    _refuse_characters(text)
    _refuse_html(text)
    if _PLAIN_LINE.fullmatch(text):
        line: Node = ["p", {}]
        _append(line, text)
        return ["div", {}, line]
    try:
        root = _parser().parse(text)
        return ["div", {}] if root is None else _node(root, 0)
    except RecursionError as error:
        raise _too_deep() from error


@lru_cache(maxsize=1)
def _parser() -> Parser:
    from outreach_kit.practice.markdown_parser import Parser  # late: see there

    return Parser()


def _too_deep() -> ProseRefused:
    return ProseRefused(1, "Lists or quotes are nested too deeply.", "Flatten them.")


def _refuse_characters(text: str) -> None:
    if match := _CONTROL.search(text):
        number = 1 + len(_LINE_END.findall(text, 0, match.start()))
        raise ProseRefused(
            number, f"A control character (U+{ord(match[0]):04X}) stands here.", "Delete it."
        )


def _refuse_html(text: str) -> None:
    bare = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    bare = _AUTOLINK.sub(lambda match: " " * len(match[0]), bare)
    if match := _RAW_HTML.search(bare):
        line = bare.count("\n", 0, match.start()) + 1
        raise ProseRefused(
            line,
            f"HTML (“{match[0][:30]}”) is not printed.",
            "Write Markdown, or put it in `backticks`.",
        )


def _plain(text: str) -> str:
    text = text.replace(PARSERS_AND, "&")
    return _ENTITY.sub(_unescape, text) if "&" in text else text


def _unescape(entity: re.Match[str]) -> str:
    from html import unescape  # late: a table of two thousand names, and few texts have one

    return unescape(entity[0])


def _node(element: Element, depth: int) -> Node:
    if depth > MAX_DEPTH * 2:  # each list level is two elements
        raise _too_deep()
    if element.tag not in _TAGS:
        what = "A picture" if element.tag == "img" else f"“{element.tag}”"
        raise ProseRefused(1, f"{what} is not printed.", "Leave it out.")
    allowed = _ATTRIBUTES.get(element.tag, set())
    attributes = {key: _plain(value) for key, value in element.attrib.items() if key in allowed}
    if element.tag == "a" and not _LINK.match(attributes.get("href", "")):
        raise ProseRefused(
            1,
            f"A link leads to “{attributes.get('href', '')}”.",
            "Use https://…, mailto:…, tel:… or a page like /fees/.",
        )
    if element.tag in {"pre", "code"}:
        text = _plain("".join(element.itertext()))
        return [
            element.tag,
            {},
            text.rstrip() if element.tag == "pre" else _BLANK.sub(" ", text),
        ]
    node: Node = [element.tag, attributes]
    _append(node, element.text)
    for child in element:
        node.append(_node(child, depth + 1))
        _append(node, child.tail, after_break=child.tag == "br")
    return _trim(node) if element.tag in _BLOCKS else node


def _append(node: Node, text: str | None, *, after_break: bool = False) -> None:
    if not text:
        return
    collapsed = _BLANK.sub(" ", _plain(text))
    collapsed = collapsed.lstrip(" ") if after_break else collapsed
    if collapsed:
        node.append(
            curl(collapsed, _last_character(node)) if TO_SET.search(collapsed) else collapsed
        )


def _last_character(node: Node) -> str:
    """What a reader has read last before what comes next; empty at the beginning."""
    return plain_text(node)[-1:] if len(node) > 2 else ""


def _trim(node: Node) -> Node:
    """Drop the white space that only separates blocks."""

    def is_block(child: object) -> bool:
        return isinstance(child, list) and child[0] in _BLOCKS

    kids = node[2:]
    kept: Node = node[:2]
    for place, kid in enumerate(kids):
        if isinstance(kid, str):
            if place == 0 or is_block(kids[place - 1]):
                kid = kid.lstrip(" ")
            if place == len(kids) - 1 or is_block(kids[place + 1]):
                kid = kid.rstrip(" ")
            if not kid:
                continue
        kept.append(kid)
    return kept
