"""A Markdown tree as HTML: our own writer, then nh3 over it, so that two hands must fail at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from outreach_kit.frozen import frozen
from outreach_kit.practice.memo import recall
from outreach_kit.practice.prose import Node, parse_prose, walk
from outreach_kit.practice.writings import Prose
from outreach_kit.web.heading_ids import name_headings

if TYPE_CHECKING:
    import nh3

_REACHED: Final = ' tabindex="0"'
"""For what may be wider than a phone: whoever has no pointer gets there by Tab, and moves it by arrows."""
_VOID: Final = frozenset({"br", "hr"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OWN_PAGE: Final = re.compile(r"/(?!/)(?:[^?#]*/)?(?=[?#]|$)")
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
    "div": {"class", "tabindex"},
    "pre": {"tabindex"},
    **{tag: {"id"} for tag in _HEADINGS},
}
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})


@functools.lru_cache(maxsize=256)
def prose_html(prose: Prose, *, anchored: bool = True, folder: str = "") -> Markup:
    """The prose as HTML whose highest heading is an h2: the page's own title is its only h1.

    Links to pages of the site lead to those of the language whose `folder` it is (`/es`).
    Headings have ids, unless it is not `anchored`: where several texts stand together they would clash.
    """
    text = prose.text
    question = f"html {anchored:d} {folder}"
    return Markup(recall(text, question, lambda: _html(text, anchored=anchored, folder=folder)))  # noqa: S704


def _html(text: str, *, anchored: bool, folder: str) -> str:
    tree = parse_prose(text)
    shift = 2 - min(_levels(tree), default=2)
    names = name_headings(tree) if anchored else None
    writer = _Writer(shift, names, folder)
    html = "".join(writer.write(child) for child in tree[2:])
    return _cleaner().clean(html)


@functools.cache
def _cleaner() -> nh3.Cleaner:
    import nh3  # late: a build with nothing changed writes no prose

    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _levels(tree: Node) -> list[int]:
    return [int(node[0][1]) for node in walk(tree) if node[0] in _HEADINGS]


@frozen
class _Writer:
    """`names` gives each heading its id, in order; None leaves them without."""

    shift: int
    names: Iterator[str] | None
    folder: str

    def write(self, node: Node | str) -> str:
        if isinstance(node, str):
            return str(escape(node))
        tag, attributes, *children = node
        if tag in _HEADINGS:
            tag = f"h{min(6, int(tag[1]) + self.shift)}"
            attributes = {"id": next(self.names)} if self.names else {}
        opening = f"<{tag}{self._attributes(tag, attributes)}>" if attributes else f"<{tag}>"
        if tag == "pre":
            opening = f"<pre{_REACHED}>"
        if tag in _VOID:
            return opening
        body = "".join(self.write(child) for child in children)
        written = f"{opening}{body}</{tag}>"
        return f'<div class="scroller"{_REACHED}>{written}</div>' if tag == "table" else written

    def _attributes(self, tag: str, attributes: dict[str, str]) -> str:
        written = ""
        for name, value in attributes.items():
            if name == "style":  # a strict policy refuses inline styles, so alignment is a class
                if align := _ALIGN.search(value):
                    written += f' class="align-{align[1]}"'
            elif name in _ATTRIBUTES.get(tag, ()):
                said = page_in(self.folder, value) if name == "href" else value
                written += f' {name}="{escape(said)}"'
        return written


def page_in(folder: str, target: str) -> str:
    """Where a link of the owner's leads in the language of `folder`: pages have it, files have none.

    What names the folder itself stays as it is.
    """
    if not folder or not _OWN_PAGE.match(target) or target.startswith(f"{folder}/"):
        return target
    return f"{folder}{target}"
