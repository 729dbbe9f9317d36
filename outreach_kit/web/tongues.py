"""The languages of a page: where the same page lies in each, and which texts on it are in another.

A practice of one language has nothing to choose and nothing to mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from outreach_kit.frozen import frozen
from outreach_kit.practice import Note, Page, Topic
from outreach_kit.practice.audiences import Audience
from outreach_kit.web.addresses import HOME_URL
from outreach_kit.web.language import words_in
from outreach_kit.web.site import Site


@frozen
class Tongue:
    """One language of the site, as a page of it offers that language."""

    language: str
    name: str
    """In the language itself: “Español”."""
    direction: str
    href: str
    """The same page in it, or its first page where it has no such page."""
    address: str | None
    """The whole address of the same page; None where there is none or the site has no address."""
    is_here: bool


@frozen
class Foreign:
    """The language of a text on a page in another, because nobody has translated it."""

    language: str
    direction: str


def list_tongues(
    site: Site, page: str, languages: Collection[str] | None = None
) -> tuple[Tongue, ...]:
    """All languages of the site, the main one first; empty where there is but one.

    `languages` are those that have the page; None means all of them.
    """
    every = site.practice.languages
    if len(every) == 1:
        return ()
    return tuple(_offer(site, tag, page, languages is None or tag in languages) for tag in every)


def foreign(site: Site, language: str) -> Foreign | None:
    """What to mark a text of that language with; None where it is the page's own."""
    if language == site.language:
        return None
    return Foreign(language, words_in(language).direction)


def niche_in(site: Site) -> Foreign | None:
    """As `foreign`, for the sentence that says whom the practice helps."""
    main = site.practice.languages[0]
    if site.practice.niche != site.practice.in_language(main).niche:
        return None
    return foreign(site, main)


def audience_in(site: Site, audience: Audience) -> Foreign | None:
    """As `foreign`, for what the owner says to an audience; None once any of it is translated."""
    main = site.practice.languages[0]
    if site.practice.in_language(main).audience(audience.slug) != audience:
        return None
    return foreign(site, main)


def told_in(site: Site, articles: Iterable[Page | Note | Topic], slug: str) -> frozenset[str]:
    """The languages that have a page of that name: all of them once it is written in the main one."""
    every = site.practice.languages
    if len(every) == 1:
        return frozenset(every)
    written = {one.language for one in articles if one.slug == slug}
    return frozenset(every) if every[0] in written else frozenset(written)


def _offer(site: Site, language: str, page: str, exists: bool) -> Tongue:
    href = site.at(page if exists else HOME_URL, language)
    return Tongue(
        language=language,
        name=words_in(language).own_name,
        direction=words_in(language).direction,
        href=href,
        address=site.address_of(href) if exists else None,
        is_here=language == site.language,
    )
