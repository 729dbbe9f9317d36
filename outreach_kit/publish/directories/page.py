"""A page for each clinician: what to paste into which directory, for the owner alone, beside the prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from outreach_kit.brand import palette
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.directories import Listing
from outreach_kit.practice.fingerprint import Kind, changed_since, fingerprint
from outreach_kit.publish.directories.limits import (
    Blank,
    Directory,
    directory_of,
    known_directories,
)
from outreach_kit.publish.directories.texts import Teller
from outreach_kit.web.html import render
from outreach_kit.web.language import Words, words_in

FOLDER: Final = "directories"
TEMPLATE: Final = "own-directories.html"


@dataclass(frozen=True)
class Text:
    """One field of a directory, filled."""

    name: str
    """Its address within the page."""
    title: str
    text: str
    counted: str
    """“612 of 640 characters”."""
    remark: str
    """What did not fit, or where a list cuts the text off; empty when all is well."""
    lines: int


@dataclass(frozen=True)
class Entry:
    """One directory: the texts of all its fields, and how the entry stands there now."""

    name: str
    title: str
    url: str
    hint: str
    looked: str
    standing: str
    """When it was last pasted, and what has changed since."""
    is_stale: bool
    texts: tuple[Text, ...]
    record: str
    """What goes into `directories.toml` once it is pasted."""


@dataclass(frozen=True)
class Told:
    """All directories in one language."""

    tag: str
    heading: str
    """Empty where there is only one."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class DirectoriesView:
    practice: str
    title: str
    lead: str
    language: str
    direction: str
    colours: dict[str, str]
    index: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
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
    words = words_in(practice.language)
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
            _enter(one, listings.get(one.slug), practice, whose, teller, own, today, tag)
            for one in (*known, *(one for one in others if one not in known))
        ),
    )


def _enter(
    directory: Directory,
    listing: Listing | None,
    practice: Practice,
    clinician: Clinician,
    teller: Teller,
    words: Words,
    today: dt.date,
    tag: str,
) -> Entry:
    _ = words.gettext
    now = fingerprint(practice, clinician)
    standing, is_stale = _stand(listing, now, words, today)
    url = (listing.url if listing else None) or directory.url
    looked = ""
    if directory.looked_on:
        looked = _("Its limits as seen on {day}.").format(day=words.day(directory.looked_on))
    prefix = f"{tag.lower()}-{directory.slug}"
    return Entry(
        name=prefix,
        title=directory.title,
        url=url or "",
        hint=directory.hint or "",
        looked=looked,
        standing=standing,
        is_stale=is_stale,
        texts=tuple(
            made
            for place, blank in enumerate(directory.field, start=1)
            if (made := _write(f"{prefix}-{place}", blank, teller, words)).text
        ),
        record=_record(directory.slug, listing, practice, clinician, now, today),
    )


def _write(name: str, blank: Blank, teller: Teller, words: Words) -> Text:
    _, ngettext = words.gettext, words.ngettext
    fitted = teller.fill(blank)
    if blank.words is not None:
        counted = _("{count} of {most} words").format(count=fitted.words, most=blank.words)
    elif blank.characters is not None:
        counted = _("{count} of {most} characters").format(
            count=fitted.characters, most=blank.characters
        )
    else:
        counted = ngettext("{count} character", "{count} characters", fitted.characters).format(
            count=fitted.characters
        )
    remarks = []
    if fitted.left_out:
        remarks.append(
            ngettext(
                "{count} sentence of your profile did not fit.",
                "{count} sentences of your profile did not fit.",
                fitted.left_out,
            ).format(count=fitted.left_out)
        )
    if blank.shown_first and fitted.characters > blank.shown_first:
        remarks.append(
            _("In its list, people read as far as “{words}”.").format(
                words=_last_words(fitted.text, blank.shown_first)
            )
        )
    lines = sum(-(-max(len(line), 1) // 72) for line in fitted.text.split("\n"))
    return Text(name, blank.title, fitted.text, counted, " ".join(remarks), max(2, lines + 1))


def _last_words(text: str, shown: int, most: int = 5) -> str:
    return " ".join(text[:shown].split()[:-1][-most:])


def _stand(listing: Listing | None, now: str, words: Words, today: dt.date) -> tuple[str, bool]:
    """How the entry stands, and whether it has to be pasted again."""
    _ = words.gettext
    if listing is None or listing.pasted_on is None:
        return _("You have not written down yet when you pasted this."), False
    day = words.day(listing.pasted_on, today)
    if listing.facts is None:
        return _("Pasted on {day}.").format(day=day), False
    changed = [_name(kind, words) for kind in changed_since(listing.facts, now)]
    if not changed:
        return _("Pasted on {day}; nothing of it has changed since.").format(day=day), False
    said = _("Pasted on {day}. Changed since: {facts}. Paste it again.")
    return said.format(day=day, facts=words.listing(changed)), True


def _name(kind: Kind, words: Words) -> str:
    _ = words.gettext
    match kind:
        case Kind.NICHE:
            return _("the niche")
        case Kind.PROFILE:
            return _("the profile")
        case Kind.APPROACHES:
            return _("approaches, ages or languages")
        case Kind.FEES:
            return _("the fees")
        case Kind.PLANS:
            return _("the insurance plans")
        case Kind.PLACE:
            return _("the place")


def _record(
    slug: str,
    listing: Listing | None,
    practice: Practice,
    clinician: Clinician,
    now: str,
    today: dt.date,
) -> str:
    """The whole table, so that it can replace the one that is there."""
    rows = ["[[directory]]", f'name = "{slug}"']
    if listing and listing.title:
        rows.append(f"title = {_quoted(listing.title)}")
    if practice.is_group:
        rows.append(f'clinician = "{clinician.slug}"')
    if listing and listing.url:
        rows.append(f'url = "{listing.url}"')
    if listing and listing.characters:
        rows.append(f"characters = {listing.characters}")
    return "\n".join((*rows, f"pasted_on = {today.isoformat()}", f'facts = "{now}"', ""))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
