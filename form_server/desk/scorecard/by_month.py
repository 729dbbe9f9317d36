"""The charts that run along the months: what came, of which kind, and how fast it was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from form_server.desk.scorecard.charts import (
    ColumnChart,
    DotChart,
    Place,
    Point,
    Series,
    draw_columns,
    draw_dots,
)
from form_server.desk.scorecard.wording import (
    FITS,
    MONTHS,
    fit_counts,
    say_month,
    say_number,
    say_rate,
    say_short,
)
from form_server.rounds import Period, Scorecard
from outreach_kit.outreach.follow_up import Tier
from outreach_kit.outreach.scorecard import Tally

_TIERS: Final = (
    (Tier.A, Series("tier-a", "From A sources")),
    (Tier.B, Series("tier-b", "From B sources")),
    (Tier.C, Series("tier-c", "From C sources")),
    (None, Series("tier-none", "Under no code")),
)
_HOUR: Final = dt.timedelta(hours=1)
_MANY_MONTHS: Final = 12
_LAST_TO_OPEN: Final = 10


def chart_fits(period: Period, months: Sequence[Tally], name: str = "months") -> ColumnChart:
    counts = [fit_counts(one) for one in months]
    return _chart(name, period, FITS, counts)


def chart_tiers(card: Scorecard) -> ColumnChart:
    """By the tier that each source has today."""
    counts = [tuple(month.get(tier, 0) for tier, _ in _TIERS) for month in card.tiers_by_month()]
    return _chart("months", card.period, [series for _, series in _TIERS], counts)


def chart_responses(period: Period, months: Sequence[Tally]) -> DotChart:
    """The median of each month, in hours on the clock."""
    spans = [one.median_first_response for one in months]
    measured = [(first, span) for first, span in zip(period.months, spans, strict=True) if span]
    says = "Nothing was measured."
    if measured:
        first, slowest = max(measured, key=lambda one: one[1])
        says = f"Slowest in {say_month(first)}, with {say_short(slowest)}."
    points = [
        Point(
            label,
            below,
            f"{say_month(first)}: {say_short(span) or 'none measured'}",
            None if span is None else span / _HOUR,
            say_short(span),
        )
        for (label, below), first, span in zip(_labels(period), period.months, spans, strict=True)
    ]
    return draw_dots("responses", "Hours to the first call, month by month", says, points, " h")


def table_of_months(period: Period, months: Sequence[Tally]) -> tuple[tuple[str, ...], ...]:
    """Newest first: month, referrals, the four kinds, fit rate, first call, first appointment."""
    rows = [
        (
            say_month(first),
            str(one.referrals),
            *map(str, fit_counts(one)),
            say_rate(one.fit_rate),
            say_short(one.median_first_response),
            say_short(one.median_to_appointment),
        )
        for first, one in zip(period.months, months, strict=True)
    ]
    return tuple(reversed(rows))


def _chart(
    name: str, period: Period, series: Sequence[Series], counts: Sequence[tuple[int, ...]]
) -> ColumnChart:
    places = [
        Place(label, below, _say_month(first, series, one), one)
        for (label, below), first, one in zip(_labels(period), period.months, counts, strict=True)
    ]
    title = f"Referrals by month, {period.label}"
    return draw_columns(name, title, _say_all(period, counts), series, places)


def _labels(period: Period) -> list[tuple[str, str]]:
    """“Jan” with its year below, where a year begins; of many months only every third is named."""
    every = 3 if len(period.months) > _MANY_MONTHS else 1
    labels = []
    for number, first in enumerate(period.months):
        # A year that is over in a month or two would stand in the way of the next one's.
        opens = first.month == 1 or (number == 0 and first.month <= _LAST_TO_OPEN)
        named = first.month % every == 1 % every
        labels.append((MONTHS[first.month - 1] if named else "", str(first.year) if opens else ""))
    return labels


def _say_month(first: dt.date, series: Sequence[Series], counts: tuple[int, ...]) -> str:
    said = [
        f"{one.label.lower()} {count}" for one, count in zip(series, counts, strict=True) if count
    ]
    return f"{say_month(first)}: {', '.join((say_number(sum(counts)), *said))}"


def _say_all(period: Period, counts: Sequence[tuple[int, ...]]) -> str:
    sums = [sum(one) for one in counts]
    if not any(sums):
        return "None came."
    most = max(range(len(sums)), key=sums.__getitem__)
    return f"{say_number(sum(sums))}; most in {say_month(period.months[most])}, with {sums[most]}."
