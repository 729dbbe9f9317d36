"""A page with two languages in it: English where there are no other words, numbers where lines run leftwards.

Without this a full stop goes to the wrong end of an English sentence on an Arabic page, a telephone number
is read from its end, and a screen reader says English words as if they were Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from outreach_kit.web.fallbacks import CLOSE, OPEN, unmark

_TAG: Final = re.compile(r"(<[^>]*>)")
_MARK: Final = re.compile(f"{OPEN}|{CLOSE}")
_ATTRIBUTE: Final = re.compile(r"\s(?!data-)[\w:-]+=\"[^\"]*\"")
_TEXT_ALONE: Final = re.compile(r"<(script|style|title|option|textarea|text)\b")
"""Elements that can hold no others."""
_IN_ENGLISH: Final = '<span lang="en" dir="ltr">'
_ISOLATED: Final = '<bdi dir="ltr">'
_NUMBER: Final = '<bdi class="number" dir="ltr">'
_HOLDS_ITS_OWN: Final = re.compile(r'<(?!input)([a-z]+[1-6]?)\b[^>]* dir="ltr"[^>]*>|<(bdi)>')
"""Whatever is in it has its direction already."""
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_RIGHT_TO_LEFT: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT: Final = re.compile(
    r"\+\d[\d()\u00a0 .-]{6,}\d(?: ext\. \d+)?"
    r"|(?<!\w)\(\d{3}\)[\u00a0 ]?\d{3}-\d{4}(?: ext\. \d+)?"
    r"|(?<![\w-])\d{3}[-.]\d{3}[-.]\d{4}(?![\w-])"
    r"|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|https?://[^\s<>]*[\w/]"
)
"""Telephone numbers, and addresses of mail and of pages."""


def tell_apart(html: str, direction: str) -> str:
    """The page with each English sentence marked, and on one from right to left each number as well."""
    if direction == "rtl":
        return "".join(_isolate(_mark(html)))
    return "".join(_mark(html)) if OPEN in html else html


def _mark(html: str) -> Iterator[str]:
    """Pieces by turns text and tag."""
    depth, alone = 0, ""
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            alone = _whose_text(piece, alone)
            yield _ATTRIBUTE.sub(_unmark, piece) if OPEN in piece else piece
        elif alone:
            yield unmark(piece)
        else:
            text: list[str] = []
            end = 0
            for found in _MARK.finditer(piece):
                text.append(piece[end : found.start()])
                end = found.end()
                depth += 1 if found[0] == OPEN else -1
                if found[0] == OPEN and depth == 1:
                    text.append(_IN_ENGLISH)
                elif found[0] == CLOSE and depth == 0:
                    text.append("</span>")
            yield "".join((*text, piece[end:]))


def _isolate(pieces: Iterator[str]) -> Iterator[str]:
    alone, held, depth = "", "", 0
    for piece in (part for whole in pieces for part in _TAG.split(whole)):
        if not piece.startswith("<"):
            yield piece if alone or held else _set_apart(piece)
            continue
        alone = _whose_text(piece, alone)
        if not held and (found := _HOLDS_ITS_OWN.match(piece)):
            held = found[1] or found[2]
        if held:
            depth += piece.startswith((f"<{held}>", f"<{held} ")) - (piece == f"</{held}>")
            held = held if depth else ""
        yield piece


def _set_apart(text: str) -> str:
    """A text of Latin letters alone as a whole, with the point at its end; in others only the numbers."""
    bare = text.strip()
    if _LATIN.search(bare) and not _RIGHT_TO_LEFT.search(bare):
        return text.replace(bare, f"{_ISOLATED}{bare}</bdi>", 1)
    return _LEFT_TO_RIGHT.sub(_wrap, text)


def _whose_text(tag: str, alone: str) -> str:
    """In which element the text after a tag stands, if in one that can hold nothing but text."""
    if alone:
        return "" if tag == f"</{alone}>" else alone
    found = _TEXT_ALONE.match(tag)
    return found[1] if found and not tag.endswith("/>") else ""


def _unmark(found: re.Match[str]) -> str:
    return unmark(found[0])


def _wrap(found: re.Match[str]) -> str:
    """What is dialled stays on one line; an address may be longer than one."""
    is_address = "@" in found[0] or ":" in found[0]
    return f"{_ISOLATED if is_address else _NUMBER}{found[0]}</bdi>"
