"""The page of the printed sheets: those in its own language first, then by what one does with them."""

from __future__ import annotations

from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.site import PrintLink, Site
from outreach_kit.web.tongues import Foreign, foreign

_USES: Final = ("leave", "take", "mail", "self")


@frozen
class Version:
    """One file of a sheet: the same words on another paper."""

    paper: str
    href: str


@frozen
class SheetCard:
    title: str
    title_in: Foreign | None
    use: str
    about: str
    pages: str
    preview: str
    width: int
    height: int
    versions: tuple[Version, ...]


@frozen
class PrintView:
    frame: Frame
    sheets: tuple[SheetCard, ...]


def view_prints(site: Site, words: Words, frame: Frame) -> PrintView:
    by_title: dict[tuple[str, str], list[PrintLink]] = {}
    main = site.practice.languages[0]

    def place(link: PrintLink) -> tuple[bool, int]:
        return (link.language or main) != site.language, _place(link.use)

    for link in sorted(site.prints, key=place):
        by_title.setdefault((link.use, link.title), []).append(link)
    cards = (
        _card(links, words, foreign(site, links[0].language or main)) for links in by_title.values()
    )
    return PrintView(frame, tuple(cards))


def _place(use: str) -> int:
    return _USES.index(use) if use in _USES else len(_USES)


def _say_use(use: str, words: Words) -> str:
    _ = words.gettext
    texts = {
        "leave": _("To leave at an office"),
        "take": _("To take along"),
        "mail": _("To send"),
        "self": _("For yourself"),
    }
    return texts.get(use, use)


def _card(links: list[PrintLink], words: Words, title_in: Foreign | None) -> SheetCard:
    """One card a sheet, its papers side by side, in the order given."""
    ngettext = words.ngettext
    first = links[0]
    return SheetCard(
        title=first.title,
        title_in=title_in,
        use=_say_use(first.use, words),
        about=words.gettext(first.about),
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
