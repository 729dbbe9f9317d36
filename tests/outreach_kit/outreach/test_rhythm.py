from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from outreach_kit.outreach import NextTry, plan_next_try

ZONE = ZoneInfo("America/Los_Angeles")
MONDAY = dt.date(2026, 11, 16)


def at(day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2026, 11, 16 + day, hour, tzinfo=ZONE)


def on(day: int) -> dt.date:
    return MONDAY + dt.timedelta(days=day)


def test_before_the_first_try_the_promise_is_the_rhythm() -> None:
    assert plan_next_try([], ZONE) is None


def test_second_try_is_two_to_three_days_later() -> None:
    assert plan_next_try([at(0)], ZONE) == NextTry(on(2), on(3), by_another_way=False)


def test_several_tries_on_one_day_are_one_step() -> None:
    assert plan_next_try([at(0, 18), at(0, 9)], ZONE) == plan_next_try([at(0)], ZONE)


def test_third_try_is_five_to_seven_days_later_by_another_way() -> None:
    assert plan_next_try([at(0), at(2)], ZONE) == NextTry(on(7), on(9), by_another_way=True)


def test_after_three_days_of_tries_there_is_no_next() -> None:
    assert plan_next_try([at(0), at(2), at(8)], ZONE) is None


def test_days_are_those_of_the_practice() -> None:
    evening = dt.datetime(2026, 11, 17, 6, tzinfo=dt.UTC)  # still Monday in Alder Falls
    assert plan_next_try([evening], ZONE) == NextTry(on(2), on(3), by_another_way=False)
