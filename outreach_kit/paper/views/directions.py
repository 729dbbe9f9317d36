"""Left-to-right words on a right-to-left sheet: kept whole, so that a telephone number is not turned round.

A line of an Arabic sheet shows “(360) 555-0142” as “555-0142 (360)”, and puts the full stop of an
English sentence in front of it, unless the words are marked as running their own way (Unicode
Standard Annex 9, isolates).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any, Final

from outreach_kit.paper.views.frame import SheetView

_OPEN, _CLOSE = "\u2066", "\u2069"
_LEAVES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "th", "td"})
"""Blocks of a Markdown tree that hold a text, and no further block: a list item may hold either."""
_HOLDERS: Final = frozenset({"div", "ul", "ol", "blockquote", "table", "thead", "tbody", "tr"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_R: Final = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN: Final = re.compile(rf"(?:\+?\(\d+\)\s*|\+)?[^\W_{_R}](?:[^(){_R}]*[^\W_{_R}])?")
"""Words and numbers that follow each other: “(360) 555-0142 ext. 3”, “214 Harbor St”, “WA 98999”."""
_DIALLED: Final = re.compile(r"(?<=\d\)) (?=\d{3}-\d{4})")
_NO_WORDS: Final = re.compile(r"(?:https?|mailto|tel|sms|field):|<svg|#[0-9a-f]{6}$|[\d.,]+$")
_FRAME: Final = "frame"
"""The document's properties are read by programs, not set in lines."""


def direct(view: SheetView) -> SheetView:
    """The view of a right-to-left sheet, in which whatever runs the other way is marked so."""
    data = {key: value if key == _FRAME else _walk(value) for key, value in view.data.items()}
    return replace(view, data=data)


def isolate(text: str) -> str:
    """The text with marks around what runs from left to right in it, where it would be torn apart."""
    if _first_strong(text) in _RIGHT_TO_LEFT:
        return _RUN.sub(_set_apart, text)
    return f"{_OPEN}{text}{_CLOSE}" if _is_said(text) else text


def _set_apart(run: re.Match[str]) -> str:
    """What is dialled stays on one line: its two halves would be read from the wrong end."""
    whole = _DIALLED.sub("\N{NO-BREAK SPACE}", run[0])
    return f"{_OPEN}{whole}{_CLOSE}"


def _first_strong(text: str) -> str:
    """The bidirectional class of the first letter; empty when there is none."""
    classes = (unicodedata.bidirectional(char) for char in text)
    return next((one for one in classes if one == "L" or one in _RIGHT_TO_LEFT), "")


def _is_said(text: str) -> bool:
    """Whether these are words or numbers to read, and no key of a template, address or drawing."""
    if _NO_WORDS.match(text) or not any(char.isalnum() for char in text):
        return False
    is_key = text == text.lower() and not any(char.isspace() for char in text)
    return not (is_key and any(char.isalpha() for char in text))


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return isolate(value)
    if isinstance(value, dict):
        return {key: _walk(inner) for key, inner in value.items()}
    if _is_node(value):
        return _direct_node(value)
    if isinstance(value, list | tuple):
        return [_walk(inner) for inner in value]
    return value


def _is_node(value: Any) -> bool:
    """Whether this is a node of a Markdown tree: (tag, attributes, ..children)."""
    match value:
        case [str(), dict(), *_]:
            return True
        case _:
            return False


def _direct_node(node: Any) -> Any:
    """A paragraph is marked as a whole: its pieces, each for itself, would stand in the wrong order."""
    tag, attributes, *children = node
    is_leaf = not any(_is_node(child) and child[0] in _LEAVES | _HOLDERS for child in children)
    if tag in _LEAVES and is_leaf:
        if _first_strong(_text(node)) in _RIGHT_TO_LEFT:
            return node
        return [tag, attributes, _OPEN, *children, _CLOSE]
    return [tag, attributes, *(_direct_node(one) if _is_node(one) else one for one in children)]


def _text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node[2:]))
