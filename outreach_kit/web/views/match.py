"""“Not sure: match me”: four plain questions, and for whoever has no script the few for each need.

The answers are about a patient, so they stay in the browser: they stand in no address, nothing keeps
them, and nobody is asked. That is why no server answers here either; without a script the page is a
list of links, in which the first question answers itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import (
    CLINICIANS_URL,
    DIRECTORY_INDEX_URL,
    facet_url,
    profile_url,
)
from outreach_kit.web.directory import By, Directory, Facet, Wish, find_matches, sort_out
from outreach_kit.web.directory.wording import (
    Question,
    ask,
    label,
    say_meets,
    say_misses,
)
from outreach_kit.web.frame import Frame
from outreach_kit.web.phrases import Openings, say_openings
from outreach_kit.web.site import Site
from outreach_kit.web.views.people import openings_href, openings_of_found, refer_href

ASKED: Final = (By.NEED, By.AGE, By.LANGUAGE, By.PLAN, By.PLACE)
MOST_FOR_A_NEED: Final = 3


@frozen
class Answer:
    slug: str
    label: str
    meets: str
    misses: str


@frozen
class MatchQuestion:
    by: str
    question: Question
    optional: bool
    answers: tuple[Answer, ...]


@frozen
class Suggested:
    """Somebody for a need; `slug`, `openings` and `openings_href` are for the macro of openings."""

    name: str
    url: str
    slug: str
    openings: Openings
    openings_href: str


@frozen
class ForNeed:
    label: str
    href: str
    """All who do it; empty when they are all named here."""
    people: tuple[Suggested, ...]


@frozen
class MatchView:
    frame: Frame
    questions: tuple[MatchQuestion, ...]
    needs: tuple[ForNeed, ...]
    index_href: str
    home_href: str
    openings_href: str
    refer_pattern: str
    """Where one refers to a person, with `{slug}` in the place of theirs."""
    phone: Phone


def view_match(site: Site, frame: Frame) -> MatchView:
    directory = sort_out(site.practice, site.today)
    return MatchView(
        frame=frame,
        questions=tuple(_questions(directory, site)),
        needs=tuple(_suggest(directory, facet, site) for facet in directory.offered(By.NEED)),
        index_href=site.at(DIRECTORY_INDEX_URL),
        home_href=site.at(CLINICIANS_URL),
        openings_href=openings_of_found(site),
        refer_pattern=refer_href(site, "{slug}"),
        phone=site.practice.contact.phone,
    )


def _questions(directory: Directory, site: Site) -> Iterator[MatchQuestion]:
    words = site.words
    for by in ASKED:
        if facets := directory.offered(by):
            answers = (
                Answer(one.slug, label(one, words), say_meets(one, words), say_misses(one, words))
                for one in facets
            )
            yield MatchQuestion(by.value, ask(by, words), by is By.PLACE, tuple(answers))


def _suggest(directory: Directory, need: Facet, site: Site) -> ForNeed:
    """By the need alone, as the questions would with no other answer."""
    found = find_matches(directory, Wish(need=need.slug))[:MOST_FOR_A_NEED]
    people = (one.entry.clinician for one in found)
    more = len(directory.who(need)) > len(found)
    return ForNeed(
        label=label(need, site.words),
        href=site.at(facet_url(need)) if more and directory.has_page(need) else "",
        people=tuple(
            Suggested(
                name=one.name_and_credentials,
                url=site.at(profile_url(one)),
                slug=one.slug,
                openings=say_openings(one.facts, site.words, site.today),
                openings_href=openings_href(site),
            )
            for one in people
        ),
    )
