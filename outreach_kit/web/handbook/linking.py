"""Links between chapters, as files have them, led to the pages and the names that the website has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.frozen import frozen
from outreach_kit.practice.prose import parse_prose, plain_text, walk
from outreach_kit.web.handbook.book import Book, Chapter
from outreach_kit.web.handbook.markdown import host_name, replace_links
from outreach_kit.web.heading_ids import HEADING, name_headings

FILES: Final = "files"
_ELSEWHERE: Final = ("http://", "https://", "mailto:", "tel:")


@frozen
class Heading:
    """`name` is its id on our page, `host_name` what code hosts call it, `level` that of its file."""

    level: int
    text: str
    name: str
    host_name: str


@dataclass
class Linker:
    """`files` collects what chapters lead to and is none of them; `problems` what leads nowhere."""

    book: Book
    files: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chapters = {one.path.resolve(): one for one in self.book.chapters}
        self._headings = {one.slug: tuple(find_headings(one)) for one in self.book.chapters}

    def headings(self, chapter: Chapter) -> tuple[Heading, ...]:
        return self._headings[chapter.slug]

    def link(self, chapter: Chapter) -> str:
        """The chapter's Markdown with its links as our pages have them, from the root of the site."""
        return replace_links(chapter.text, lambda target: self._lead(chapter, target))

    def find_picture(self, chapter: Chapter, target: str) -> Path | None:
        """Its file, which comes along; None, and a problem more, where there is none."""
        path = (chapter.path.parent / target).resolve()
        if not path.is_file():
            self._lead_nowhere(chapter, target)
            return None
        self.files[path.name] = path
        return path

    def _lead(self, chapter: Chapter, target: str) -> str:
        if target.startswith(_ELSEWHERE):
            return target
        name, _, anchor = target.partition("#")
        path = (chapter.path.parent / name).resolve() if name else chapter.path.resolve()
        led_to = self._chapters.get(path)
        if led_to is not None:
            return self._lead_within(chapter, led_to, anchor, is_own=not name)
        if path.is_file() and not anchor:
            self.files[PurePosixPath(name).name] = path
            return f"/{FILES}/{PurePosixPath(name).name}"
        return self._lead_nowhere(chapter, target)

    def _lead_within(self, chapter: Chapter, led_to: Chapter, anchor: str, *, is_own: bool) -> str:
        page = "" if is_own else f"/{led_to.file}"
        if not anchor:
            return page or "#main"
        found = [one.name for one in self.headings(led_to) if one.host_name == anchor]
        if not found:
            return self._lead_nowhere(chapter, f"{page}#{anchor}")
        return f"{page}#{found[0]}"

    def _lead_nowhere(self, chapter: Chapter, target: str) -> str:
        self.problems.append(
            Problem(
                chapter.path.name,
                0,
                "",
                f"A link leads to “{target}”, and nothing is there.",
                "Mend the link, or put the file into book.toml.",
            )
        )
        return "#main"


def find_headings(chapter: Chapter) -> Iterator[Heading]:
    """In reading order; raises ProseRefused for what our Markdown does not print."""
    tree = parse_prose(replace_links(chapter.text, lambda _: "#"))
    nodes = [node for node in walk(tree) if HEADING.fullmatch(node[0])]
    counts: Counter[str] = Counter()
    for node, name in zip(nodes, name_headings(tree), strict=True):
        plain = plain_text(node)
        yield Heading(int(node[0][1]), plain, name, _numbered(host_name(plain), counts))


def _numbered(name: str, counts: Counter[str]) -> str:
    """Of two alike, code hosts call the second “…-1”."""
    seen = counts[name]
    counts[name] += 1
    return f"{name}-{seen}" if seen else name
