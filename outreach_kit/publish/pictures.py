"""The pictures that the print engine draws for the website: cards beside shared links, and icons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach_kit.brand import palette
from outreach_kit.frozen import frozen
from outreach_kit.installed import version_of
from outreach_kit.paper.moulds import MARK_TEMPLATE, OWN_FONTS, SOCIAL_TEMPLATE
from outreach_kit.places import PAPER
from outreach_kit.practice import Clinician, Practice
from outreach_kit.publish.cache import Cache
from outreach_kit.web.mark import draw_mark, initial_of
from outreach_kit.web.sharing import card_name

if TYPE_CHECKING:
    from outreach_kit.paper import Press

MOST_OWN_CARDS: Final = 200
"""In a larger house every profile is shared with the house's card: each card is a tenth of a second."""
_RECIPE: Final = 1
"""Goes up when a picture is squeezed another way."""
_THEME: Final = "theme.typ"


@frozen
class Easel:
    """Draws what has changed and takes the rest from the cache; a press is made when one is needed."""

    practice: Practice
    fonts: Path
    """Where a press may keep its fonts."""
    cache: Cache = field(repr=False)

    def cards(self, site_url: str | None) -> Mapping[str, bytes]:
        """PNG by the name under which pages ask for it; nothing without a public address.

        One for the practice and one for each clinician, in every language of the site. What no font
        can write has no card.
        """
        if not site_url:
            return {}
        return {name: card for name, card in self._cards(site_url) if card}

    def icons(self) -> Mapping[str, bytes]:
        """By the names that browsers and telephones look for in the site's first folder."""
        how = f"{initial_of(self.practice)} {palette(self.practice.brand).accent} {self._moulds}"

        # Who draws is loaded when something is to be drawn: the cache nearly always has it.
        def draw_small() -> bytes:
            from outreach_kit.paper.icons import draw_favicon

            return draw_favicon(draw_mark(self.practice))

        def draw_large() -> bytes:
            from outreach_kit.paper.icons import draw_home_screen

            return draw_home_screen(draw_mark(self.practice, full=True))

        return {
            "favicon.ico": self.cache(f"favicon {how}", draw_small),
            "apple-touch-icon.png": self.cache(f"home screen {how}", draw_large),
        }

    def _cards(self, site_url: str) -> Iterator[tuple[str, bytes]]:
        for language in self.practice.languages:
            told = self.practice.in_language(language)
            yield card_name(language), self._card(told, None, site_url)
            if 1 < len(told.clinicians) <= MOST_OWN_CARDS:
                for one in told.clinicians:
                    yield card_name(language, one), self._card(told, one, site_url)

    def _card(self, told: Practice, clinician: Clinician | None, site_url: str) -> bytes:
        from outreach_kit.paper.social import social_card, squeeze_card

        data = social_card(told, clinician, site_url)
        key = json.dumps(data, ensure_ascii=False, sort_keys=True)

        def draw() -> bytes:
            drawn = self._press.picture(SOCIAL_TEMPLATE, data, self.practice)
            portrait = data["card"]["portrait"] is not None
            return squeeze_card(drawn, with_portrait=portrait) if drawn else b""

        return self.cache(f"card {self._moulds} {key}", draw)

    @cached_property
    def _press(self) -> Press:
        from outreach_kit.paper import Press

        return Press(self.fonts)

    @cached_property
    def _moulds(self) -> str:
        """All that decides a picture besides its words and colours."""
        own = self.practice.folder / OWN_FONTS
        faces = sorted(own.iterdir()) if own.is_dir() else []
        digest = hashlib.sha256(f"{version_of('typst')} {version_of('pillow')} {_RECIPE}".encode())
        for path in (*(PAPER / one for one in (_THEME, SOCIAL_TEMPLATE, MARK_TEMPLATE)), *faces):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()
