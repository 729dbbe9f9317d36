"""`resources.toml` and `colleagues.toml`: whom people can turn to beside the practice.

The owner writes the first: lines that answer near here, beside those of the whole country. The desk
writes the second: colleagues who agreed to be listed in public, with nothing about them that is not.
"""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from outreach_kit.practice.facts import Facts, Lines
from outreach_kit.practice.shapes import After, Limits, asked_last
from outreach_kit.practice.values import (
    Day,
    Line,
    PhoneNumber,
    Slug,
    parse_phone,
    refuse,
    refuse_twins,
)

MOST_LINES: Final = 20
LONGEST_CODE: Final = 6
"""Digits of a short code; what is longer is a telephone's number."""


def check_public_link(url: str) -> str:
    """A page of somebody else's: of the web and nothing else, and no more is asked of it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise refuse(f"“{url}” is not a web address.", "Write it whole, beginning with https://.")
    if re.search(r"[\s<>\"]", url):
        raise refuse(f"“{url}” holds what no address holds.", "Leave out spaces and quotes.")
    return url


def check_textable(number: str) -> str:
    if len(number) > LONGEST_CODE:
        parse_phone(number)
    return number


PublicLink = Annotated[Line, After(check_public_link)]
States = tuple[Annotated[str, Limits(like=r"^[A-Z]{2}$")], ...]
Age = Annotated[int, Limits(0, 120)]


class HelpLine(Facts):
    """A line that answers people in need near here: a county's crisis line, a shelter, a warm line."""

    slug: Slug
    """Its name for a translation of it."""
    name: Line
    """What it is called: “Alder County Crisis Line”."""
    phone: PhoneNumber | None = None
    text_to: Annotated[str, Limits(like=r"^[0-9]{3,10}$"), After(check_textable)] | None = None
    """The number to which people send a text, in digits alone."""
    text_word: Line | None = None
    """The word that they send, where one is asked for: “HOME”."""
    hours: Line | None = None
    """When it answers: “Day and night”."""
    about: Line | None = None
    """One sentence: for whom it is, and what happens when one calls."""

    @asked_last
    def _reachable(self) -> None:
        if self.phone is None and self.text_to is None:
            raise refuse("Nobody can reach this line.", "Give it a phone or a text_to.")


class ResourcesFile(Facts):
    """The whole of `resources.toml`."""

    line: Annotated[tuple[HelpLine, ...], Limits(most=MOST_LINES)] = ()
    """One [[line]] table for each; those of the whole country are on the page already."""

    @asked_last
    def _differ(self) -> None:
        refuse_twins("lines", (one.slug for one in self.line))


class ListedColleague(Facts):
    """A colleague who agreed to be named in public. Without the day on which they did, nobody is."""

    name: Line
    credentials: Line | None = None
    practice: Line | None = None
    phone: PhoneNumber | None = None
    website: PublicLink | None = None
    booking_url: PublicLink | None = None
    takes: Lines = ()
    """Whom they help, in the words of the practice's own lists."""
    youngest: Age | None = None
    oldest: Age | None = None
    languages: Lines = ()
    plans: Lines = ()
    self_pay: bool = False
    sliding_scale: bool = False
    online_in: States = ()
    """States in which they see people online."""
    town: Line | None = None
    agreed_on: Day
    """The day on which they said yes."""


class ColleaguesFile(Facts):
    """The whole of `colleagues.toml`; the desk writes it, and writes it anew when somebody takes it back."""

    written_on: Day
    """The day on which the desk was last asked."""
    colleague: tuple[ListedColleague, ...] = ()

    @asked_last
    def _agreed_before(self) -> None:
        for one in self.colleague:
            if one.agreed_on > self.written_on:
                raise refuse(
                    f"{one.name} agrees on {one.agreed_on}, after the list was written.",
                    "List nobody before they said yes; mend the day at the desk and export again.",
                )
