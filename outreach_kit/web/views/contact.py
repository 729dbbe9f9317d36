"""How to reach the practice and how to find its door."""

from __future__ import annotations

from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import Place
from outreach_kit.web.addresses import PRACTICE_CARD_URL, card_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.site import Site
from outreach_kit.web.views.doors import Door, show_door
from outreach_kit.web.views.people import link_to_all

MOST_CARDS: Final = 12
"""More clinicians than this are found by their profiles, where each one's card is as well."""


@frozen
class ContactView:
    frame: Frame
    doors: tuple[Door, ...]
    """The main one first; empty for a practice where nobody comes."""
    mail: tuple[str, ...]
    """Where letters go, when that is elsewhere; empty where no more than a town is known."""
    booking_url: str | None
    cards: tuple[Link, ...]
    everybody: Link | None
    """Where the cards of a large group are found."""


def view_contact(site: Site, words: Words, frame: Frame) -> ContactView:
    practice = site.practice
    address, mailing = practice.address, practice.mailing_address
    doors = tuple(show_door(practice, one, words) for one in _places(practice))
    is_elsewhere = not doors or mailing.lines != address.lines
    cards = [Link(practice.name, PRACTICE_CARD_URL)]
    if len(practice.clinicians) <= MOST_CARDS:
        cards += [Link(one.name_and_credentials, card_url(one)) for one in practice.clinicians]
    return ContactView(
        frame=frame,
        doors=doors,
        mail=mailing.lines if is_elsewhere and mailing.takes_letters else (),
        booking_url=practice.booking.url,
        cards=tuple(cards),
        everybody=link_to_all(site) if len(practice.clinicians) > MOST_CARDS else None,
    )


def _places(practice: Practice) -> tuple[Place, ...]:
    """Where one can go; none where everybody meets online."""
    if not any(one.facts.in_person for one in practice.clinicians):
        return ()
    return tuple(one for one in practice.sites if one.street)
