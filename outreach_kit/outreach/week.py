"""Whom to see this week: mornings that can be driven, each with offices that lie together.

A morning begins with the office that has waited longest, takes in what is due near it, and goes from
the practice to whatever lies nearest next. Visits take 10 to 15 minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.outreach.nearness import Place, miles_between

MOST_STOPS: Final = 6
MOST_MORNINGS: Final = 5
NEAR_MILES: Final = 12.0


@frozen
class Stop:
    """A source that is due; `weight` is what the scorecard says an hour there is worth."""

    code: str
    name: str
    place: Place
    due_on: dt.date
    is_forgotten: bool = False
    weight: float = 0.0


@frozen
class Morning:
    """`stops` in the order of the way; `towns` in the same order, each once; `miles` are rough."""

    stops: tuple[Stop, ...]
    towns: tuple[str, ...]
    miles: float


def suggest_week(
    due: Iterable[Stop],
    start: Place,
    *,
    most_stops: int = MOST_STOPS,
    most_mornings: int = MOST_MORNINGS,
) -> tuple[Morning, ...]:
    """The most pressing morning first; each stop in one morning at most."""
    waiting = sorted(due, key=_pressing)
    mornings: list[Morning] = []
    while waiting and len(mornings) < most_mornings:
        chosen = _around(waiting[0], waiting, most_stops)
        taken = {stop.code for stop in chosen}
        waiting = [stop for stop in waiting if stop.code not in taken]
        mornings.append(_drive(chosen, start))
    return tuple(mornings)


def order_route(stops: Iterable[Stop], start: Place) -> tuple[Stop, ...]:
    """From the start to the nearest, and from there to the nearest of the rest."""
    left = sorted(stops, key=lambda stop: stop.code)
    route: list[Stop] = []
    here = start
    while left:
        following = min(left, key=lambda stop: (miles_between(here, stop.place), stop.code))
        left.remove(following)
        route.append(following)
        here = following.place
    return tuple(route)


def _pressing(stop: Stop) -> tuple[bool, dt.date, float, str]:
    return not stop.is_forgotten, stop.due_on, -stop.weight, stop.code


def _around(first: Stop, waiting: Sequence[Stop], most: int) -> list[Stop]:
    """The first, and of those near it the ones that press most; places unknown go together."""
    near = [
        stop for stop in waiting if stop is not first and _lie_together(first.place, stop.place)
    ]
    return [first, *near[: most - 1]]


def _lie_together(one: Place, other: Place) -> bool:
    if not (one.is_known and other.is_known):
        return one.is_known == other.is_known
    return miles_between(one, other) <= NEAR_MILES


def _drive(stops: Sequence[Stop], start: Place) -> Morning:
    route = order_route(stops, start)
    ways = zip((start, *(stop.place for stop in route)), route, strict=False)
    miles = sum(miles_between(here, stop.place) for here, stop in ways)
    towns = dict.fromkeys(stop.place.town.strip() for stop in route)
    return Morning(route, tuple(town for town in towns if town), miles)
