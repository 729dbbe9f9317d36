"""Public holidays by year, as the `holidays` package knows them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from outreach_kit.errors import HandoffError
from outreach_kit.installed import version_of


class UnknownHolidays(HandoffError):
    """The practice observes the holidays of a place that nobody has a list for."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"practice.toml: hours.holidays names “{place}”, whose holidays are not known. Write a "
            "country (“US”), a country and state (“US-WA”), or “none” with your own closed_on days."
        )


_recalled: dict[tuple[str, int], Mapping[dt.date, str]] = {}


def recall_holidays(
    place: str, years: Iterable[int], cache: Callable[[str, Callable[[], bytes]], bytes]
) -> None:
    """Fill the memory of `holidays_in` from `cache`, or the cache from it.

    A server that starts again after a failure must not spend its first half second on calendars.
    Raises UnknownHolidays.
    """
    if place == "none":
        return
    wanted = sorted(years)

    def work_out() -> bytes:
        named = {
            year: {str(day): name for day, name in sorted(named_holidays_in(place, year).items())}
            for year in wanted
        }
        return json.dumps(named).encode()

    noted = json.loads(cache(f"named holidays {version_of('holidays')} {place} {wanted}", work_out))
    for year, named in noted.items():
        _recalled[place, int(year)] = {dt.date.fromisoformat(day): named[day] for day in named}
    named_holidays_in.cache_clear()
    holidays_in.cache_clear()


@lru_cache(maxsize=64)
def holidays_in(place: str, year: int) -> frozenset[dt.date]:
    """The days off in a year, observed days too; `place` is “US”, “US-WA” or “none”.

    Raises UnknownHolidays for a place without a list.
    """
    return frozenset(named_holidays_in(place, year))


@lru_cache(maxsize=64)
def named_holidays_in(place: str, year: int) -> Mapping[dt.date, str]:
    """The days off in a year with their names: “Independence Day (observed)”. Raises UnknownHolidays."""
    if place == "none":
        return MappingProxyType({})
    if (place, year) in _recalled:
        return _recalled[place, year]
    import holidays  # late: 0.2 s, which a build that shows no deadline never pays

    country, _, region = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year)
    except (NotImplementedError, KeyError) as error:
        raise UnknownHolidays(place) from error
    return MappingProxyType({day: str(name) for day, name in found.items()})
