"""A Markdown tree as HTML: our own writer, then nh3 over it, so that two hands must fail at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

from outreach_kit.practice import Prose
from outreach_kit.practice.prose import Node, parse_prose, walk
from outreach_kit.web.heading_ids import name_headings
from outreach_kit.web.html import trusted

_VOID: Final = frozenset({"br", "hr"})
_HEADING: Final = re.compile(r"h([1-6])")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALIGN: Final = re.compile(r"text-align:\s*(right|center)")
_TAGS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "div"}
    | {"blockquote", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "hr", "br"}
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
    "div": {"class"},
    **{tag: {"id"} for tag in _HEADINGS},
}
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})


@functools.lru_cache(maxsize=4096)
def prose_html(prose: Prose, *, anchored: bool = True) -> Markup:
    """The prose as HTML whose highest heading is an h2: the page's own title is its only h1.

    Headings have ids, unless it is not `anchored`: where several texts stand together they would clash.
    """
    import nh3  # late: a build with nothing changed writes no prose

    tree = parse_prose(prose.text)
    shift = 2 - min(_levels(tree), default=2)
    names = name_headings(tree) if anchored else None
    html = "".join(_write(child, shift, names) for child in tree[2:])
    return trusted(
        nh3.clean(
            html,
            tags=set(_TAGS),
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            url_schemes=set(_SCHEMES),
            link_rel=None,
        )
    )


def _levels(tree: Node) -> list[int]:
    return [int(match[1]) for node in walk(tree) if (match := _HEADING.fullmatch(node[0]))]


def _write(node: Node | str, shift: int, names: Iterator[str] | None) -> str:
    if isinstance(node, str):
        return str(escape(node))
    tag, attributes, *children = node
    if heading := _HEADING.fullmatch(tag):
        tag = f"h{min(6, int(heading[1]) + shift)}"
        attributes = {"id": next(names)} if names else {}
    opening = f"<{tag}{_write_attributes(tag, attributes)}>"
    if tag in _VOID:
        return opening
    body = "".join(_write(child, shift, names) for child in children)
    written = f"{opening}{body}</{tag}>"
    return f'<div class="scroller">{written}</div>' if tag == "table" else written


def _write_attributes(tag: str, attributes: dict[str, str]) -> str:
    written = ""
    for name, value in attributes.items():
        if name == "style":  # a strict policy refuses inline styles, so alignment becomes a class
            if align := _ALIGN.search(value):
                written += f' class="align-{align[1]}"'
        elif name in _ATTRIBUTES.get(tag, ()):
            written += f' {name}="{escape(value)}"'
    return written
