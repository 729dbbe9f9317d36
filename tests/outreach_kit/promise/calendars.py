"""Hours, promises and zones that the tests of this room draw on."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from outreach_kit.practice.facts import Hours, Promise

PACIFIC = ZoneInfo("America/Los_Angeles")
ZONES = [PACIFIC, *map(ZoneInfo, ("Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"))]
HARBOR = Hours.model_validate(
    {
        "monday": "9:00-18:00",
        "tuesday": "9:00-18:00",
        "wednesday": "9:00-18:00",
        "thursday": "9:00-18:00",
        "holidays": "US-WA",
    }
)
FOUR_HOURS = Promise(working_hours=4)


def pacific(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    """The UTC moment of a wall-clock time in Washington State."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=PACIFIC).astimezone(dt.UTC)


@st.composite
def spans(draw: st.DrawFn) -> str:
    edges = sorted(draw(st.sets(st.integers(0, 24 * 12 - 1), min_size=0, max_size=6)))
    marks = [f"{edge // 12}:{edge % 12 * 5:02}" for edge in edges]
    return ", ".join(f"{a}-{b}" for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def opening_hours(draw: st.DrawFn) -> Hours:
    """Any week with at least one open day, with holidays and closed days."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    week = {day: draw(spans()) for day in days}
    if not any(week.values()):
        week["wednesday"] = "10:00-14:30"
    near_changes = st.dates(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    return Hours.model_validate(
        {
            **week,
            "holidays": draw(st.sampled_from(["none", "US", "US-WA"])),
            "closed_on": draw(st.lists(near_changes, max_size=4)),
        }
    )


def moments() -> st.SearchStrategy[dt.datetime]:
    """Any moment of some years, and many around changes of the clocks, leap days and year ends."""
    edges = [
        dt.datetime(*edge, tzinfo=dt.UTC)
        for edge in (
            (2026, 3, 8, 10), (2026, 11, 1, 9), (2024, 2, 29, 12),
            (2026, 12, 31, 23), (2026, 3, 29, 1), (2026, 10, 25, 1),
        )
    ]  # fmt: skip
    minutes_in_six_years = 6 * 366 * 1440
    anywhere = st.builds(
        lambda minutes: dt.datetime(2023, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes),
        st.integers(0, minutes_in_six_years),
    )
    around = st.builds(
        lambda edge, minutes: edge + dt.timedelta(minutes=minutes),
        st.sampled_from(edges),
        st.integers(-3 * 1440, 3 * 1440),
    )
    return st.one_of(anywhere, around)
