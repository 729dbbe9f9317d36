"""Public holidays by year, as the `holidays` package knows them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from outreach_kit.errors import HandoffError


class UnknownHolidays(HandoffError):
    """The practice observes the holidays of a place that nobody has a list for."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"practice.toml: hours.holidays names “{place}”, whose holidays are not known. Write a "
            "country (“US”), a country and state (“US-WA”), or “none” with your own closed_on days."
        )


@lru_cache(maxsize=64)
def holidays_in(place: str, year: int) -> frozenset[dt.date]:
    """The days off in a year, observed days too; `place` is “US”, “US-WA” or “none”.

    Raises UnknownHolidays for a place without a list.
    """
    if place == "none":
        return frozenset()
    import holidays  # late: 0.2 s, which a build that shows no deadline never pays

    country, _, region = place.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except (NotImplementedError, KeyError) as error:
        raise UnknownHolidays(place) from error
