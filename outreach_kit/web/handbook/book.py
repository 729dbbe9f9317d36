"""The table of contents, and the chapters that it names.

`book.toml` has a title, a sentence about the whole, and parts; each part has a title, a sentence and the
files of its chapters, relative to the folder. A chapter's title is its first heading.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from outreach_kit.errors import ContentError, Problem
from outreach_kit.frozen import frozen
from outreach_kit.practice.prose import ProseRefused, parse_prose, plain_text
from outreach_kit.web.handbook.markdown import simplify

CONTENTS: Final = "book.toml"


@frozen
class Chapter:
    """`path` is where its Markdown is; `text` has nothing that our own Markdown does not know.

    `pictures` are what each shows, in words, and its file as the chapter names it, by the marks' numbers.
    """

    slug: str
    title: str
    path: Path
    text: str
    pictures: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        return f"{self.slug}.html"


@frozen
class Part:
    title: str
    about: str
    chapters: tuple[Chapter, ...]


@frozen
class Book:
    title: str
    about: str
    parts: tuple[Part, ...]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All of them, in reading order."""
        return tuple(one for part in self.parts for one in part.chapters)


def load_book(folder: Path) -> Book:
    """Raises ContentError with every chapter that is missing or does not begin with a heading."""
    contents = folder / CONTENTS
    try:
        raw = tomllib.loads(contents.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError([_problem(CONTENTS, f"It cannot be read: {error.strerror}.")]) from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError([_problem(CONTENTS, f"It is no TOML: {error}.")]) from error
    problems: list[Problem] = []
    parts = tuple(_load_part(folder, one, problems) for one in raw.get("part", ()))
    if not parts and not problems:
        problems.append(_problem(CONTENTS, "It has no [[part]]."))
    if problems:
        raise ContentError(problems)
    return Book(str(raw.get("title", "")), str(raw.get("about", "")), parts)


def _load_part(folder: Path, raw: dict[str, Any], problems: list[Problem]) -> Part:
    chapters = []
    for name in raw.get("chapters", ()):
        try:
            chapters.append(_load_chapter(folder, str(name)))
        except ContentError as error:
            problems.extend(error.problems)
    return Part(str(raw.get("title", "")), str(raw.get("about", "")), tuple(chapters))


def _load_chapter(folder: Path, name: str) -> Chapter:
    path = folder / name
    try:
        text, pictures = simplify(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError([_problem(name, f"It cannot be read: {error.strerror}.")]) from error
    lines = text.lstrip().splitlines()
    if not lines or not lines[0].startswith("# "):
        raise ContentError(
            [_problem(name, "It does not begin with a heading.", "Begin with “# …”.")]
        )
    try:
        title = plain_text(parse_prose(lines[0]))
    except ProseRefused as refused:
        raise ContentError([_problem(name, refused.what, refused.todo)]) from refused
    body = "\n".join(lines[1:]).strip("\n") + "\n"
    return Chapter(path.stem.lower(), title, path, body, pictures)


def _problem(file: str, what: str, todo: str = f"See to it, or to {CONTENTS}.") -> Problem:
    return Problem(file, 0, "", what, todo)
