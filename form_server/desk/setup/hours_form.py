"""The form of hours, closings and the promise: what was typed, read with all complaints at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from werkzeug.datastructures import MultiDict

from form_server.current_practice import parse_hours, parse_promise
from outreach_kit.errors import UsageError
from outreach_kit.practice import Practice
from outreach_kit.practice.complaints import explain
from outreach_kit.practice.facts import Hours, Promise
from outreach_kit.practice.faults import Invalid
from outreach_kit.promise import NeverOpen, UnknownHolidays, promise_by

WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_CLOSING: Final = timedelta(days=120)
_BARE_HOUR: Final = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
_Parsed = TypeVar("_Parsed", Hours, Promise)
_LABELS: Final = {
    "holidays": "Public holidays",
    "closed_on": "Closed days",
    "working_hours": "The promise",
    "working_days": "The promise",
    "seen_within_days": "First appointment",
}


class NotSaved(UsageError):
    """What was typed cannot be; `complaints` has a line for each."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = complaints
        super().__init__(" ".join(complaints))


@dataclass(frozen=True)
class TypedHours:
    """As the form holds it: kept as typed when it is refused."""

    week: tuple[tuple[str, str], ...]
    holidays: str
    closed_on: tuple[date, ...]
    number: str
    unit: str
    seen_within: str


def write_hours(hours: Hours, promise: Promise) -> TypedHours:
    """The form for what holds now."""
    return TypedHours(
        week=tuple((day, _say(spans)) for day, spans in zip(WEEK, hours.week, strict=True)),
        holidays=hours.holidays,
        closed_on=tuple(sorted(hours.closed_on)),
        number=str(promise.working_hours or promise.working_days),
        unit="hours" if promise.working_hours else "days",
        seen_within=str(promise.seen_within_days or ""),
    )


def read_typed(form: MultiDict[str, str], today: date) -> TypedHours:
    """Raises NotSaved for days that are none."""
    kept = {day for text in form.getlist("keep") if (day := _day(text, "Closed days"))}
    return TypedHours(
        week=tuple((day, form.get(day, "").strip()[:80]) for day in WEEK),
        holidays=form.get("holidays", "").strip()[:10],
        closed_on=tuple(sorted({*kept, *_closing(form, today)})),
        number=form.get("number", "").strip()[:4],
        unit="days" if form.get("unit") == "days" else "hours",
        seen_within=form.get("seen_within", "").strip()[:4],
    )


def check_typed(typed: TypedHours, practice: Practice, now: datetime) -> tuple[str, str]:
    """Hours and promise as they are kept. Raises NotSaved with everything that is wrong."""
    complaints: list[str] = []
    week = {day: _BARE_HOUR.sub(r"\1:00", text) for day, text in typed.week if text}
    days = {"holidays": typed.holidays, "closed_on": [str(one) for one in typed.closed_on]}
    as_kept = json.dumps({**week, **days})
    hours = _parse(parse_hours, Hours, as_kept, complaints)
    said = {f"working_{typed.unit}": typed.number, "seen_within_days": typed.seen_within}
    for name, text in said.items():
        if text and not text.isdecimal():
            complaints.append(f"{_LABELS[name]}: “{text}” is not a whole number.")
    promised = json.dumps({name: int(text) for name, text in said.items() if text.isdecimal()})
    promise = _parse(parse_promise, Promise, promised, complaints)
    if complaints or hours is None or promise is None:
        raise NotSaved(complaints)
    try:
        promise_by(now, hours, promise, practice.time_zone)
    except (NeverOpen, UnknownHolidays) as error:
        raise NotSaved([str(error)]) from error
    return as_kept, promised


def _parse(
    parse: Callable[[str], _Parsed], kind: type[_Parsed], text: str, complaints: list[str]
) -> _Parsed | None:
    """What is wrong, a line each in `complaints`, by the name that the form gives the field."""
    try:
        return parse(text)
    except Invalid as invalid:
        for fault in invalid.faults:
            name = str(fault.place[0]) if fault.place else ""
            label = _LABELS.get(name, name.capitalize())
            what, todo = explain(fault, kind)
            complaints.append(f"{label}{': ' if label else ''}{what} {todo}")
        return None


def _closing(form: MultiDict[str, str], today: date) -> Iterable[date]:
    first = _day(form.get("close_from", ""), "Closed from")
    if first is None:
        return ()
    last = _day(form.get("close_to", ""), "Closed until") or first
    if last < first:
        raise NotSaved(["The closing would end before it begins."])
    if first < today:
        raise NotSaved(["The closing would begin in the past."])
    if last - first > _LONGEST_CLOSING:
        raise NotSaved(
            ["A closing of more than four months: take the days out of the week instead."]
        )
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(text: str, label: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise NotSaved([f"{label}: “{text[:20]}” is not a day like 2026-12-24."]) from error


def _say(spans: Iterable[tuple[Any, Any]]) -> str:
    return ", ".join(f"{a.hour}:{a:%M}-{b.hour}:{b:%M}" for a, b in spans)
