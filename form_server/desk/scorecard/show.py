"""The page of the scorecard: figures, charts along the months and by source, and the next hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.figures import Figure
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_span
from form_server.desk.scorecard.by_month import (
    chart_fits,
    chart_responses,
    chart_tiers,
    table_of_months,
)
from form_server.desk.scorecard.by_source import Bar, bars_of_outcomes, bars_of_sources
from form_server.desk.scorecard.charts import ColumnChart, DotChart, Series
from form_server.desk.scorecard.rows import SourceTable, table_of_sources
from form_server.desk.scorecard.wording import FITS, say_days, say_rate, say_why
from form_server.rounds import Scorecard, SourceStanding, choose_period, read_scorecard, survey
from outreach_kit.outreach.scorecard import Hour, Tally
from outreach_kit.paper import Paper

_BY_TIER: Final = "tier"
_HOURS: Final = 3
_YEARS: Final = 3


@dataclass(frozen=True)
class Choice:
    """A link of several, of which one is where one is."""

    label: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class NextHour:
    name: str
    href: str
    what: str
    why: str


@dataclass(frozen=True)
class ScorecardPage:
    """`responses` is None where no call was measured; `months_table` has the newest month first."""

    period: str
    periods: tuple[Choice, ...]
    figures: tuple[Figure, ...]
    stacks: tuple[Choice, ...]
    months: ColumnChart
    months_table: tuple[tuple[str, ...], ...]
    fits: tuple[Series, ...]
    sources: tuple[Bar, ...]
    outcomes: tuple[Bar, ...]
    responses: DotChart | None
    hours: tuple[NextHour, ...]
    table: SourceTable
    files: tuple[Choice, ...]
    year_reviews: tuple[Choice, ...]
    is_empty: bool


def open_scorecard() -> Scorecard:
    """For the inboxes that whoever is signed in may look into, over the period that is asked for."""
    desk, now = the_desk(), the_desk().clock()
    practice = desk.practice()
    inbox_ids = Keyring.of(desk, signed_in()).inbox_ids
    seen = survey(desk.ledger, practice, inbox_ids, now)
    return read_scorecard(seen, choose_period(request.args.get("period", ""), practice, now))


def show_scorecard() -> Response:
    """Over twelve months or another period; columns by fit or by tier; sources in one of four orders."""
    desk, user = the_desk(), signed_in()
    card = open_scorecard()
    stack = request.args.get("stack", "")
    page = request.args.get("page", "")
    detail = f"sources={len(card.survey.standings)}"
    desk.ledger.audit.note("scorecard.read", actor=user.actor, detail=detail)
    whole = card.whole
    has_responses = any(one.first_response_s for one in card.months)
    view = ScorecardPage(
        period=card.period.label,
        periods=_periods(card),
        figures=_figures(whole),
        stacks=_stacks(card, stack),
        months=chart_tiers(card) if stack == _BY_TIER else chart_fits(card.period, card.months),
        months_table=table_of_months(card.period, card.months),
        fits=FITS,
        sources=bars_of_sources(card),
        outcomes=bars_of_outcomes(whole),
        responses=chart_responses(card.period, card.months) if has_responses else None,
        hours=tuple(map(_hour, card.survey.next_hour[:_HOURS])),
        table=table_of_sources(
            card,
            request.args.get("by", ""),
            int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 0,
        ),
        files=_files(card),
        year_reviews=_year_reviews(card),
        is_empty=not (card.survey.standings or whole.referrals),
    )
    return render_page("scorecard/show.html", view, title="Scorecard", signed_in=user)


def _periods(card: Scorecard) -> tuple[Choice, ...]:
    this = card.survey.today.year
    keys = [("12", "12 months"), ("24", "24 months")]
    keys += [(str(year), str(year)) for year in range(this, this - _YEARS, -1)]
    return tuple(
        Choice(label, url_for("desk.show_scorecard", period=key), key == card.period.key)
        for key, label in keys
    )


def _stacks(card: Scorecard, chosen: str) -> tuple[Choice, ...]:
    def way(stack: str | None) -> str:
        return url_for(
            "desk.show_scorecard", period=card.period.key, stack=stack, _anchor="by-month"
        )

    return (
        Choice("By fit", way(None), chosen != _BY_TIER),
        Choice("By source A, B, C", way(_BY_TIER), chosen == _BY_TIER),
    )


def _figures(whole: Tally) -> tuple[Figure, ...]:
    response, appointment = whole.median_first_response, whole.median_to_appointment
    rate = say_rate(whole.fit_rate)
    return (
        Figure("Referrals", f"{whole.referrals:,}"),
        Figure("Fit", rate or "–", f"of {whole.weighed:,} weighed" if rate else "none weighed yet"),
        Figure(
            "First call after",
            "–" if response is None else say_span(response),
            "median, on the clock" if response else "none called yet",
        ),
        Figure(
            "First appointment",
            "–" if appointment is None else say_days(appointment),
            "median, after the referral" if appointment else "none booked yet",
        ),
    )


def _hour(one: SourceStanding) -> NextHour:
    what = "Explain whom you help" if one.score.hour is Hour.EXPLAIN else "Visit"
    return NextHour(one.name, url_for("desk.show_office", code=one.code), what, say_why(one))


def _files(card: Scorecard) -> tuple[Choice, ...]:
    def way(name: str) -> str:
        return url_for("desk.take_scorecard", name=name, period=card.period.key)

    return (
        Choice("Sources as CSV", way("sources.csv"), False),
        Choice("Months as CSV", way("months.csv"), False),
        Choice("All as JSON", way("scorecard.json"), False),
    )


def _year_reviews(card: Scorecard) -> tuple[Choice, ...]:
    this = card.survey.today.year
    return tuple(
        Choice(
            f"Year review {year}{on}",
            url_for("desk.print_year_review", year=year, paper=paper),
            False,
        )
        for year in (this, this - 1)
        for on, paper in (("", None), (" on A4", Paper.A4.value))
    )
