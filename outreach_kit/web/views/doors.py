"""A place where people come, as the pages show one: the way there, and how one reaches who is there."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote_plus

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import Branch, Place
from outreach_kit.practice.values import Phone
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import HoursLine, say_hours

MOST_LINES: Final = 6
"""More places with a telephone of their own than this are read on the page that shows them all."""


@frozen
class Door:
    name: str
    lines: tuple[str, ...]
    map_href: str
    """Empty for a place without a street."""
    phone: Phone | None
    """Its own; None where the practice's serves. So with the fax, and empty hours."""
    fax: Phone | None
    hours: tuple[HoursLine, ...]
    zone: str
    """By which clock its hours are told, where that is not the practice's; else empty."""
    parking: str
    access: str


def show_door(practice: Practice, place: Place, words: Words) -> Door:
    own = place if isinstance(place, Branch) else None
    main = practice.identity.time_zone
    zone = words.zone(own.time_zone) if own and own.time_zone not in {None, main} else ""
    return Door(
        name=place.called,
        lines=place.lines,
        map_href=_find_on_map(place.lines) if place.street else "",
        phone=own.phone if own else None,
        fax=own.fax if own else None,
        hours=say_hours(own.hours, words) if own and own.hours else (),
        zone=zone[:1].upper() + zone[1:],
        parking=place.parking or "",
        access=place.access or "",
    )


def lines_of_doors(practice: Practice, words: Words) -> tuple[Door, ...]:
    """The places that have a telephone or a fax of their own; empty where they are too many to list."""
    own = [one for one in practice.facts.sites if one.phone or one.fax]
    if len(own) > MOST_LINES:
        return ()
    return tuple(show_door(practice, one, words) for one in own)


def _find_on_map(lines: tuple[str, ...]) -> str:
    """A link and not a map: nothing is asked of anybody until it is followed."""
    return f"https://www.openstreetmap.org/search?query={quote_plus(', '.join(lines))}"
