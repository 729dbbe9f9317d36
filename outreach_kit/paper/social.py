"""The picture beside a shared link: a card of the practice or of one clinician, drawn like a sheet.

It is no sheet: nobody prints it, and it is neither in the catalogue nor on the page of prints.
"""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any, Final

from outreach_kit.brand import palette
from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.wording import breakable, breakable_address, wording_in
from outreach_kit.practice import Clinician, Practice

SOCIAL_SIZE_PX: Final = (1200, 630)
"""What the networks ask for: about 1.91 to 1."""
_FLAT_COLOURS: Final = 48
_PORTRAIT_COLOURS: Final = 160
_MOST_TOWNS: Final = 2


def social_card(
    practice: Practice, clinician: Clinician | None, site_url: str | None
) -> dict[str, Any]:
    """What the card says, in the language in which `practice` is told; plain JSON.

    A practice of one is its clinician. `clinician` is None for the card of a whole group.
    """
    who = clinician or (None if practice.is_group else practice.clinicians[0])
    wording = wording_in(practice.language)
    name = who.name if who else practice.name
    return {
        "frame": {
            "title": name,
            "author": practice.name,
            "description": who.facts.niche if who else practice.niche,
            "keywords": [],
            "language": practice.language.split("-")[0],
            "region": practice.language.partition("-")[2] or None,
            "direction": wording.direction,
            "paper": "",
            "palette": asdict(palette(practice.brand)),
        },
        "card": {
            "name": breakable(name),
            "below": [breakable(one) for one in _below(practice, who)],
            "niche": breakable(who.facts.niche if who else practice.niche),
            "where": _where(practice, who, site_url),
            "initials": who.initials if who else _initials(practice.name),
            "portrait": portrait_drawing(who, practice.name) if who else None,
        },
    }


def squeeze_card(picture: bytes, *, with_portrait: bool) -> bytes:
    """The same picture with few colours: a card is flat, and a network fetches it each time anew."""
    from PIL import Image  # late: 40 ms, and the cache nearly always has the picture

    with Image.open(io.BytesIO(picture)) as drawn:
        colours = _PORTRAIT_COLOURS if with_portrait else _FLAT_COLOURS
        flat = drawn.convert("RGB").quantize(
            colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


def _below(practice: Practice, who: Clinician | None) -> list[str]:
    """Under a clinician's name: the letters after it, then whose house it is."""
    if who is None:
        return []
    letters = ", ".join(who.facts.credentials)
    return list(filter(None, (letters, practice.name)))


def _where(practice: Practice, who: Clinician | None, site_url: str | None) -> list[str]:
    """The towns, or the states of who works online only; then the site's own name."""
    _ = wording_in(practice.language).gettext
    places = list(practice.towns(who))[:_MOST_TOWNS]
    if who and not places and who.facts.telehealth:
        places = [_("Online in {states}").format(states=", ".join(who.facts.telehealth))]
    return [*map(breakable, places), *filter(None, [breakable_address(site_url or "")])]


def _initials(name: str) -> str:
    """Of the first two words that begin with a letter."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return "".join(letters[:2]).upper() or "•"
