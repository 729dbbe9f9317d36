"""How to reach the practice and how to find its door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from outreach_kit.web.addresses import PRACTICE_CARD_URL, card_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.site import Site

MOST_CARDS: Final = 12
"""More clinicians than this are found by their profiles, where each one's card is as well."""


@dataclass(frozen=True)
class ContactView:
    frame: Frame
    street: tuple[str, ...]
    """Where people come; empty for a practice that has no door."""
    mail: tuple[str, ...]
    """Where letters go, when that is elsewhere."""
    map_href: str
    parking: str
    access: str
    booking_url: str | None
    cards: tuple[Link, ...]


def view_contact(site: Site, words: Words, frame: Frame) -> ContactView:
    del words
    practice = site.practice
    address, mailing = practice.address, practice.mailing_address
    has_door = bool(address.street) and any(one.facts.in_person for one in practice.clinicians)
    cards = [Link(practice.name, PRACTICE_CARD_URL)]
    if len(practice.clinicians) <= MOST_CARDS:
        cards += [Link(one.name_and_credentials, card_url(one)) for one in practice.clinicians]
    return ContactView(
        frame=frame,
        street=address.lines if has_door else (),
        mail=mailing.lines if not has_door or mailing.lines != address.lines else (),
        map_href=_find_on_map(address.lines) if has_door else "",
        parking=(address.parking or "") if has_door else "",
        access=(address.access or "") if has_door else "",
        booking_url=practice.booking.url,
        cards=tuple(cards),
    )


def _find_on_map(lines: tuple[str, ...]) -> str:
    """A link and not a map: nothing is asked of anybody until it is followed."""
    return f"https://www.openstreetmap.org/search?query={quote_plus(', '.join(lines))}"
