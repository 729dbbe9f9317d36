"""The page that lists the printed sheets, grouped by what one does with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.site import PrintLink, Site

_USES: Final = ("leave", "take", "mail", "self")


@dataclass(frozen=True)
class Version:
    """One file of a sheet: the same words on another paper."""

    paper: str
    href: str


@dataclass(frozen=True)
class SheetCard:
    title: str
    about: str
    pages: str
    preview: str
    width: int
    height: int
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Shelf:
    heading: str
    sheets: tuple[SheetCard, ...]


@dataclass(frozen=True)
class PrintView:
    frame: Frame
    shelves: tuple[Shelf, ...]


def view_prints(site: Site, words: Words, frame: Frame) -> PrintView:
    headings = _headings(words)
    uses = (*_USES, *sorted({link.use for link in site.prints} - set(_USES)))
    shelves = (
        Shelf(headings.get(use, use), _cards([one for one in site.prints if one.use == use], words))
        for use in uses
    )
    return PrintView(frame, tuple(shelf for shelf in shelves if shelf.sheets))


def _headings(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "leave": _("To leave at an office"),
        "take": _("To take along"),
        "mail": _("To send"),
        "self": _("For yourself"),
    }


def _cards(links: list[PrintLink], words: Words) -> tuple[SheetCard, ...]:
    """One card a title, its papers side by side, in the order given."""
    by_title: dict[str, list[PrintLink]] = {}
    for link in links:
        by_title.setdefault(link.title, []).append(link)
    return tuple(_card(versions, words) for versions in by_title.values())


def _card(links: list[PrintLink], words: Words) -> SheetCard:
    ngettext = words.ngettext
    first = links[0]
    return SheetCard(
        title=first.title,
        about=first.about,
        pages=ngettext("{count} page", "{count} pages", first.pages).format(count=first.pages),
        preview=f"/print/{first.preview}" if first.preview else "",
        width=first.preview_width,
        height=first.preview_height,
        versions=tuple(
            Version(_say_paper(link.paper, words), f"/print/{link.filename}") for link in links
        ),
    )


def _say_paper(paper: str, words: Words) -> str:
    _ = words.gettext
    return {"letter": _("US Letter"), "a4": _("A4")}.get(paper, paper)
