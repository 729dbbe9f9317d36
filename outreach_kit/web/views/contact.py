"""How to reach the practice and how to find its door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from outreach_kit.practice import Practice
from outreach_kit.web.addresses import PRACTICE_CARD_URL, card_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.site import Site
from outreach_kit.web.views.people import link_to_all

MOST_CARDS: Final = 12
"""More clinicians than this are found by their profiles, where each one's card is as well."""


@dataclass(frozen=True)
class Door:
    """A place where people come."""

    name: str
    """Empty where there is only one."""
    street: tuple[str, ...]
    map_href: str
    parking: str
    access: str


@dataclass(frozen=True)
class ContactView:
    frame: Frame
    doors: tuple[Door, ...]
    """The main one first; empty for a practice where nobody comes."""
    mail: tuple[str, ...]
    """Where letters go, when that is elsewhere."""
    booking_url: str | None
    cards: tuple[Link, ...]
    everybody: Link | None
    """Where the cards of a large group are found."""


def view_contact(site: Site, words: Words, frame: Frame) -> ContactView:
    del words
    practice = site.practice
    address, mailing = practice.address, practice.mailing_address
    doors = tuple(_list_doors(practice))
    cards = [Link(practice.name, PRACTICE_CARD_URL)]
    if len(practice.clinicians) <= MOST_CARDS:
        cards += [Link(one.name_and_credentials, card_url(one)) for one in practice.clinicians]
    return ContactView(
        frame=frame,
        doors=doors,
        mail=mailing.lines if not doors or mailing.lines != address.lines else (),
        booking_url=practice.booking.url,
        cards=tuple(cards),
        everybody=link_to_all(site) if len(practice.clinicians) > MOST_CARDS else None,
    )


def _list_doors(practice: Practice) -> Iterator[Door]:
    if not any(one.facts.in_person for one in practice.clinicians):
        return
    with_a_street = [one for one in practice.sites if one.street]
    for site in with_a_street:
        yield Door(
            name=site.called if len(with_a_street) > 1 else "",
            street=site.lines,
            map_href=_find_on_map(site.lines),
            parking=site.parking or "",
            access=site.access or "",
        )


def _find_on_map(lines: tuple[str, ...]) -> str:
    """A link and not a map: nothing is asked of anybody until it is followed."""
    return f"https://www.openstreetmap.org/search?query={quote_plus(', '.join(lines))}"
