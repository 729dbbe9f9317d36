"""The owner's page of everything to print, beside the files: opened from the disk, never published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Final

from outreach_kit.brand import palette
from outreach_kit.frozen import frozen
from outreach_kit.paper import Paper, Sheet, Sides, Stock, Use
from outreach_kit.practice import Practice
from outreach_kit.publish.directories.page import PageLink, link_pages
from outreach_kit.publish.printed import Printed
from outreach_kit.web.html import render
from outreach_kit.web.language import Words, words_on_page

TEMPLATE: Final = "own-prints.html"


@frozen
class File:
    paper: str
    href: str


@frozen
class Version:
    """The same sheet for one clinician, audience, talk or language: a line of its card."""

    title: str
    files: tuple[File, ...]


@frozen
class Card:
    title: str
    about: str
    audience: str
    pages: str
    advice: tuple[str, ...]
    preview: str
    width: int
    height: int
    versions: tuple[Version, ...]


@frozen
class Group:
    """What is done with the sheets below; `name` is the address within the page."""

    name: str
    title: str
    lead: str
    cards: tuple[Card, ...]


@frozen
class OwnPrints:
    practice: str
    title: str
    lead: str
    language: str
    direction: str
    colours: dict[str, str]
    groups: tuple[Group, ...]
    directories: tuple[PageLink, ...] = ()
    """The page of texts for directories of each clinician."""


def render_print_page(practice: Practice, sheets: Sequence[Printed]) -> bytes:
    """Every sheet of a build, grouped by what one does with it, with advice on paper."""
    words = words_on_page(practice.language)
    _ = words.gettext
    groups = tuple(
        Group(use.value, *_say_use(use, words), tuple(_cards(use, sheets, words)))
        for use in Use
        if any(one.job.sheet.use is use for one in sheets)
    )
    return _page(
        practice,
        words,
        _("Everything to print"),
        _("One click opens a sheet. Print it at 100%, never “fit to page”: sizes are exact."),
        groups,
        link_pages(practice),
    )


def render_office_page(
    practice: Practice, offices: int, merged: Sequence[tuple[Sheet, str, Paper, str]], archive: str
) -> bytes:
    """The sheets made for offices: one file for the printer each, and all of them apart.

    `merged` has each sheet with its version's title, its paper and its address.
    """
    words = words_on_page(practice.language)
    _ = words.gettext
    by_sheet: dict[str, list[tuple[Sheet, str, Paper, str]]] = {}
    for one in merged:
        by_sheet.setdefault(one[0].name, []).append(one)
    cards = tuple(
        Card(
            title=_(rows[0][0].title),
            about=_("One after the other, in the order of the list."),
            audience="",
            pages="",
            advice=_advice(rows[0][0], words),
            preview="",
            width=0,
            height=0,
            versions=_versions(((title, paper, href) for _s, title, paper, href in rows), words),
        )
        for rows in by_sheet.values()
    )
    apart = Card(
        title=_("Each office’s own files"),
        about=_("A folder for each office, to send or to print again."),
        audience="", pages="", advice=(), preview="", width=0, height=0,
        versions=(Version(_("All of them"), (File("zip", archive),)),),
    )  # fmt: skip
    count = words.ngettext("{count} office", "{count} offices", offices).format(count=offices)
    return _page(
        practice,
        words,
        _("Sheets for {offices}").format(offices=count),
        _("Each carries the office’s name and code, so that its referrals arrive under its name."),
        (Group("offices", _("For the printer"), "", (*cards, apart)),),
    )


def _page(
    practice: Practice,
    words: Words,
    title: str,
    lead: str,
    groups: tuple[Group, ...],
    directories: tuple[PageLink, ...] = (),
) -> bytes:
    view = OwnPrints(
        practice=practice.name,
        title=title,
        lead=lead,
        language=words.language,
        direction=words.direction,
        colours={name.replace("_", "-"): value for name, value in asdict(palette(practice.brand)).items()},
        groups=groups,
        directories=directories,
    )  # fmt: skip
    return render(TEMPLATE, words.language, view).encode()


def _cards(use: Use, sheets: Sequence[Printed], words: Words) -> Iterable[Card]:
    by_sheet: dict[str, list[Printed]] = {}
    for one in sheets:
        if one.job.sheet.use is use:
            by_sheet.setdefault(one.job.sheet.name, []).append(one)
    for versions in by_sheet.values():
        sheet, first = versions[0].job.sheet, versions[0]
        pages = words.ngettext("{count} page", "{count} pages", first.pages)
        yield Card(
            title=words.gettext(sheet.title),
            about=words.gettext(sheet.about),
            audience=words.gettext(sheet.audience),
            pages=pages.format(count=first.pages),
            advice=_advice(sheet, words),
            preview=first.preview,
            width=first.width,
            height=first.height,
            versions=_versions(
                ((one.title, one.job.paper, one.job.filename) for one in versions), words
            ),
        )


def _versions(files: Iterable[tuple[str, Paper, str]], words: Words) -> tuple[Version, ...]:
    by_title: dict[str, list[File]] = {}
    for title, paper, href in files:
        by_title.setdefault(title, []).append(File(_say_paper(paper, words), href))
    return tuple(Version(title, tuple(found)) for title, found in by_title.items())


def _advice(sheet: Sheet, words: Words) -> tuple[str, ...]:
    """What to put into the printer, and how it is to turn."""
    found = []
    if sheet.stock is not Stock.PLAIN:
        found.append(words.gettext(sheet.stock.value))
    if sheet.sides is not Sides.ONE:
        found.append(words.gettext(sheet.sides.value))
    return tuple(found)


def _say_use(use: Use, words: Words) -> tuple[str, str]:
    _ = words.gettext
    match use:
        case Use.TAKE:
            return _("Take to a visit"), _("Hand these over yourself, after you have listened.")
        case Use.LEAVE:
            return _("Leave at the desk"), _("They stay at the office, or go home with people.")
        case Use.MAIL:
            return _("Mail"), _("What goes out in an envelope.")
        case Use.SELF:
            return _("For yourself"), _("Nobody else sees these.")


def _say_paper(paper: Paper, words: Words) -> str:
    _ = words.gettext
    return {Paper.LETTER: _("US Letter"), Paper.A4: _("A4"), Paper.OWN: _("its own size")}[paper]
