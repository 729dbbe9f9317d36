"""From the facts of a group to what one can ask of it, and who answers to each. Pure.

Only facts: nothing that anybody paid for or counted can move a name up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.values import make_slug
from outreach_kit.web.directory.order import fair_key

_AT_HAND: Final = "directory"
FEWEST_ON_A_PAGE: Final = 2
"""A page for one person would say what that person's own page says."""
AGE_BANDS: Final[Mapping[str, tuple[int, int]]] = {
    "child": (0, 12), "teen": (13, 17), "adult": (18, 64), "older": (65, 150),
}  # fmt: skip
"""The form's age bands, as ages in years."""
MOST_OFFERED: Final = 60
"""More values of a kind than this are no list to choose from: those that most answer to are offered.
Clinicians who each word their own reasons make thousands of them."""
ONLINE: Final = "online-"
"""Begins the slug of a state in which somebody is seen online, which stands among the places."""


class By(StrEnum):
    """What one can choose by; the values stand in addresses."""

    NEED = "need"
    AGE = "age"
    LANGUAGE = "language"
    PLAN = "plan"
    PLACE = "site"


@frozen
class Facet:
    """One value that one can choose. `name` is the practice's own word, a language's tag, an age
    band, or a state's two letters."""

    by: By
    slug: str
    name: str


@frozen
class Entry:
    """One clinician as the directory knows them."""

    clinician: Clinician
    has_room: bool
    """Openings were counted, not too long ago, and there were some."""
    slugs: Mapping[By, tuple[str, ...]]
    """What they answer to; a kind may be empty."""

    def answers_to(self, by: By, slug: str) -> bool:
        return slug in self.slugs[by]


@frozen
class Directory:
    entries: tuple[Entry, ...]
    """In the order in which everybody is shown everywhere."""
    facets: tuple[Facet, ...]
    """Only such that somebody answers to; kinds in order, in each the practice's own order."""
    members: Mapping[tuple[By, str], tuple[Entry, ...]]
    choices: frozenset[tuple[By, str]]

    def of(self, by: By) -> tuple[Facet, ...]:
        return tuple(one for one in self.facets if one.by is by)

    def offered(self, by: By) -> tuple[Facet, ...]:
        """What one is asked to choose from."""
        return tuple(one for one in self.of(by) if (one.by, one.slug) in self.choices)

    def who(self, facet: Facet) -> tuple[Entry, ...]:
        """Who answers to it, in order; never empty."""
        return self.members[facet.by, facet.slug]

    def divides(self, facet: Facet) -> bool:
        """Some answer to it and some do not."""
        return len(self.who(facet)) < len(self.entries)

    def has_page(self, facet: Facet) -> bool:
        """It is offered, divides, and more than one answers to it: else its page would say nothing new."""
        is_offered = (facet.by, facet.slug) in self.choices
        return is_offered and self.divides(facet) and len(self.who(facet)) >= FEWEST_ON_A_PAGE

    def shared(self) -> tuple[Facet, ...]:
        """What everybody answers to."""
        return tuple(one for one in self.facets if not self.divides(one))


def sort_out(practice: Practice, today: dt.date) -> Directory:
    """The directory of a practice in its language. Asked again for the same day it is at hand:
    every page of a large group needs it whole."""
    day, directory = practice.at_hand.get(_AT_HAND, (None, None))
    if directory is None or day != today:
        directory = _sort_out(practice, today)
        practice.at_hand[_AT_HAND] = today, directory
    known: Directory = directory
    return known


def _sort_out(practice: Practice, today: dt.date) -> Directory:
    entries = sorted(
        (_enter(one, practice, today) for one in practice.clinicians),
        key=lambda one: fair_key(one.clinician.slug, today, has_room=one.has_room),
    )
    members: dict[tuple[By, str], list[Entry]] = {}
    for entry in entries:
        for by, slugs in entry.slugs.items():
            for slug in slugs:
                members.setdefault((by, slug), []).append(entry)
    return Directory(
        entries=tuple(entries),
        facets=tuple(one for one in _list_facets(practice) if (one.by, one.slug) in members),
        members={key: tuple(found) for key, found in members.items()},
        choices=frozenset(key for by in By for key in _choose(by, members)),
    )


def _choose(by: By, members: Mapping[tuple[By, str], list[Entry]]) -> list[tuple[By, str]]:
    keys = [key for key in members if key[0] is by]
    return sorted(keys, key=lambda key: (-len(members[key]), key))[:MOST_OFFERED]


def _enter(clinician: Clinician, practice: Practice, today: dt.date) -> Entry:
    facts = clinician.facts
    openings = facts.openings
    oldest = 150 if facts.ages.oldest is None else facts.ages.oldest
    return Entry(
        clinician=clinician,
        has_room=openings is not None and openings.count > 0 and openings.fresh(today),
        slugs={
            By.NEED: tuple(reason.slug for reason in facts.refer_when),
            By.AGE: tuple(
                band
                for band, (first, last) in AGE_BANDS.items()
                if first <= oldest and facts.ages.youngest <= last
            ),
            By.LANGUAGE: tuple(dict.fromkeys(_tongue(tag) for tag in facts.languages)),
            By.PLAN: tuple(dict.fromkeys(map(make_slug, practice.plans_of(clinician)))),
            By.PLACE: (
                *(one.slug for one in practice.sites_of(clinician)),
                *(ONLINE + state.lower() for state in facts.telehealth),
            ),
        },
    )


def _list_facets(practice: Practice) -> Iterator[Facet]:
    """Each once, whether or not somebody answers to it."""
    needs = {one.slug: one.label for who in practice.clinicians for one in who.facts.refer_when}
    yield from (Facet(By.NEED, slug, label) for slug, label in needs.items())
    yield from (Facet(By.AGE, band, band) for band in AGE_BANDS)
    tongues = dict.fromkeys(
        _tongue(tag) for one in practice.clinicians for tag in one.facts.languages
    )
    yield from (Facet(By.LANGUAGE, tag, tag) for tag in tongues)
    plans = {make_slug(plan): plan for plan in practice.insurance.plans}
    yield from (Facet(By.PLAN, slug, plan) for slug, plan in plans.items())
    yield from (Facet(By.PLACE, one.slug, one.called) for one in practice.sites)
    states = dict.fromkeys(state for one in practice.clinicians for state in one.facts.telehealth)
    yield from (Facet(By.PLACE, ONLINE + state.lower(), state) for state in states)


def _tongue(tag: str) -> str:
    """“es” for “es-MX” too: whoever asks for Spanish means both."""
    return tag.split("-")[0]
