"""What came of one office, on its page: its own months, its figures, its tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.scorecard.by_month import chart_fits, table_of_months
from form_server.desk.scorecard.charts import ColumnChart
from form_server.desk.scorecard.wording import say_days, say_rate, say_short
from form_server.rounds import choose_period, read_months
from outreach_kit.outreach.scorecard import Tally, add_up


@dataclass(frozen=True)
class OfficeFigures:
    """`chart` is None for an office that sent nobody in these months."""

    tier: str
    is_set: bool
    period: str
    figures: tuple[tuple[str, str], ...]
    chart: ColumnChart | None
    table: tuple[tuple[str, ...], ...]


def build_figures(case: OfficeCase) -> OfficeFigures:
    period = choose_period("", case.practice, case.now)
    months = read_months(case.survey, period, case.code)
    whole = add_up(months)
    score = case.detail.standing.score
    return OfficeFigures(
        tier=score.tier.value.upper(),
        is_set=score.is_tier_set,
        period=period.label,
        figures=_figures(whole),
        chart=chart_fits(period, months, "office-months") if whole.referrals else None,
        table=table_of_months(period, months),
    )


def _figures(whole: Tally) -> tuple[tuple[str, str], ...]:
    """Only what was measured."""
    said = (
        ("Referrals", str(whole.referrals)),
        ("Fit", say_rate(whole.fit_rate)),
        ("First call after", say_short(whole.median_first_response)),
        ("First appointment", say_days(whole.median_to_appointment)),
    )
    return tuple((label, text) for label, text in said if text)


PANEL: Final = Panel("scorecard/panel.html", build_figures)
