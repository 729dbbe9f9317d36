"""What the owner writes in Markdown: pages and notes, and the prose inside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from outreach_kit.frozen import frozen


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown as its author wrote it; `line` is the 1-based line of the file on which it begins."""

    text: str
    file: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the owner's own words: `pages/<slug>.md`, once per language."""

    slug: str
    title: str
    description: str
    body: Prose
    language: str
    in_menu: bool = True


@frozen
class Topic:
    """One reason to refer, told to the person who has it: `topics/<slug>.md`, once per language.

    `slug` is that of the reason, whoever of the clinicians takes it.
    """

    slug: str
    title: str
    description: str
    body: Prose
    language: str


@frozen
class Note:
    """An article for those who refer: `notes/<slug>.md`, once per language.

    `audiences` are slugs; empty means everybody. A translation has the day of what it translates.
    """

    slug: str
    title: str
    on: dt.date
    description: str
    audiences: tuple[str, ...]
    body: Prose
    language: str
