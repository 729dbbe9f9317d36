"""What a network or a messenger shows beside a shared link: Open Graph, and the card that goes with it."""

from __future__ import annotations

from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Practice
from outreach_kit.web.site import Site

CARD_WIDTH: Final = 1200
CARD_HEIGHT: Final = 630
_REGIONS: Final = {"en": "en_US", "es": "es_US"}
"""Open Graph wants a territory with a language; ours are spoken in the United States."""


@frozen
class Sharing:
    """Placed in the head by `base.html`. Every address is absolute, as Open Graph has it."""

    kind: str
    """`website`, `profile` or `article`."""
    title: str
    description: str
    url: str
    site_name: str
    locale: str
    other_locales: tuple[str, ...]
    image: str
    """Empty while there is no card."""
    alt: str
    width: int = CARD_WIDTH
    height: int = CARD_HEIGHT


def card_name(language: str, clinician: Clinician | None = None) -> str:
    """The card's name among the assets; without a clinician that of the whole practice."""
    return f"card/{language}/{clinician.slug if clinician else ''}"


def share_page(
    site: Site,
    *,
    title: str,
    url: str,
    description: str,
    kind: str = "website",
    about: Clinician | None = None,
) -> Sharing | None:
    """How the page at `url` is shared; None while the site has no public address.

    `about` is the clinician whom the page is about; any other page is shared with the practice's card.
    """
    whole = site.address_of(url)
    if whole is None:
        return None
    practice, language = site.practice, site.language
    own = about if about and card_name(language, about) in site.assets else None
    card = site.assets.get(card_name(language, own), "")
    return Sharing(
        kind=kind,
        title=title,
        description=description,
        url=whole,
        site_name=practice.name,
        locale=_locale(language),
        other_locales=tuple(_locale(one) for one in practice.languages if one != language),
        image=(site.address_of(card) or "") if card else "",
        alt=_say_card(practice, own),
    )


def _say_card(practice: Practice, own: Clinician | None) -> str:
    """The words that stand on the card, for who does not see it."""
    who = own or (None if practice.is_group else practice.clinicians[0])
    name, niche = (who.name_and_credentials, who.facts.niche) if who else ("", practice.niche)
    return " · ".join(filter(None, (name, practice.name, niche, *practice.towns(who))))


def _locale(language: str) -> str:
    """“en_US”; a tag that names its region keeps it, and a language without one we know stays bare."""
    return language.replace("-", "_") if "-" in language else _REGIONS.get(language, language)
