"""Rules of HTML that a checker of documents finds broken and a browser forgives in silence.

A few of those that the Nu checker knows, told by a parser alone; and what a page promises by its ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final

_VOID: Final = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"})
_PHRASING: Final = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "span",
        "strong",
        "em",
        "small",
        "label",
        "legend",
        "summary",
        "button",
        "dt",
    }
)
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "section",
        "article",
        "aside",
        "nav",
        "table",
        "form",
        "fieldset",
        "header",
        "footer",
        "main",
        "blockquote",
        "details",
        "figure",
        "address",
    }
)
_MAY_HOLD_HEADINGS: Final = frozenset({"legend", "summary"})
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_CHILDREN: Final = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"}, "tbody": {"tr"}, "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"}, "datalist": {"option"},
}  # fmt: skip
_ALONE: Final = {
    "a": {"a", "button"}, "button": {"a", "button"}, "form": {"form"}, "label": {"label"},
}  # fmt: skip
"""What must not stand anywhere inside one of these."""
_TYPED: Final = frozenset(
    {"text", "tel", "email", "search", "url", "number", "password", "date", "hidden"}
)
_ONLY_TYPED: Final = ("autocomplete", "maxlength", "placeholder", "list")
_POINTS: Final = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "headers")


class Strict(HTMLParser):
    """Collects `broken`, a line for each rule that the page breaks; and `ids`, where it can be led to."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.broken: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self._points: list[tuple[str, str]] = []
        self._headings: list[str] = []
        self._open: list[str] = []
        self._empty: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()
        self.broken.extend(self._whole())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "template" in self._open:  # a mould of a script's, which fills in what is missing
            if tag not in _VOID:
                self._opened(tag, "", True)
            return
        given = {name: value or "" for name, value in attrs}
        where = f"line {self.getpos()[0]}: <{tag}>"
        self.broken.extend(f"{where} {said}" for said in self._misplaced(tag))
        self.broken.extend(f"{where} {said}" for said in _misused(tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.hrefs.append(given["href"])
        for name in _POINTS:
            self._points.extend((name, one) for one in given.get(name, "").split())
        if tag in _HEADINGS:
            self._headings.append(tag)
        if tag not in _VOID:
            self._opened(tag, where, "aria-label" in given or "hidden" in given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            self.broken.append(f"line {self.getpos()[0]}: </{tag}> closes nothing")
            return
        while self._open and self._open[-1] != tag:
            self.broken.append(f"line {self.getpos()[0]}: <{self._open[-1]}> is never closed")
            self._close()
        self._close()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._empty = [(where, True) for where, _ in self._empty]

    def _opened(self, tag: str, where: str, is_filled: bool) -> None:
        self._open.append(tag)
        self._empty.append((where, is_filled))

    def _close(self) -> None:
        tag = self._open.pop()
        where, is_filled = self._empty.pop()
        if tag in {*_HEADINGS, "a", "button", "title", "legend", "label"} and not is_filled:
            self.broken.append(f"{where} says nothing")

    def _misplaced(self, tag: str) -> Iterator[str]:
        parent = self._open[-1] if self._open else ""
        if parent in _CHILDREN and tag not in _CHILDREN[parent]:
            yield f"stands in <{parent}>"
        in_words = parent in _PHRASING and tag in (*_BLOCKS, *_HEADINGS)
        if in_words and not (parent in _MAY_HOLD_HEADINGS and tag in _HEADINGS):
            yield f"stands in <{parent}>"
        for around, not_inside in _ALONE.items():
            if around in self._open and tag in not_inside:
                yield f"stands inside <{around}>"

    def _whole(self) -> Iterator[str]:
        yield from (f"<{one}> is never closed" for one in self._open)
        yield from (
            f"the id “{one}” stands {n} times" for one, n in Counter(self.ids).items() if n > 1
        )
        known = set(self.ids)
        yield from (
            f"{name} names “{one}”, which is nowhere"
            for name, one in self._points
            if one not in known
        )
        if self._headings.count("h1") != 1:
            yield f"there are {self._headings.count('h1')} <h1>"
        levels = [int(one[1]) for one in self._headings]
        for before, after in pairwise(levels):
            if after > before + 1:
                yield f"<h{after}> follows <h{before}>"


def _misused(tag: str, given: dict[str, str]) -> Iterator[str]:
    kind = given.get("type", "text")
    if tag == "input" and kind not in _TYPED:
        yield from (f"of type {kind} has {name}" for name in _ONLY_TYPED if name in given)
    if tag == "img":
        yield from (f"has no {name}" for name in ("alt", "width", "height") if name not in given)
    if tag == "button" and "type" not in given:
        yield "has no type"
    if tag == "a" and not given.get("href"):
        yield "leads nowhere"
    if given.get("id", "x") == "" or " " in given.get("id", ""):
        yield "has no id that can be led to"
    for name in given:
        if name == "style" or name.startswith("on"):
            yield f"has {name}"
    if given.get("tabindex", "0") not in {"0", "-1"}:
        yield "jumps the queue of the keyboard"
    if given.get("role") and given["role"] == _OWN_ROLES.get(tag):
        yield f"is of the role {given['role']} by itself"


_OWN_ROLES: Final = {
    "nav": "navigation", "main": "main", "header": "banner", "footer": "contentinfo", "button": "button",
    "ul": "list", "aside": "complementary", "a": "link", "fieldset": "group", "form": "form",
}  # fmt: skip
