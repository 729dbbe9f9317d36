from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.nearness import Place, is_distance_known, miles_between
from outreach_kit.outreach.week import NEAR_MILES, Stop, order_route, suggest_week

DAY = dt.date(2026, 11, 16)
HERE = Place("Alder Falls", "98999", 47.0, -122.0)
_PLACES = st.builds(
    Place,
    st.sampled_from(["", "Alder Falls", "Mill Road", "  alder  FALLS "]),
    st.sampled_from(["", "98999", "98999-1234", "98901", "10001"]),
) | st.builds(lambda lat, lon: Place("", "", lat, lon), st.floats(-90, 90), st.floats(-180, 180))
_STOPS = st.lists(
    st.builds(
        Stop,
        st.text("abcdef", min_size=1, max_size=6),
        st.just("An office"),
        _PLACES,
        st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        st.booleans(),
        st.floats(0, 20),
    ),
    max_size=24,
    unique_by=lambda stop: stop.code,
)


def stop(code: str, place: Place, days: int = 0, *, forgotten: bool = False) -> Stop:
    return Stop(code, code.title(), place, DAY - dt.timedelta(days=days), forgotten)


def test_offices_that_lie_together_make_a_morning() -> None:
    town, far = Place("Alder Falls"), Place("Spokane")
    mornings = suggest_week(
        [stop("a", town), stop("b", far, 9), stop("c", town), stop("d", far)], HERE
    )
    assert [[one.code for one in morning.stops] for morning in mornings] == [["b", "d"], ["a", "c"]]
    assert mornings[0].towns == ("Spokane",)


def test_whoever_is_nearly_forgotten_goes_first() -> None:
    mornings = suggest_week(
        [stop("a", Place("Alder Falls"), 30), stop("b", Place("Spokane"), forgotten=True)], HERE
    )
    assert mornings[0].stops[0].code == "b"


def test_the_way_goes_to_the_nearest_next() -> None:
    line = [
        stop(code, Place("", "", 47.0, -122.0 + east))
        for code, east in (("far", 0.3), ("near", 0.1), ("middle", 0.2))
    ]
    assert [one.code for one in order_route(line, HERE)] == ["near", "middle", "far"]


def test_offices_whose_place_nobody_typed_go_together() -> None:
    mornings = suggest_week(
        [stop("a", Place()), stop("b", Place("Alder Falls")), stop("c", Place())], HERE
    )
    assert [{one.code for one in morning.stops} for morning in mornings] == [{"a", "c"}, {"b"}]


def test_a_degree_of_latitude_is_69_miles() -> None:
    miles = miles_between(Place("", "", 47.0, -122.0), Place("", "", 48.0, -122.0))
    assert 68.9 < miles < 69.2


@settings(deadline=None)
@given(_PLACES, _PLACES)
def test_a_way_is_as_long_back(one: Place, other: Place) -> None:
    assert miles_between(one, other) == miles_between(other, one) >= 0


@settings(deadline=None)
@given(_STOPS, st.integers(1, 8), st.integers(1, 6))
def test_nobody_stands_twice_and_no_morning_is_too_full(
    due: list[Stop], most_stops: int, most_mornings: int
) -> None:
    mornings = suggest_week(due, HERE, most_stops=most_stops, most_mornings=most_mornings)
    codes = [one.code for morning in mornings for one in morning.stops]
    assert len(codes) == len(set(codes))
    assert len(mornings) <= most_mornings
    assert all(0 < len(morning.stops) <= most_stops for morning in mornings)
    assert len(mornings) == most_mornings or len(codes) == len(due)
    for morning in mornings:
        first = min(morning.stops, key=lambda one: (not one.is_forgotten, one.due_on, -one.weight))
        assert all(
            miles_between(first.place, one.place) <= 2 * NEAR_MILES
            for one in morning.stops
            if first.place.is_known
        )


@settings(deadline=None)
@given(_STOPS, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_told_changes_nothing(due: list[Stop], random: object) -> None:
    shuffled = list(due)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert suggest_week(shuffled, HERE) == suggest_week(due, HERE)


@settings(deadline=None)
@given(_STOPS)
def test_a_way_has_every_stop_once(stops: list[Stop]) -> None:
    route = order_route(stops, HERE)
    assert sorted(one.code for one in route) == sorted(one.code for one in stops)


def test_a_distance_is_known_by_coordinates_code_or_town_and_not_by_guessing() -> None:
    alder = Place("Alder Falls", "98999")
    assert is_distance_known(alder, Place("alder falls"))
    assert is_distance_known(alder, Place("", "98901"))
    assert not is_distance_known(alder, Place("Cedarville", "98211"))
    assert not is_distance_known(alder, Place())
    far = Place("", "", 0.0, 0.0), Place("", "", 0.0, 0.8683)
    assert is_distance_known(*far), "sixty miles that were measured are sixty miles"
