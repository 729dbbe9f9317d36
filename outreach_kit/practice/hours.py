"""When a practice is open, and by which clock: what `practice.toml` may say of that."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from outreach_kit.practice.shapes import After, Instead, Limits, Schema, asked_last
from outreach_kit.practice.table import Facts
from outreach_kit.practice.values import Day, refuse

Days = tuple[Day, ...]


def _check_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = sorted(zone for zone in available_timezones() if name.split("/")[-1][:4] in zone)[:1]
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise refuse(
            f"“{name}” is not a time zone.", f"Use one like “America/Los_Angeles”.{hint}"
        ) from error
    return name


def _parse_spans(raw: object) -> tuple[tuple[dt.time, dt.time], ...]:
    """“9:00-12:00, 13:00-18:00” as pairs of opening and closing time; empty text means closed."""
    complaint = refuse(
        f"“{raw}” are not opening hours.",
        "Write them like “9:00-18:00” or “9:00-12:00, 13:00-17:00”.",
    )
    if not isinstance(raw, str):
        raise complaint
    spans: list[tuple[dt.time, dt.time]] = []
    for piece in filter(None, (part.strip() for part in raw.replace("–", "-").split(","))):
        try:
            opens, closes = (
                dt.datetime.strptime(edge.strip(), "%H:%M").time()  # noqa: DTZ007 - a wall-clock time
                for edge in piece.split("-")
            )
        except ValueError as error:
            raise complaint from error
        if opens >= closes or (spans and opens < spans[-1][1]):
            raise complaint
        spans.append((opens, closes))
    return tuple(spans)


Spans = Annotated[
    tuple[tuple[dt.time, dt.time], ...],
    Instead(_parse_spans),
    Schema({"type": "string", "examples": ["9:00-18:00", "9:00-12:00, 13:00-17:00"]}),
]
TimeZone = Annotated[str, After(_check_time_zone)]


class Week(Facts):
    """The hours of each day; a day that is left out is closed."""

    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()

    @asked_last
    def _open_at_all(self) -> None:
        if not any(self.week):
            raise refuse("No day has hours.", 'Give at least one day, like monday = "9:00-18:00".')

    @property
    def week(self) -> tuple[tuple[tuple[dt.time, dt.time], ...], ...]:
        """Seven days from Monday, each with its spans in order."""
        return (
            self.monday, self.tuesday, self.wednesday, self.thursday,
            self.friday, self.saturday, self.sunday,
        )  # fmt: skip


class Hours(Week):
    """When the practice answers; the promise is counted in these hours."""

    holidays: Annotated[str, Limits(like=r"^(none|[A-Z]{2}(-[A-Z]{2})?)$")] = "US"
    """Public holidays observed: a country, a country and state (“US-WA”), or “none”."""
    closed_on: Days = ()
    """Further days on which nobody answers."""
