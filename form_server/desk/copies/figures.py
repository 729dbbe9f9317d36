"""The figures by month and source: counts and medians, and nothing of a patient.

Shared by the desk and the command `export figures`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from form_server.exports.as_json import write_moment
from form_server.ledger import Ledger, Outcome, Statistics
from form_server.tabular import Cell, write_csv
from outreach_kit.practice import Practice

HEADINGS: Final = (
    "month", "source", "received", "contacted", "kept", "broken", "median_hours",
    *(outcome.value for outcome in Outcome),
)  # fmt: skip
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class _Month:
    name: str
    since: datetime
    until: datetime


def stream_figures(
    ledger: Ledger, practice: Practice, inbox_ids: Sequence[str], now: datetime, form: str
) -> Iterator[str]:
    """As `csv` or `json`, a text for each month, from the first referral to now."""
    first = ledger.walking.first_received_at(inbox_ids)
    months = _months(first, now, practice.time_zone) if first else iter(())
    names = {one.code: one.name for one in ledger.sources.all()}
    rows = (
        _rows(month, ledger.figures.over(inbox_ids, month.since, month.until, now), names)
        for month in months
    )
    if form == "csv":
        yield write_csv([HEADINGS])
        yield from (write_csv(of_month) for of_month in rows)
        return
    front = {"format": "warm-handoff/figures", "version": 1, "made_at": write_moment(now)}
    yield json.dumps(front)[:-1] + ', "months": [\n'
    comma = ""
    for of_month in rows:
        lines = [dict(zip(HEADINGS, row, strict=True)) for row in of_month]
        yield comma + json.dumps(lines, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _rows(month: _Month, figures: Statistics, names: dict[str, str]) -> list[tuple[Cell, ...]]:
    """The month as a whole, whose source is “all”, then how many came from each source."""
    median = figures.median_to_first_contact
    blank: tuple[Cell, ...] = (None,) * (len(HEADINGS) - 3)
    whole: tuple[Cell, ...] = (
        month.name,
        "all",
        figures.received,
        figures.contacted,
        figures.kept,
        figures.broken,
        round(median / _HOUR, 1) if median is not None else None,
        *(figures.by_outcome.get(outcome, 0) for outcome in Outcome),
    )
    return [
        whole,
        *(
            (month.name, names.get(code, code) or "none", count, *blank)
            for code, count in sorted(figures.by_source.items())
        ),
    ]


def _months(first: datetime, now: datetime, zone: ZoneInfo) -> Iterator[_Month]:
    local = first.astimezone(zone)
    start = datetime(local.year, local.month, 1, tzinfo=zone)
    while start <= now:
        year, month = divmod(start.month, 12)
        after = datetime(start.year + year, month + 1, 1, tzinfo=zone)
        yield _Month(f"{start:%Y-%m}", start, after)
        start = after
