"""How far apart two places are, from what somebody typed: coordinates, a ZIP code or a town.

No map service is asked. Where coordinates are missing, the miles are rough and only good for an order.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from outreach_kit.frozen import frozen

_EARTH_RADIUS_MILES: Final = 3958.8
_SAME_POSTAL_CODE: Final = 1.0
_SAME_TOWN: Final = 3.0
_SAME_REGION: Final = 25.0
"""The first three digits of a ZIP code are those of one sorting centre."""
_UNKNOWN: Final = 60.0
_REGION_DIGITS: Final = 3
_SPELLINGS: Final = 4096


@frozen
class Place:
    """Empty or None where nobody has typed it. Degrees; both or neither."""

    town: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.town.strip() or self.postal_code.strip()) or self.latitude is not None


def miles_between(one: Place, other: Place) -> float:
    """The same both ways; exact to the great circle where both have coordinates."""
    spot, there = _degrees(one), _degrees(other)
    if spot and there:
        return _great_circle(spot, there)
    code, other_code = _code(one), _code(other)
    if code and code == other_code:
        return _SAME_POSTAL_CODE
    if _town(one) and _town(one) == _town(other):
        return _SAME_TOWN
    if code and code[:_REGION_DIGITS] == other_code[:_REGION_DIGITS]:
        return _SAME_REGION
    return _UNKNOWN


def is_distance_known(one: Place, other: Place) -> bool:
    """Whether the miles say something, and do not only put an unknown place last."""
    return miles_between(one, other) != _UNKNOWN or bool(_degrees(one) and _degrees(other))


def _degrees(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula, which stays exact for short ways."""
    (lat, lon), (other_lat, other_lon) = (tuple(map(math.radians, spot)) for spot in (one, other))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_MILES * math.asin(math.sqrt(min(1.0, half)))


def _town(place: Place) -> str:
    return _plain_town(place.town)


def _code(place: Place) -> str:
    return _plain_code(place.postal_code)


@lru_cache(maxsize=_SPELLINGS)  # thousands of offices lie in dozens of towns
def _plain_town(town: str) -> str:
    return " ".join(town.casefold().split())


@lru_cache(maxsize=_SPELLINGS)
def _plain_code(postal_code: str) -> str:
    """Five digits of a ZIP+4; other countries' codes without their spaces."""
    return "".join(postal_code.casefold().split()).partition("-")[0]
