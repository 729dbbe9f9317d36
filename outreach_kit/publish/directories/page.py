"""A page for each clinician: what to paste into which directory, for the owner alone, beside the prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from outreach_kit.brand import palette
from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Practice
from outreach_kit.publish.directories.entries import Entry, enter
from outreach_kit.publish.directories.limits import directory_of, known_directories
from outreach_kit.publish.directories.texts import Teller
from outreach_kit.web.html import render
from outreach_kit.web.language import words_in, words_on_page

FOLDER: Final = "directories"
TEMPLATE: Final = "own-directories.html"


@frozen
class Told:
    """All directories in one language."""

    tag: str
    heading: str
    """Empty where there is only one."""
    entries: tuple[Entry, ...]


@frozen
class DirectoriesView:
    practice: str
    title: str
    lead: str
    language: str
    direction: str
    colours: dict[str, str]
    index: str
    told: tuple[Told, ...]


@frozen
class PageLink:
    title: str
    href: str


def link_pages(practice: Practice) -> tuple[PageLink, ...]:
    """Where each clinician's page lies, from the page of everything to print."""
    return tuple(PageLink(one.name, f"{FOLDER}/{one.slug}.html") for one in practice.clinicians)


def directory_pages(practice: Practice, today: dt.date) -> Iterator[tuple[str, bytes]]:
    """File names below the folder of prints, and the pages."""
    for link, clinician in zip(link_pages(practice), practice.clinicians, strict=True):
        yield link.href, render_directories(practice, clinician, today)


def render_directories(practice: Practice, clinician: Clinician, today: dt.date) -> bytes:
    words = words_on_page(practice.language)
    _ = words.gettext
    view = DirectoriesView(
        practice=practice.name,
        title=_("Texts for directories: {name}").format(name=clinician.name),
        lead=_(
            "What you say on your site, cut to what each directory takes. Copy a text, paste it there, "
            "and write down when; then every build tells you once it is out of date."
        ),
        language=words.language,
        direction=words.direction,
        colours={
            name.replace("_", "-"): value for name, value in asdict(palette(practice.brand)).items()
        },
        index="../index.html",
        told=tuple(_tell(practice, clinician, tag, today) for tag in practice.languages),
    )
    return render(TEMPLATE, words.language, view).encode()


def _tell(practice: Practice, clinician: Clinician, tag: str, today: dt.date) -> Told:
    own = words_in(practice.language)
    told = practice.in_language(tag)
    whose = told.clinician(clinician.slug) or clinician
    teller = Teller(told, whose, words_in(tag))
    listings = {
        one.name: one
        for one in practice.listings
        if (listed := practice.whose_listing(one)) and listed.slug == clinician.slug
    }
    others = [directory_of(one) for one in listings.values()]
    known = known_directories()
    return Told(
        tag=tag,
        heading=own.language_name(tag) if len(practice.languages) > 1 else "",
        entries=tuple(
            enter(one, listings.get(one.slug), practice, whose, teller, own, today, tag)
            for one in (*known, *(one for one in others if one not in known))
        ),
    )
