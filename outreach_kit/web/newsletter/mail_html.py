"""A Markdown tree as HTML for mail: what is looks stands on each element, because readers drop style sheets.

Colours that the dark side changes have a class as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markupsafe import Markup, escape

from outreach_kit.brand import Palette
from outreach_kit.frozen import frozen
from outreach_kit.practice.prose import Node, parse_prose, walk

_HEADING: Final = re.compile(r"h([1-6])")
_ALIGN: Final = re.compile(r"text-align:\s*(right|center)")
_QUIET: Final = frozenset({"thead", "tbody", "tr", "em", "strong", "br"})


@frozen
class MailHtml:
    """`lead` says where a link of the owner's leads, as a whole address."""

    colours: Palette
    lead: Callable[[str], str]

    def write(self, text: str) -> Markup:
        """Headings begin at h2: the letter's title is its h1."""
        tree = parse_prose(text)
        levels = [int(found[1]) for node in walk(tree) if (found := _HEADING.fullmatch(node[0]))]
        shift = 2 - min(levels, default=2)
        return Markup("".join(self._write(child, shift) for child in tree[2:]))  # noqa: S704

    def _write(self, node: Node | str, shift: int) -> str:
        if isinstance(node, str):
            return str(escape(node))
        tag, attributes, *children = node
        inside = "".join(self._write(child, shift) for child in children)
        if found := _HEADING.fullmatch(tag):
            level = min(6, int(found[1]) + shift)
            size = "20px" if level == 2 else "17px"
            return (
                f'<h{level} class="head" style="margin:28px 0 8px;font-size:{size};line-height:1.3;'
                f'font-weight:700;color:{self.colours.accent_dark}">{inside}</h{level}>'
            )
        if tag == "br":
            return "<br>"
        return f"<{tag}{self._look(tag, attributes)}>" + (
            "" if tag == "hr" else f"{inside}</{tag}>"
        )

    def _look(self, tag: str, attributes: dict[str, str]) -> str:
        if tag in _QUIET:
            return ""
        if tag == "a":
            target = escape(self.lead(attributes["href"]))
            return f' class="link" href="{target}" style="color:{self.colours.accent}"'
        if tag == "table":
            return (
                ' cellpadding="0" cellspacing="0" border="0" width="100%"'
                ' style="margin:0 0 16px;border-collapse:collapse;font-size:15px"'
            )
        style = self._style(tag)
        if tag in {"th", "td"}:
            found = _ALIGN.search(attributes.get("style", ""))
            style += f";text-align:{found[1] if found else 'start'}"
        start = f' start="{escape(attributes["start"])}"' if "start" in attributes else ""
        dim = ' class="cell"' if tag in {"th", "td", "hr", "blockquote"} else ""
        return f'{start}{dim} style="{style}"' if style else start

    def _style(self, tag: str) -> str:
        line = self.colours.line
        return {
            "p": "margin:0 0 16px",
            "ul": "margin:0 0 16px;padding-inline-start:24px",
            "ol": "margin:0 0 16px;padding-inline-start:24px",
            "li": "margin:0 0 8px",
            "blockquote": f"margin:0 0 16px;padding-inline-start:16px;"
            f"border-inline-start:3px solid {line}",
            "hr": f"margin:24px 0;border:0;border-top:1px solid {line}",
            "th": f"padding:8px 12px 8px 0;border-bottom:1px solid {line};vertical-align:bottom",
            "td": f"padding:8px 12px 8px 0;border-bottom:1px solid {line};vertical-align:top",
            "pre": "margin:0 0 16px;white-space:pre-wrap;font-size:14px",
        }.get(tag, "")
