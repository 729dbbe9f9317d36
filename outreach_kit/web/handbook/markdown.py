"""What code hosts know of Markdown and our own parser does not, said in its words.

Fenced code becomes indented code, comments go, and pictures leave a mark in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`]*$")
_COMMENT: Final = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_PICTURE: Final = re.compile(r"^!\[([^\]]+)\]\(([^()\s]+)\)[ \t]*$", re.MULTILINE)
_BREAK: Final = re.compile(r"<br ?/?>")
_LINK: Final = re.compile(r"(?<!!)(\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^()\s]+)\)")
_SPAN: Final = re.compile(r"(`+).+?\1", re.DOTALL)
_CODE: Final = re.compile(r"(`+).+?\1|^(?: {4}|\t)[^\n]*$", re.DOTALL | re.MULTILINE)
_NOT_IN_A_NAME: Final = re.compile(r"[^\w\- ]")


MARK: Final = "\ue000"
"""Stands on both sides of a picture's number; for private use, so that no text has it."""


def simplify(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text in Markdown that `parse_prose` takes, and what each picture in it shows and where it is.

    Links are still as written. A picture is one that has a line of its own, and words for who cannot see.
    """
    pictures: list[tuple[str, str]] = []

    def set_aside(match: re.Match[str]) -> str:
        pictures.append((match[1], match[2]))
        return f"{MARK}{len(pictures) - 1}{MARK}"

    bare = _outside_code(_COMMENT, "", _indent_fences(text))
    return _outside_code(_BREAK, " ", _outside_code(_PICTURE, set_aside, bare)), tuple(pictures)


def host_name(heading: str) -> str:
    """What code hosts call a heading, from its plain text: small letters, hyphens for blanks, no marks."""
    return _NOT_IN_A_NAME.sub("", heading.lower()).strip().replace(" ", "-")


def replace_links(text: str, to: Callable[[str], str]) -> str:
    """Every link that is not in backticks leads where `to` says."""
    return _outside_code(_LINK, lambda match: f"{match[1]}({to(match[2])})", text, _SPAN)


def _indent_fences(text: str) -> str:
    lines: list[str] = []
    fence = ""
    for line in text.splitlines():
        opening = _FENCE.match(line)
        if fence and line.strip() == fence:
            fence = ""
            lines.append("")
        elif fence:
            lines.append(f"    {line}" if line else "")
        elif opening:
            fence = opening[1]
            lines.append("")
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _outside_code(
    pattern: re.Pattern[str],
    replacement: str | Callable[[re.Match[str]], str],
    text: str,
    code: re.Pattern[str] = _CODE,
) -> str:
    """Like `sub`, with every piece of code left alone: it is set aside and put back."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    changed = pattern.sub(replacement, code.sub(keep, text))
    return re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], changed)
