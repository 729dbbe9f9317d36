"""Everybody of a group, or all who answer to one thing, a page at a time, with the ways to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import (
    CLINICIANS_URL,
    DIRECTORY_INDEX_URL,
    MATCH_URL,
    facet_url,
    numbered,
    profile_url,
)
from outreach_kit.web.directory import By, Directory, Entry, Facet, Stretch, cut, sort_out
from outreach_kit.web.directory.wording import (
    Question,
    ask,
    label,
    label_all,
    say_kind,
    say_meets,
    title,
)
from outreach_kit.web.frame import Frame
from outreach_kit.web.menus import Link, LinkGroup
from outreach_kit.web.phrases import say_hours
from outreach_kit.web.site import Site
from outreach_kit.web.views.cards import Card, show_card
from outreach_kit.web.views.doors import Door, show_door
from outreach_kit.web.views.people import openings_of_found

MOST_PAGES: Final = 5
"""Of those who answer to one thing; further down nobody reads, and everybody is in the whole list."""
_AROUND: Final = 2
"""Pages to each side of the one that is open, in the row of numbers."""


@frozen
class Choice:
    slug: str
    label: str
    chosen: bool


@frozen
class Chooser:
    """One question of the filter; without a script the ways below the list stand for it."""

    by: str
    question: Question
    choices: tuple[Choice, ...]


@frozen
class DirectoryView:
    frame: Frame
    heading: str
    lead: str
    is_whole: bool
    """Everybody, and not only who answers to one thing."""
    choosers: tuple[Chooser, ...]
    shared: tuple[str, ...]
    """What is true of everybody here, so that nobody has to choose it."""
    status: str
    cards: tuple[Card, ...]
    door: Door | None
    """The place, where one is chosen."""
    pages: tuple[Link, ...]
    """The row of numbers; an empty text stands for those that are left out."""
    next_page: Link | None
    beyond: str
    ways: tuple[LinkGroup, ...]
    index_href: str
    home_href: str
    match_href: str
    openings_href: str
    phone: Phone


def view_directory(site: Site, frame: Frame, facet: Facet | None, number: int) -> DirectoryView:
    """The page `number` of all, or of those who answer to `facet`."""
    words = site.words
    directory = sort_out(site.practice, site.today)
    stretch = _stretch(directory, facet, number)
    labels = label_all(directory, words)
    base = facet_url(facet) if facet else CLINICIANS_URL
    cards = tuple(show_card(one, site, labels) for one in stretch.things)
    return DirectoryView(
        frame=frame,
        heading=title(facet, words) if facet else words.gettext("Clinicians"),
        lead=site.practice.niche,
        is_whole=facet is None,
        choosers=tuple(_choosers(directory, site, facet)),
        shared=tuple(say_meets(one, words) for one in directory.shared() if one.by is not By.AGE),
        status=_say_which(stretch, site),
        cards=cards,
        door=_show_place(site, facet),
        pages=tuple(_number(base, stretch.page, stretch.pages, site)),
        next_page=_lead_on(base, stretch, site),
        beyond=_say_beyond(stretch, site) if facet else "",
        ways=tuple(list_ways(directory, site)),
        index_href=site.at(DIRECTORY_INDEX_URL),
        home_href=site.at(CLINICIANS_URL),
        match_href=site.at(MATCH_URL),
        openings_href=openings_of_found(site),
        phone=site.practice.contact.phone,
    )


def count_pages(directory: Directory, facet: Facet | None) -> int:
    return _stretch(directory, facet, 1).pages


def list_ways(directory: Directory, site: Site) -> Iterator[LinkGroup]:
    """Every choice that leads somewhere, by kind: to its own page, or to the one who answers to it."""
    words = site.words
    for by in By:
        links = [
            _lead_to(directory, facet, site)
            for facet in directory.offered(by)
            if directory.divides(facet)
        ]
        if links:
            yield LinkGroup(say_kind(by, words), tuple(links))


def _lead_to(directory: Directory, facet: Facet, site: Site) -> Link:
    text = label(facet, site.words)
    if directory.has_page(facet):
        return Link(text, site.at(facet_url(facet)))
    [only] = directory.who(facet)
    whole = site.words.gettext("{topic}: {name}").format(topic=text, name=only.clinician.name)
    return Link(whole, site.at(profile_url(only.clinician)))


def _show_place(site: Site, facet: Facet | None) -> Door | None:
    """With the practice's own numbers and hours where the place has none: here one looks for both.

    Not with hours that are told by another clock.
    """
    practice = site.practice
    for place in practice.sites if facet and facet.by is By.PLACE else ():
        if facet and place.slug == facet.slug:
            door = show_door(practice, place, site.words)
            return replace(
                door,
                phone=door.phone or practice.contact.phone,
                fax=door.fax or practice.contact.fax,
                hours=door.hours or (() if door.zone else say_hours(practice.hours, site.words)),
            )
    return None


def _stretch(directory: Directory, facet: Facet | None, number: int) -> Stretch[Entry]:
    if facet is None:
        return cut(directory.entries)[number - 1]
    return cut(directory.who(facet), most_pages=MOST_PAGES)[number - 1]


def _choosers(directory: Directory, site: Site, open_at: Facet | None) -> Iterator[Chooser]:
    """Only kinds in which people differ; in such a kind every value, also one that all share."""
    for by in By:
        facets = directory.offered(by)
        if any(directory.divides(one) for one in facets):
            yield Chooser(
                by=by.value,
                question=ask(by, site.words),
                choices=tuple(
                    Choice(one.slug, label(one, site.words), chosen=one == open_at)
                    for one in facets
                ),
            )


def _say_which(stretch: Stretch[Entry], site: Site) -> str:
    if stretch.pages == 1:
        return site.words.ngettext("{count} clinician", "{count} clinicians", stretch.total).format(
            count=stretch.total
        )
    return site.words.gettext("{first} to {last} of {count} clinicians").format(
        first=stretch.first, last=stretch.last, count=f"{stretch.total:,}"
    )


def _say_beyond(stretch: Stretch[Entry], site: Site) -> str:
    if not stretch.left:
        return ""
    return site.words.ngettext(
        "{count} more is in the whole list. Or call, and we look for you.",
        "{count} more are in the whole list. Or call, and we look for you.",
        stretch.left,
    ).format(count=f"{stretch.left:,}")


def _lead_on(base: str, stretch: Stretch[Entry], site: Site) -> Link | None:
    if stretch.page == stretch.pages:
        return None
    return Link(site.words.gettext("Next page"), site.at(numbered(base, stretch.page + 1)))


def _number(base: str, page: int, pages: int, site: Site) -> Iterator[Link]:
    """Around this page, and the first and the last; nothing for a single one."""
    if pages == 1:
        return
    shown = sorted({1, pages, *range(max(1, page - _AROUND), min(pages, page + _AROUND) + 1)})
    before = 0
    for one in shown:
        if one > before + 1:
            yield Link("", "")
        yield Link(f"{one:,}", site.at(numbered(base, one)), current=one == page)
        before = one
