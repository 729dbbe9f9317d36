"""A practice folder in memory: every page, sheet, form and script is made from this and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from outreach_kit.frozen import frozen
from outreach_kit.practice.audiences import Audience
from outreach_kit.practice.built_in import PHYSICIANS
from outreach_kit.practice.clinician import ReferWhen
from outreach_kit.practice.directories import Listing
from outreach_kit.practice.doors import reach, tell_of_one
from outreach_kit.practice.facts import (
    Address,
    Booking,
    Brand,
    Contact,
    Fee,
    Hours,
    Identity,
    Insurance,
    Payment,
    Place,
    PracticeFile,
    Promise,
)
from outreach_kit.practice.people import Clinician
from outreach_kit.practice.resources import ColleaguesFile, HelpLine
from outreach_kit.practice.trainings import Training
from outreach_kit.practice.translation import Overlay, tell_in
from outreach_kit.practice.untranslated import Untranslated, find_untranslated
from outreach_kit.practice.writings import Note, Page, Topic

OTHER_REASON = ReferWhen(slug="other", text="Something else", short="Something else")


@frozen
class Practice:
    """Everything in one practice folder, loaded and checked. `clinicians` is never empty."""

    folder: Path
    facts: PracticeFile
    clinicians: tuple[Clinician, ...]
    pages: tuple[Page, ...] = ()
    audiences: tuple[Audience, ...] = (PHYSICIANS["en"],)
    """Never empty; the first is the one that sheets are made for by default."""
    trainings: tuple[Training, ...] = ()
    notes: tuple[Note, ...] = ()
    """In every language in which they were written, the newest first."""
    topics: tuple[Topic, ...] = ()
    """In every language in which they were written, in the order of the files."""
    lines: tuple[HelpLine, ...] = ()
    """Where people in need are answered near here."""
    trusted: ColleaguesFile | None = None
    """The colleagues who agreed to be listed, as the desk last wrote them."""
    listings: tuple[Listing, ...] = ()
    """Where the clinicians stand in directories, and what was last pasted there."""
    overlays: Mapping[str, Overlay] = field(default_factory=dict, repr=False)
    """The words of each further language; `in_language` lays them over."""
    told_in: str | None = None
    """Set by `in_language`."""
    origin: Practice | None = field(default=None, repr=False, compare=False)
    files: tuple[str, ...] = field(default=(), repr=False)
    """Every file that was read; whoever wants to know what is stale asks these."""
    told: dict[str, Practice] = field(default_factory=dict, init=False, repr=False, compare=False)
    at_hand: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What others have worked out from it and will ask for again; it goes when the practice goes."""

    @property
    def identity(self) -> Identity:
        return self.facts.practice

    @property
    def name(self) -> str:
        return self.facts.practice.name

    @property
    def niche(self) -> str:
        return self.facts.practice.niche or self.clinicians[0].facts.niche

    @property
    def contact(self) -> Contact:
        return self.facts.contact

    @property
    def address(self) -> Place:
        return self.facts.address

    @property
    def sites(self) -> tuple[Place, ...]:
        """Every place of the practice, the main one first; never empty."""
        return (self.facts.address, *self.facts.sites)

    def sites_of(self, clinician: Clinician) -> tuple[Place, ...]:
        """Where that clinician sees people in person; empty for one who works online only."""
        if not clinician.facts.in_person:
            return ()
        slugs = clinician.facts.sites
        return tuple(one for one in self.sites if one.slug in slugs) or self.sites[:1]

    def contact_of(self, clinician: Clinician) -> Contact:
        """Where that clinician is reached: by an own number, else at their door, else at the practice."""
        return reach(self, clinician)

    def towns(self, clinician: Clinician | None = None) -> tuple[str, ...]:
        """“Alder Falls, WA”, each once: where that clinician sees people, or where the practice is."""
        places = self.sites_of(clinician) if clinician else self.sites
        return tuple(dict.fromkeys(f"{one.city}, {one.region}" for one in places))

    def plans_of(self, clinician: Clinician) -> tuple[str, ...]:
        """The plans that clinician is in network with, in the practice's order."""
        own = clinician.facts.plans
        plans = self.insurance.plans
        return tuple(one for one in plans if one in own) if own else plans

    @property
    def mailing_address(self) -> Address:
        return self.facts.mailing_address or self.facts.address

    @property
    def hours(self) -> Hours:
        return self.facts.hours

    @property
    def booking(self) -> Booking:
        return self.facts.booking

    @property
    def fees(self) -> tuple[Fee, ...]:
        return self.facts.fees

    @property
    def insurance(self) -> Insurance:
        return self.facts.insurance

    @property
    def payment(self) -> Payment:
        return self.facts.payment

    @property
    def promise(self) -> Promise:
        return self.facts.promise

    @property
    def brand(self) -> Brand:
        return self.facts.brand

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.facts.practice.time_zone)

    @property
    def goes_by_several_clocks(self) -> bool:
        """Whether one of its places has another time zone: a time of day alone tells nobody enough then."""
        own = self.facts.practice.time_zone
        return any((one.time_zone or own) != own for one in self.facts.sites)

    @property
    def language(self) -> str:
        """The language of the texts: the main one, unless this came from `in_language`."""
        return self.told_in or self.facts.practice.languages[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of the site, the main one first."""
        return self.facts.practice.languages

    def folder_of(self, language: str) -> str:
        """What the addresses of a language begin with, like `/es`; the main one's with nothing."""
        return f"/{language.lower()}" if language in self.languages[1:] else ""

    @property
    def is_group(self) -> bool:
        return len(self.clinicians) > 1

    @property
    def reasons(self) -> tuple[ReferWhen, ...]:
        """Every clinician's reasons once, in order, and “something else” last."""
        by_slug = {
            reason.slug: reason for one in self.clinicians for reason in one.facts.refer_when
        }
        return (*by_slug.values(), OTHER_REASON)

    def clinician(self, slug: str) -> Clinician | None:
        return self._clinicians_by_slug.get(slug)

    def whose_listing(self, listing: Listing) -> Clinician | None:
        """A practice of one need not say whose it is."""
        if listing.clinician is None:
            return None if self.is_group else self.clinicians[0]
        return self.clinician(listing.clinician)

    def audience(self, slug: str) -> Audience | None:
        return next((one for one in self.audiences if one.slug == slug), None)

    def clinicians_for(self, audience: Audience) -> tuple[Clinician, ...]:
        """Who is for that audience; never empty."""
        chosen = audience.clinicians
        return tuple(one for one in self.clinicians if not chosen or one.slug in chosen)

    def training(self, slug: str) -> Training | None:
        return next((one for one in self.trainings if one.slug == slug), None)

    def trainings_for(self, audience: Audience) -> tuple[Training, ...]:
        return tuple(
            one for one in self.trainings if not one.audiences or audience.slug in one.audiences
        )

    def notes_in(self, language: str) -> tuple[Note, ...]:
        """Each note once, in that language or else in the main one, the newest first."""
        return _once(self.notes, language, self.languages[0])

    def pages_in(self, language: str) -> tuple[Page, ...]:
        """Each page of the owner's once, in that language or else in the main one."""
        return tuple(self._pages_by_slug(language).values())

    def page_in(self, language: str, slug: str) -> Page | None:
        return self._pages_by_slug(language).get(slug)

    def pages_in_menu(self, language: str) -> tuple[Page, ...]:
        if language not in self._menu_pages:
            self._menu_pages[language] = tuple(p for p in self.pages_in(language) if p.in_menu)
        return self._menu_pages[language]

    def page_in_all_languages(self, slug: str) -> tuple[Page, ...]:
        """The page of that name in each language in which it is written."""
        return self._pages_called.get(slug, ())

    def topics_in(self, language: str) -> tuple[Topic, ...]:
        """Each topic once, in that language or else in the main one; in the order of the reasons."""
        told = {one.slug: one for one in _once(self.topics, language, self.languages[0])}
        return tuple(told[one.slug] for one in self.reasons if one.slug in told)

    def today(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self.time_zone).date()

    def overlay(self, language: str) -> Overlay:
        """The words of that language, or of its main form (“es” for “es-MX”); empty when there are none."""
        found = self.overlays.get(language) or self.overlays.get(language.split("-")[0])
        return found or Overlay()

    def in_language(self, language: str) -> Practice:
        """This practice with its texts in that language; what has no translation stays as it is.

        Any language may be asked for, also one that the practice does not have.
        """
        home = self.origin or self
        if language == self.language:
            return self
        if language == home.language:
            return home
        if (told := home.told.get(language)) is None:
            told = tell_in(home, language)
            if language in self.languages:  # no other is asked for twice, and a visitor may ask
                home.told[language] = told
        return told

    def as_of(self, clinician: Clinician) -> Practice:
        """This practice as it is true of that one alone: their door and who answers there, their plans.

        For a sheet that tells of nobody else. Letters go where they went.
        """
        return tell_of_one(self, clinician)

    @cached_property
    def _clinicians_by_slug(self) -> Mapping[str, Clinician]:
        return {one.slug: one for one in self.clinicians}

    def _pages_by_slug(self, language: str) -> Mapping[str, Page]:
        if language not in self._told_pages:
            told = _once(self.pages, language, self.languages[0])
            self._told_pages[language] = {one.slug: one for one in told}
        return self._told_pages[language]

    @cached_property
    def _pages_called(self) -> Mapping[str, tuple[Page, ...]]:
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            found.setdefault(page.slug, []).append(page)
        return {slug: tuple(pages) for slug, pages in found.items()}

    @cached_property
    def _told_pages(self) -> dict[str, Mapping[str, Page]]:
        return {}

    @cached_property
    def _menu_pages(self) -> dict[str, tuple[Page, ...]]:
        return {}

    def untranslated(self, language: str) -> tuple[Untranslated, ...]:
        """Every text that `in_language` would leave in the main language."""
        return find_untranslated(self.origin or self, language)


Article = TypeVar("Article", Page, Note, Topic)


def _once(articles: tuple[Article, ...], language: str, main: str) -> tuple[Article, ...]:
    """Each once, in that language or else in the main one."""
    told = {one.slug for one in articles if one.language == language}
    return tuple(
        one
        for one in articles
        if one.language == language or (one.language == main and one.slug not in told)
    )
