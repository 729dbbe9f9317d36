"""What a page says to eyes and ears, and which of its words are English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_ENGLISH: Final = re.compile(
    r"\b(?:the|and|you|your|with|of|for|to|or|is|are|we|our|not|what|when|who|call|this|please)\b",
    re.IGNORECASE,
)
_HEARD: Final = ("alt", "title", "aria-label", "placeholder")


def find_english(said: str) -> list[str]:
    """The words that Spanish does not have, each with what stands around it."""
    return [said[max(0, one.start() - 30) : one.end() + 30] for one in _ENGLISH.finditer(said)]


def said_on(page: str) -> str:
    """The text of a page, its description, and the attributes that are read out or shown."""
    reader = _Said()
    reader.feed(page)
    return " ".join(" ".join(reader.said).split())


class _Said(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in ("script", "style")
        for name, value in attrs:
            if value and " " in value and (name in _HEARD or name.startswith("data-")):
                self.said.append(value)
        if tag == "meta" and dict(attrs).get("name") == "description":
            self.said.append(dict(attrs).get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.said.append(data)
