"""The book as files: a page a chapter, a front page, one style sheet with its faces, an icon.

Pages lie side by side and lead to each other by bare names, so that the folder works at any address, and
opened from a disk as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from outreach_kit.brand import palette
from outreach_kit.errors import ContentError, Problem
from outreach_kit.frozen import frozen
from outreach_kit.places import ASSETS
from outreach_kit.practice.facts import Brand
from outreach_kit.practice.prose import ProseRefused
from outreach_kit.practice.writings import Prose
from outreach_kit.web.fonts import Cache, plan_fonts, subset_font
from outreach_kit.web.handbook.book import Book, Chapter
from outreach_kit.web.handbook.linking import FILES, Linker
from outreach_kit.web.handbook.pictures import hang_pictures
from outreach_kit.web.html import render
from outreach_kit.web.prose import prose_html
from outreach_kit.web.styles import BASE_SHEETS, bundle_styles

_SHEETS: Final = (*BASE_SHEETS, "handbook.css", "print.css")
_LANGUAGE: Final = "en"


@frozen
class Link:
    text: str
    href: str
    is_current: bool = False


@frozen
class NavPart:
    title: str
    about: str
    links: tuple[Link, ...]


@frozen
class Frame:
    """What stands around every page."""

    book: str
    about: str
    title: str
    style: str
    icon: str
    parts: tuple[NavPart, ...]


@frozen
class ChapterPage:
    """`places` are the headings to jump to; `before` and `after` are the neighbours in reading order."""

    frame: Frame
    heading: str
    part: str
    body: Markup
    places: tuple[Link, ...]
    before: Link | None
    after: Link | None


@frozen
class FrontPage:
    frame: Frame
    begin: Link


def render_book(book: Book, cache: Cache) -> Mapping[str, bytes]:
    """Every file of the site by its name. Raises ContentError with all links that lead nowhere."""
    linker = Linker(book)
    pages = [_Press(book, linker, number) for number in range(len(book.chapters))]
    files = _assets(book, cache)
    style = next(name for name in files if name.endswith(".css"))
    bodies = [page.body() for page in pages]
    if linker.problems:
        raise ContentError(linker.problems)
    made = {
        page.chapter.file: render(
            "handbook/chapter.html", _LANGUAGE, page.view(body, style)
        ).encode()
        for page, body in zip(pages, bodies, strict=True)
    }
    front = FrontPage(_frame(book, None, style), _link(book.chapters[0]))
    made["index.html"] = render("handbook/front.html", _LANGUAGE, front).encode()
    texts = {f"{FILES}/{name}": path.read_bytes() for name, path in linker.files.items()}
    return {**made, **files, **texts}


class _Press:
    """One chapter on its way to a page."""

    def __init__(self, book: Book, linker: Linker, number: int) -> None:
        self._book, self._linker, self._number = book, linker, number
        self.chapter = book.chapters[number]

    def body(self) -> Markup:
        text = self._linker.link(self.chapter)
        try:
            html = prose_html(Prose(text, self.chapter.path.name))
        except ProseRefused as refused:
            raise ContentError(
                [Problem(self.chapter.path.name, 0, "", refused.what, refused.todo)]
            ) from refused
        led = str(html).replace('href="/', 'href="')
        return hang_pictures(Markup(led), self.chapter, self._linker)  # noqa: S704 - cleaned by prose_html

    def view(self, body: Markup, style: str) -> ChapterPage:
        chapters, number = self._book.chapters, self._number
        levels = [one.level for one in self._linker.headings(self.chapter)]
        return ChapterPage(
            frame=_frame(self._book, self.chapter, style),
            heading=self.chapter.title,
            part=next(one.title for one in self._book.parts if self.chapter in one.chapters),
            body=body,
            places=tuple(
                Link(one.text, f"#{one.name}")
                for one in self._linker.headings(self.chapter)
                if one.level == min(levels)
            ),
            before=_link(chapters[number - 1]) if number else None,
            after=_link(chapters[number + 1]) if number + 1 < len(chapters) else None,
        )


def _frame(book: Book, current: Chapter | None, style: str) -> Frame:
    parts = tuple(
        NavPart(
            part.title,
            part.about,
            tuple(Link(one.title, one.file, one is current) for one in part.chapters),
        )
        for part in book.parts
    )
    title = f"{current.title} · {book.title}" if current else book.title
    return Frame(book.title, book.about, title, style, "icon.svg", parts)


def _link(chapter: Chapter) -> Link:
    return Link(chapter.title, chapter.file)


def _assets(book: Book, cache: Cache) -> dict[str, bytes]:
    """The style sheet, named by what is in it, and the faces beside it."""
    characters = {*book.title, *book.about}
    for part in book.parts:
        characters.update(part.title, part.about, *(one.text for one in part.chapters))
    faces = {font: subset_font(font, cache) for font in plan_fonts("".join(sorted(characters)))}
    named = {font: _named(font.name, content) for font, content in faces.items()}
    addresses = {font: name.rpartition("/")[2] for font, name in named.items()}
    style = bundle_styles(Brand(), addresses, ASSETS / "css", _SHEETS).encode()
    return {
        _named("style.css", style): style,
        "icon.svg": _icon().encode(),
        **{named[font]: content for font, content in faces.items()},
    }


def _named(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"


def _icon() -> str:
    """Two hands' width of the accent, with a way through."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{palette(Brand()).accent}"/>'
        '<path d="M8 16h14m-5.5-6 6 6-6 6" fill="none" stroke="#fff" stroke-width="3" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
