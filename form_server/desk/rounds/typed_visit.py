"""A visit as somebody typed it on a phone: read, and found fault with in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from werkzeug.datastructures import MultiDict

from form_server.ledger import Counted, PersonRole, VisitWay
from outreach_kit.outreach.follow_up import FORGOTTEN_DAYS, NUISANCE_DAYS
from outreach_kit.outreach.stock import Item, StockKind

MOST_PIECES: Final = 2000
LONGEST_NEEDS: Final = 2000
_LONGEST_NAME: Final = 120
_OLDEST: Final = timedelta(days=366)
_ID: Final = re.compile(r"[0-9a-z]{20,40}")


@dataclass(frozen=True)
class TypedVisit:
    """As typed, so that a page that is shown again keeps it; `faults` are said by field.

    `next_on` is None for the usual rhythm. `counts` are pieces by field: left there, and seen there.
    """

    visit_id: str
    way: VisitWay
    done_on: date | None
    met: tuple[str, ...]
    new_name: str
    new_role: PersonRole
    needs: str
    next_on: date | None
    asked_back: bool
    said: bool
    is_sure: bool
    counts: Mapping[str, int]
    raw: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def left(self) -> tuple[Counted, ...]:
        given = [Counted(item.value, self.counts.get(left_field(item), 0)) for item in Item]
        seen = [
            Counted(item.value, self.counts[seen_field(item)], StockKind.COUNTED.value)
            for item in Item
            if seen_field(item) in self.counts
        ]
        return (*seen, *(one for one in given if one.count))


def left_field(item: Item) -> str:
    return f"left-{item.value}"


def seen_field(item: Item) -> str:
    """What was there before anything was left."""
    return f"seen-{item.value}"


def read_visit(
    form: MultiDict[str, str], met: Iterable[str], today: date, new_id: str
) -> TypedVisit:
    """`met` are the ids of those whom it met; `new_id` is for a page that had none."""
    raw = {name: form.get(name, "").strip() for name in _FIELDS}
    faults: dict[str, str] = {}
    way = VisitWay(raw["way"]) if raw["way"] in set(VisitWay) else VisitWay.VISIT
    done_on = _read_day(raw["done_on"])
    if done_on is None:
        faults["done_on"] = "Say on which day it was."
    elif done_on > today:
        faults["done_on"] = "That day is still to come."
    elif done_on < today - _OLDEST:
        faults["done_on"] = "That is more than a year ago. Check the year."
    asked_back = bool(form.get("asked_back"))
    next_on = None
    if way.is_contact and raw["next_on"] and raw["next_on"] != raw["suggested"]:
        next_on = _read_day(raw["next_on"])
        fault = check_next(next_on, done_on, asked_back=asked_back)
        if fault:
            faults["next_on"] = fault
    needs = form.get("needs", "").replace("\r\n", "\n").strip()
    if len(needs) > LONGEST_NEEDS:
        faults["needs"] = f"That is too long: at most {LONGEST_NEEDS} characters are kept."
    if len(raw["new_name"]) > _LONGEST_NAME or not (raw["new_name"] or "x").isprintable():
        faults["new_name"] = "Write the name on one line, in a few words."
    role = raw["new_role"]
    return TypedVisit(
        visit_id=raw["visit_id"] if _ID.fullmatch(raw["visit_id"]) else new_id,
        way=way,
        done_on=done_on,
        met=tuple(met),
        new_name=raw["new_name"],
        new_role=PersonRole(role) if role in set(PersonRole) else PersonRole.RECEPTIONIST,
        needs=needs,
        next_on=next_on,
        asked_back=asked_back,
        said=bool(form.get("said")),
        is_sure=bool(form.get("sure")),
        counts=_read_counts(raw, faults),
        raw=raw,
        faults=faults,
    )


def check_next(next_on: date | None, done_on: date | None, *, asked_back: bool) -> str:
    """What is wrong with the day of the next visit; empty when nothing is."""
    if next_on is None:
        return "That is no day."
    if done_on is None:
        return ""
    days = (next_on - done_on).days
    if days <= 0:
        return "The next time comes after this one."
    if days > FORGOTTEN_DAYS:
        return f"That is {days} days later, and after {FORGOTTEN_DAYS} they have forgotten you."
    if days < NUISANCE_DAYS and not asked_back:
        return (
            f"That is {days} days later, and sooner than {NUISANCE_DAYS} nags. If they asked you to "
            "come back then, tick so."
        )
    return ""


def read_pieces(text: str) -> int | None:
    """How many, typed; None for what is no number of pieces."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PIECES))
    return int(text) if digits and int(text) <= MOST_PIECES else None


def _read_counts(raw: Mapping[str, str], faults: dict[str, str]) -> Mapping[str, int]:
    counts = {}
    for name in _COUNTS:
        if not raw[name]:
            continue
        count = read_pieces(raw[name])
        if count is None:
            faults[name] = f"A number from 0 to {MOST_PIECES}."
        else:
            counts[name] = count
    return counts


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_COUNTS: Final = tuple(named(item) for named in (left_field, seen_field) for item in Item)
_FIELDS: Final = (
    "visit_id", "way", "done_on", "new_name", "new_role", "next_on", "suggested", *_COUNTS,
)  # fmt: skip
