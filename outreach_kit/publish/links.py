"""Does every link in the owner's own words lead somewhere on this site?"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import unquote, urlsplit

from outreach_kit.errors import ContentError, Problem
from outreach_kit.practice import Note, Page, Practice, Prose, Topic
from outreach_kit.practice.advice import Advice
from outreach_kit.practice.prose import prose_links
from outreach_kit.publish.rules import DEAD_ANCHOR, DEAD_LINK
from outreach_kit.web import PagePlan, Site, folder_of, page_in, render_page

_ID: Final = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_SURROUNDINGS: Final = "colophon-"  # the places of every page's foot, which nobody means
_MOST_NAMED: Final = 12


class _AnyAsset(dict[str, str]):
    """Every asset at some address: for what a page's places are called, its files do not matter."""

    def __missing__(self, name: str) -> str:
        return f"/assets/{name}"


def check_links(
    site: Site, plans: tuple[PagePlan, ...], printed: frozenset[str]
) -> tuple[Advice, ...]:
    """Raises ContentError for links that lead nowhere; returns advice on those that lead to no place."""
    known = frozenset({plan.url for plan in plans} | printed)
    practice = site.practice
    if dead := list(find_dead_links(practice, known, site.site_url or "")):
        raise ContentError(map(DEAD_LINK.name_in, dead))
    by_url = {plan.url: plan for plan in plans if plan.path.endswith(".html")}
    subjects = Counter((plan.language, plan.subject) for plan in by_url.values())
    by_subject = {
        (plan.language, plan.subject): plan.url
        for plan in by_url.values()
        if subjects[plan.language, plan.subject] == 1
    }
    shown_at = {
        prose.file: by_subject[language, slug]
        for language in practice.languages
        for slug, prose in _shown(practice, language)
        if (language, slug) in by_subject
    }
    bare = replace(site, assets=_AnyAsset())
    seen: dict[str, frozenset[str]] = {}

    def places_on(url: str) -> frozenset[str] | None:
        if url not in by_url:
            return None
        if url not in seen:
            seen[url] = frozenset(_ID.findall(render_page(by_url[url], bare)))
        return seen[url]

    return tuple(map(DEAD_ANCHOR.advice, find_dead_anchors(practice, shown_at, places_on)))


def find_dead_links(
    practice: Practice, known: frozenset[str], site_url: str = ""
) -> Iterator[Problem]:
    """A problem for each link to this site whose path is not among `known` (“/fees/”, “/es/fees/”).

    A text leads to the pages of its own language, wherever it is read. A link that names the site by
    its whole address is one of its own too. Without any sheet among `known` none was made this time,
    and links to sheets are left alone.
    """
    folders = tuple(f"{folder_of(practice, one)}/" for one in practice.languages[1:])
    ours = frozenset(one for one in known if not one.startswith(folders))
    has_sheets = any(_is_sheet(path) for path in known)
    for language, prose in _all_prose(practice):
        folder = folder_of(practice, language)
        for target in prose_links(prose.text):
            own = _own_path(target, site_url)
            path = unquote(urlsplit(own).path)
            if not own or page_in(folder, path) in known or (_is_sheet(path) and not has_sheets):
                continue
            yield Problem(
                prose.file, _line(prose, target), "", f"The link “{target}” leads nowhere.",
                _meant(path, ours),
            )  # fmt: skip


def _own_path(target: str, site_url: str) -> str:
    """The link as it reads within this site; empty for a link to anywhere else."""
    if site_url and (target == site_url or target.startswith(f"{site_url}/")):
        return target.removeprefix(site_url) or "/"
    return target if target.startswith("/") else ""


def _is_sheet(path: str) -> bool:
    return path.startswith("/print/") and path != "/print/"


def _meant(path: str, known: Collection[str]) -> str:
    page = path.removesuffix("index.html").rstrip("/").lower() + "/"
    if page in known:
        return f"Write “{page}”."
    if near := difflib.get_close_matches(path.lower(), known, n=1, cutoff=0.75):
        return f"Did you mean “{near[0]}”?"
    pages = ", ".join(sorted(one for one in known if one.endswith("/"))[:_MOST_NAMED])
    return f"Link to one of the site's own pages: {pages}."


def find_dead_anchors(
    practice: Practice,
    shown_at: Mapping[str, str],
    places_on: Callable[[str], Collection[str] | None],
) -> Iterator[Problem]:
    """A problem for each link to a place (“/fees/#plans”, “#below”) that its page does not have.

    `shown_at` is the path of the page on which a text is shown, by the text's file. `places_on` tells
    the ids of the page with that path, and None for what is no page; it is asked only for those that
    such links lead to.
    """
    for language, prose in _all_prose(practice):
        folder = folder_of(practice, language)
        for target in prose_links(prose.text):
            parts = urlsplit(target)
            path = (
                page_in(folder, unquote(parts.path))
                if target.startswith("/")
                else shown_at.get(prose.file, "")
            )
            if not parts.fragment or not target.startswith(("/", "#")) or not path:
                continue
            places = places_on(path)
            if places is None or unquote(parts.fragment) in places:
                continue
            own = sorted(one for one in places if not one.startswith(_SURROUNDINGS))
            there = ", ".join(f"#{one}" for one in own[:_MOST_NAMED])
            yield Problem(
                prose.file, _line(prose, target), "",
                f"The link “{target}” leads to no place on its page.",
                f"There are: {there}." if there else "Leave out what begins with “#”.",
            )  # fmt: skip


def _all_prose(practice: Practice) -> Iterator[tuple[str, Prose]]:
    """Each text with its language."""
    for clinician in practice.clinicians:
        for texts in (clinician.profile, clinician.elevator_speech, clinician.resume):
            yield from texts.items()
    articles: tuple[Page | Topic | Note, ...]
    articles = (*practice.pages, *practice.topics, *practice.notes)
    yield from ((one.language, one.body) for one in articles)


def _shown(practice: Practice, language: str) -> Iterator[tuple[str, Prose]]:
    """What pages of their own show, in that language, with its slug."""
    for clinician in practice.clinicians:
        if prose := clinician.profile.get(language):
            yield clinician.slug, prose
    articles: tuple[Page | Topic | Note, ...]
    articles = (*practice.pages, *practice.topics, *practice.notes)
    for article in articles:
        if article.language == language:
            yield article.slug, article.body


def _line(prose: Prose, target: str) -> int:
    before, found, _ = prose.text.partition(target)
    return prose.line + before.count("\n") if found else prose.line
