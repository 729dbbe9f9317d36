"""The table of sources: how each stands over the period, in one of four orders, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for

from form_server.desk.scorecard.wording import (
    say_brief_day,
    say_days,
    say_hour,
    say_rate,
    say_short,
)
from form_server.rounds import Scorecard, SourceStanding
from outreach_kit.outreach.scorecard import Tally

ON_A_PAGE: Final = 50
HOUR: Final = "hour"
_LONG_AGO: Final = dt.date.min
ORDERS: Final[Mapping[str, str]] = {
    HOUR: "Next hour",
    "sent": "Most referrals",
    "seen": "Longest not seen",
    "name": "Name",
}


@dataclass(frozen=True)
class SourceRow:
    """`tier` is a letter; `is_set` says that somebody set it by hand."""

    name: str
    href: str
    tier: str
    is_set: bool
    referrals: int
    fit: str
    response: str
    appointment: str
    last: str
    hour: str
    is_worth: bool


@dataclass(frozen=True)
class SourceTable:
    rows: tuple[SourceRow, ...]
    says: str
    orders: tuple[tuple[str, str, bool], ...]
    earlier: str
    later: str


def table_of_sources(card: Scorecard, order: str, page: int) -> SourceTable:
    order = order if order in ORDERS else HOUR
    every = _sorted(card, order)
    last_page = max(0, (len(every) - 1) // ON_A_PAGE)
    page = min(max(page, 0), last_page)
    shown = every[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    tallies = card.tallies([one.code for one in shown])

    def way(**asked: Any) -> str:
        there = {"period": card.period.key, "by": order, **asked}
        return url_for("desk.show_scorecard", _anchor="sources", **there)

    return SourceTable(
        rows=tuple(_row(one, tallies.get(one.code, Tally()), card.survey.today) for one in shown),
        says=_say(page, len(shown), len(every)),
        orders=tuple((label, way(by=name), name == order) for name, label in ORDERS.items()),
        earlier=way(page=page - 1) if page else "",
        later=way(page=page + 1) if page < last_page else "",
    )


def _sorted(card: Scorecard, order: str) -> list[SourceStanding]:
    if order == HOUR:
        return card.in_order
    counts = card.counts

    def sent(one: SourceStanding) -> tuple[int, str]:
        return (-counts.get(one.code, 0), one.name)

    def seen(one: SourceStanding) -> tuple[dt.date, str]:
        return (one.last.on if one.last else _LONG_AGO, one.name)

    keys: Mapping[str, Callable[[SourceStanding], Any]] = {"sent": sent, "seen": seen}
    # The survey is in the order of names.
    key = keys.get(order)
    return list(card.survey.standings) if key is None else sorted(card.survey.standings, key=key)


def _row(one: SourceStanding, tally: Tally, today: dt.date) -> SourceRow:
    return SourceRow(
        name=one.name,
        href=url_for("desk.show_office", code=one.code),
        tier=one.score.tier.value.upper(),
        is_set=one.score.is_tier_set,
        referrals=tally.referrals,
        fit=say_rate(tally.fit_rate),
        response=say_short(tally.median_first_response),
        appointment=say_days(tally.median_to_appointment),
        last=say_brief_day(one.last.on, today) if one.last else "Never",
        hour=say_hour(one, today),
        is_worth=one.score.worth > 0,
    )


def _say(page: int, shown: int, of_all: int) -> str:
    if not shown:
        return ""
    first = page * ON_A_PAGE + 1
    return (
        f"{of_all:,} in all"
        if of_all == shown
        else f"{first:,} to {first + shown - 1:,} of {of_all:,}"
    )
