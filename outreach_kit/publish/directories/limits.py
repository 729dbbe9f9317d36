"""What each directory asks for, from the table in `site_src/directories.toml`."""

from __future__ import annotations

import functools
import tomllib
from enum import StrEnum
from typing import Annotated, Final

from outreach_kit.places import SITE_SRC
from outreach_kit.practice.directories import Listing
from outreach_kit.practice.facts import Facts
from outreach_kit.practice.shapes import Limits
from outreach_kit.practice.values import Day, Line, Link, Slug

TABLE: Final = SITE_SRC / "directories.toml"


class Asks(StrEnum):
    """What a field of a directory wants to be told."""

    WHOM = "whom"
    """Whom one helps, and how they feel: what the reader sees first."""
    HOW = "how"
    """How one works."""
    START = "start"
    """How one begins: the first call, where, what it costs."""
    ALL = "all"
    """The three together."""
    APPROACHES = "approaches"
    PLANS = "plans"
    FEES = "fees"


class Blank(Facts):
    """One field of a directory's form. A limit that is None is not known."""

    title: Line
    asks: Asks
    characters: Annotated[int, Limits(50)] | None = None
    words: Annotated[int, Limits(10)] | None = None
    shown_first: Annotated[int, Limits(10)] | None = None
    """So many characters are seen before the reader asks for more."""


class Directory(Facts):
    slug: Slug
    title: Line
    url: Link | None = None
    looked_on: Day | None = None
    """When somebody last looked whether the limits are right."""
    hint: Line | None = None
    field: Annotated[tuple[Blank, ...], Limits(1)]


class _Table(Facts):
    directory: Annotated[tuple[Directory, ...], Limits(1)]


@functools.cache
def known_directories() -> tuple[Directory, ...]:
    """In the order of the table."""
    return _Table.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8"))).directory


def directory_of(listing: Listing) -> Directory:
    """The one that the entry names, else one of the owner's own that takes a single text."""
    known = next((one for one in known_directories() if one.slug == listing.name), None)
    return known or Directory(
        slug=listing.name,
        title=listing.whole_name,
        field=(
            Blank(title=listing.whole_name, asks=Asks.ALL, characters=listing.characters),
            Blank(title="Fees and insurance", asks=Asks.START),
        ),
    )
