"""`pages/`, `topics/` and `notes/`: the owner's own pages, what a reason to refer means to the person
who has it, and the articles for those who refer."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from outreach_kit.practice.audiences import Audience
from outreach_kit.practice.front import PAGE_FIELDS, Named, take_apart
from outreach_kit.practice.reading import Article, Reader
from outreach_kit.practice.values import SLUG_PATTERN
from outreach_kit.practice.writings import Note, Page, Topic

TOPIC_FIELDS: Final = ("title", "description")
NOTE_FIELDS: Final = ("title", "date", "description", "audiences")


def read_pages(reader: Reader, main: str) -> tuple[Page, ...]:
    # One at a time: the words of ten thousand are 25 MB, and the pages have them.
    return tuple(
        _page(reader, named, article)
        for named, article in _articles(reader, "page", main, PAGE_FIELDS)
    )


def _page(reader: Reader, named: Named, article: Article) -> Page:
    _check_name(reader, named, article, "office-policies.md")
    return Page(
        slug=named.slug,
        title=article.say("title"),
        description=article.say("description"),
        body=article.body,
        language=named.language,
        in_menu=(article.say("menu") or "yes") != "no",
    )


def read_topics(reader: Reader, main: str, reasons: Collection[str] | None) -> tuple[Topic, ...]:
    """`reasons` are the slugs of all clinicians'; None when some could not be read: then none is refused.

    A topic that is written in another language alone has no page in the main one, and is refused.
    """
    found = list(_articles(reader, "topic", main, TOPIC_FIELDS))
    originals = {named.slug for named, _ in found if named.language == main}
    for named, article in found:
        if reasons is not None and named.slug not in reasons:
            close = difflib.get_close_matches(named.slug, reasons, n=1)
            reader.complain(
                article.path, 0, "", f"No clinician has a reason “{named.slug}”.",
                f"Did you mean {close[0]}.md?" if close
                else f"Name the file after one of them: {', '.join(reasons)}.",
            )  # fmt: skip
        elif named.slug not in originals:
            reader.complain(
                article.path, 0, "", f"There is no {named.slug}.md of which this is the translation.",
                f"Write topics/{named.slug}.md in “{main}” first.",
            )  # fmt: skip
    return tuple(
        Topic(
            slug=named.slug,
            title=article.say("title"),
            description=article.say("description"),
            body=article.body,
            language=named.language,
        )
        for named, article in found
    )


def read_notes(
    reader: Reader, main: str, audiences: tuple[Audience, ...] | None
) -> tuple[Note, ...]:
    """The newest first. `audiences` is None when they could not be read: then none is refused."""
    found = list(_articles(reader, "note", main, NOTE_FIELDS))
    originals = {named.slug: article for named, article in found if named.language == main}
    notes = []
    for named, article in found:
        _check_name(reader, named, article, "panic-after-clear-tests.md")
        original = originals.get(named.slug, article)
        slugs = _audiences(reader, article if article.say("audiences") else original, audiences)
        if on := _note_day(reader, named, article, _day(original.say("date"))):
            notes.append(
                Note(
                    slug=named.slug,
                    title=article.say("title"),
                    on=on,
                    description=article.say("description"),
                    audiences=slugs,
                    body=article.body,
                    language=named.language,
                )
            )
    return tuple(sorted(notes, key=lambda one: (-one.on.toordinal(), one.slug, one.language)))


def _check_name(reader: Reader, named: Named, article: Article, like: str) -> None:
    if not re.fullmatch(SLUG_PATTERN, named.slug):
        reader.complain(
            article.path, 0, "", f"“{named.slug}” cannot stand in a web address.",
            f"Name the file with small letters and hyphens, like “{like}”.",
        )  # fmt: skip


def _articles(
    reader: Reader, kind: str, main: str, known: tuple[str, ...]
) -> Iterator[tuple[Named, Article]]:
    told: set[Named] = set()
    folder = reader.folder / f"{kind}s"
    for name in sorted(_names(folder)):
        path = folder / name
        named = take_apart(name, main)
        article = reader.article(path, kind, known)
        if named is None or article is None:
            continue
        if named in told:
            reader.complain(
                path, 0, "", f"Two files tell “{named.slug}” in “{named.language}”.",
                f"Keep one: {named.slug}.md is in “{main}” already.",
            )  # fmt: skip
        told.add(named)
        yield named, article


def _names(folder: Path) -> list[str]:
    """Of the files that are told; a folder that is not there has none."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - a Path for each of thousands is as large as a page
    except OSError:
        return []
    return [name for name in names if name.endswith(".md") and name[0] not in "_."]


def _note_day(
    reader: Reader, named: Named, article: Article, original: dt.date | None
) -> dt.date | None:
    """The day of a note; a translation may leave it out, and may not name another."""
    said = article.say("date")
    on = _day(said)
    if said and on is None:
        reader.complain(
            article.path, article.line("date"), "date", f"“{said}” is not a date.",
            "Write it as year-month-day: 2026-11-16.",
        )  # fmt: skip
    elif not said and original is None:
        reader.complain(
            article.path, 1, "date", "The note has no date.",
            "Add a line like “date: 2026-11-16” below the title.",
        )  # fmt: skip
    elif on and original and on != original:
        reader.complain(
            article.path, article.line("date"), "date",
            f"The translation is dated {on}, and {named.slug}.md {original}.",
            "Leave the line out here.",
        )  # fmt: skip
    return on or original


def _day(said: str) -> dt.date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return None


def _audiences(
    reader: Reader, article: Article, known: tuple[Audience, ...] | None
) -> tuple[str, ...]:
    slugs = tuple(filter(None, (one.strip() for one in article.say("audiences").split(","))))
    names = [one.slug for one in known or ()]
    for slug in slugs:
        if known is not None and slug not in names:
            reader.complain(
                article.path, article.line("audiences"), "audiences",
                f"There is no audience “{slug}”.", f"There are: {', '.join(names)}.",
            )  # fmt: skip
    return slugs
