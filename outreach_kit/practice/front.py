"""What a Markdown file is called, and where its fields end and its words begin.

Light: whoever learns about many texts at once imports this and not the reader of whole folders.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Z]{2})?"
MAX_FILE_BYTES: Final = 1_000_000
PAGE_FIELDS: Final = ("title", "description", "menu")
"""What may stand between the two `---` of an owner's page."""
_FRONT: Final = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_MARKDOWN: Final = re.compile(rf"(?P<slug>.+?)(?:\.(?P<language>{LANGUAGE}))?\.md")


class Named(NamedTuple):
    """A Markdown file's name taken apart: “profile.es.md” is `profile` in `es`."""

    slug: str
    language: str


class Parts(NamedTuple):
    """A Markdown file taken apart. `fields` is what stands between the two `---`."""

    fields: str
    body: str
    line: int
    """The 1-based line of the file on which the body begins."""


def take_apart(name: str, main: str) -> Named | None:
    match = _MARKDOWN.fullmatch(name)
    return Named(match["slug"], match["language"] or main) if match else None


def read_fields(fields: str) -> Iterator[tuple[int, str, str | None]]:
    """The line in its file, the key and the value of each; the value is None where there is no colon."""
    for number, row in enumerate(fields.splitlines(), 2):
        if row.strip():
            key, colon, value = row.partition(":")
            yield number, key.strip(), _unquoted(value.strip()) if colon else None


def _unquoted(value: str) -> str:
    """Without the quotes around the whole of it; those of a word in it are the writer's."""
    quote = value[:1]
    whole = len(value) > 1 and quote in {'"', "'"} and value.endswith(quote)
    return value[1:-1] if whole and quote not in value[1:-1] else value


def read_text(path: str) -> str | None:
    """The whole of a file that may be read as a text."""
    try:
        if os.path.getsize(path) > MAX_FILE_BYTES:  # noqa: PTH202
            return None
        with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def split_front(text: str) -> Parts:
    match = _FRONT.match(text)
    if match is None:
        return Parts("", text, 1)
    return Parts(match[1], text[match.end() :], 1 + text.count("\n", 0, match.end()))
