"""Public holidays by place and year, and what an earlier start noted of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from outreach_kit.promise import (
    UnknownHolidays,
    holidays_in,
    named_holidays_in,
    recall_holidays,
)


def test_observed_days_and_states_count() -> None:
    assert dt.date(2026, 7, 3) in holidays_in("US-WA", 2026)  # 4 July falls on a Saturday
    assert holidays_in("none", 2026) == frozenset()


def test_each_day_off_has_its_name() -> None:
    named = named_holidays_in("US-WA", 2026)
    assert named[dt.date(2026, 7, 4)] == "Independence Day"
    assert set(named) == holidays_in("US-WA", 2026)
    assert named_holidays_in("none", 2026) == {}


def test_unknown_place_is_refused_before_anything_is_noted() -> None:
    with pytest.raises(UnknownHolidays, match="US-XX"):
        recall_holidays("US-XX", [2026], lambda _key, make: make())


def test_holidays_are_recalled_from_the_notes_of_an_earlier_start() -> None:
    notes: dict[str, bytes] = {}

    def cache(key: str, make: Callable[[], bytes]) -> bytes:
        if key not in notes:
            notes[key] = make()
        return notes[key]

    recall_holidays("US-OR", [2026, 2027], cache)
    first = holidays_in("US-OR", 2026)
    assert dt.date(2026, 7, 4) in first
    (key,) = notes
    notes[key] = notes[key].replace(b"2026-07-04", b"2026-07-14")
    recall_holidays("US-OR", [2026, 2027], cache)
    assert dt.date(2026, 7, 14) in holidays_in("US-OR", 2026)
    assert named_holidays_in("US-OR", 2026)[dt.date(2026, 7, 14)] == "Independence Day"
    assert "US-OR" in key
