"""The page of the printed sheets: those in its own language first."""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.site import PrintLink, Site
from outreach_kit.web.tongues import Foreign, foreign


@frozen
class Version:
    """One file of a sheet: the same words on another paper."""

    paper: str
    href: str


@frozen
class SheetCard:
    title: str
    title_in: Foreign | None
    about: str
    audience: str
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
    """Whoever opens this page keeps an office: the guide is the first, as in the catalogue."""
    by_title: dict[str, list[PrintLink]] = {}
    main = site.practice.languages[0]
    for link in sorted(site.prints, key=lambda one: (one.language or main) != site.language):
        by_title.setdefault(link.title, []).append(link)
    cards = (
        _card(links, words, foreign(site, links[0].language or main)) for links in by_title.values()
    )
    return PrintView(frame, tuple(cards))


def _card(links: list[PrintLink], words: Words, title_in: Foreign | None) -> SheetCard:
    """One card a sheet, its papers side by side, in the order given."""
    ngettext = words.ngettext
    first = links[0]
    return SheetCard(
        title=first.title,
        title_in=title_in,
        about=words.gettext(first.about),
        audience=words.gettext(first.audience) if first.audience else "",
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
