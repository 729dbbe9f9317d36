"""A year for paper: its figures, who sent, what was done for them, and what it says about the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from form_server.ledger import VisitWay
from form_server.ledger.efforts import Effort
from form_server.rounds.period import Period, year_of
from form_server.rounds.scorecard import Scorecard, read_scorecard
from form_server.rounds.survey import Survey
from outreach_kit.outreach.scorecard import Tally
from outreach_kit.outreach.year_ahead import YearOfSource, look_ahead
from outreach_kit.paper.year_review import BigFigure, YearMonth, YearReview, YearSource

_MOST_SOURCES: Final = 10
_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
_SLOW: Final = dt.timedelta(hours=24)
_WAYS: Final = (
    (VisitWay.TALK, "talk", "talks"),
    (VisitWay.CALL, "call", "calls"),
    (VisitWay.LETTER, "letter", "letters"),
)


def review_year(survey: Survey, year: int) -> YearReview:
    """Up to today in the year that runs; counts are of the survey's inboxes."""
    card = read_scorecard(survey, year_of(year, survey.practice, survey.now))
    period, whole = card.period, card.whole
    before = _year_before(survey, period, year)
    shown = _most(card)
    return YearReview(
        year=period.label,
        figures=_figures(whole, sum(before.values()), year, is_whole=period.label == str(year)),
        months=[
            YearMonth(
                f"{first:%b}", (one.fits, one.edges, one.referrals - one.weighed, one.mismatches)
            )
            for first, one in zip(period.months, card.months, strict=True)
        ],
        sent=_say_months(period, card.months),
        sources=[_source(name, one) for _, name, one in shown],
        more_sources=_say_others(card, [code for code, _, _ in shown]),
        done=_done(_effort(survey, period)),
        ahead=_ahead(card, before, year),
    )


def _effort(survey: Survey, period: Period) -> Effort:
    return survey.ledger.figures.effort(period.first_on, period.last_on, period.since, period.until)


def _year_before(survey: Survey, period: Period, year: int) -> Mapping[str, int]:
    """How many came from each source in the year before, up to the same day of it."""
    last = year_of(year - 1, survey.practice, survey.now)
    length = period.until - period.since
    until = min(last.until, last.since + length)
    counts = survey.ledger.tallies.counts(survey.inbox_ids, last.since, until)
    return {code: one.referrals for code, one in counts.items()}


def _figures(whole: Tally, before: int, year: int, *, is_whole: bool) -> tuple[BigFigure, ...]:
    response, appointment = whole.median_first_response, whole.median_to_appointment
    in_before = f"{before:,} in {year - 1}" if is_whole else f"{before:,} by this day in {year - 1}"
    return (
        BigFigure("Referrals", f"{whole.referrals:,}", in_before),
        BigFigure(
            "Fit",
            "–" if whole.fit_rate is None else f"{whole.fit_rate:.0%}",
            f"of {whole.weighed:,} weighed" if whole.weighed else "none weighed",
        ),
        BigFigure(
            "First call after",
            say_wait(response) or "–",
            "median, on the clock" if response else "",
        ),
        BigFigure(
            "First appointment",
            say_wait(appointment) or "–",
            "median, after the referral" if appointment else "",
        ),
    )


def say_wait(span: dt.timedelta | None) -> str:
    """“45 min”, “5 h”, “9 days”; empty for None."""
    if span is None:
        return ""
    if span < _HOUR:
        return f"{span // dt.timedelta(minutes=1)} min"
    if span < 2 * _DAY:
        return f"{span / _HOUR:.0f} h"
    return f"{span / _DAY:.0f} days"


def _say_months(period: Period, months: Sequence[Tally]) -> str:
    counts = [one.referrals for one in months]
    if not any(counts):
        return "No referrals came."
    each = ", ".join(
        f"{first:%B} {count}" for first, count in zip(period.months, counts, strict=True)
    )
    return f"{_count(sum(counts), 'referral', 'referrals')}: {each}."


def _most(card: Scorecard) -> list[tuple[str, str, Tally]]:
    """Code, name and tally of those on the list who sent most."""
    tallies = card.tallies()
    listed = [
        (one.code, one.name, tallies[one.code])
        for one in card.survey.standings
        if one.code in tallies
    ]
    return sorted(listed, key=lambda one: (-one[2].referrals, one[1]))[:_MOST_SOURCES]


def _source(name: str, tally: Tally) -> YearSource:
    fit = "" if tally.fit_rate is None else f"{tally.fit_rate:.0%}"
    return YearSource(name, tally.referrals, fit, say_wait(tally.median_first_response))


def _say_others(card: Scorecard, shown: Sequence[str]) -> str:
    """“14 others sent 22, and 3 came under no code.”; empty where there are none."""
    others = [count for code, count in card.counts.items() if code and code not in shown]
    nameless = card.counts.get("", 0)
    parts = []
    if others:
        parts.append(f"{_count(len(others), 'other', 'others')} sent {sum(others):,}")
    if nameless:
        parts.append(f"{nameless:,} came under no code")
    return f"{', and '.join(parts)}." if parts else ""


def _done(effort: Effort) -> tuple[tuple[str, str], ...]:
    """Only what was done."""
    rows: list[tuple[int, str]] = []
    if visits := effort.by_way.get(VisitWay.VISIT, 0):
        where = f", {_count(effort.seen, 'office', 'offices')} seen" if effort.seen else ""
        rows.append((visits, f"{'visit' if visits == 1 else 'visits'}{where}"))
    for way, one, many in _WAYS:
        count = effort.by_way.get(way, 0)
        rows.append((count, one if count == 1 else many))
    thanked = _count(effort.thanked, "referral", "referrals")
    rows.append((effort.cards, f"thank-you {_plural(effort.cards, 'card')}, for {thanked}"))
    for item, count in sorted(effort.left.items()):
        rows.append((count, f"{_plural(count, item)} left there"))
    rows.append((effort.newsletters, _plural(effort.newsletters, "newsletter")))
    dollars = f"${effort.gift_cents / 100:,.2f}"
    rows.append((effort.gifts, f"{_plural(effort.gifts, 'gift')}, {dollars} together"))
    rows.append((effort.new_sources, f"new {_plural(effort.new_sources, 'source')} on the list"))
    return tuple((text, f"{count:,}") for count, text in rows if count)


def _ahead(card: Scorecard, before: Mapping[str, int], year: int) -> tuple[str, ...]:
    tallies, survey, first_on = card.tallies(), card.survey, card.period.first_on
    ahead = look_ahead(
        YearOfSource(
            one.name,
            tallies.get(one.code, Tally()),
            before.get(one.code, 0),
            one.last is not None and one.last.on >= first_on,
            one.card.wants_visits,
        )
        for one in survey.standings
    )
    said = [
        (ahead.keep, "Keep seeing {names}: most of whom you help came from there."),
        (ahead.see, "Visit {names}: they sent, and nobody was there in the year."),
        (ahead.win_back, f"Go back to {{names}}: they sent in {year - 1}, and nobody in {year}."),
        (ahead.explain, "Explain whom you help at {names}: more did not fit than did."),
    ]
    sentences = [words.format(names=_and(names)) for names, words in said if names]
    response = card.whole.median_first_response
    if response is not None and response > _SLOW:
        sentences.append(f"Call sooner: half of the first calls came after {say_wait(response)}.")
    owed = sum(one.owed_thanks for one in survey.standings)
    if owed and year == survey.today.year:
        sentences.append(f"Mail the thank-yous for {_count(owed, 'referral', 'referrals')}.")
    return tuple(sentences) or ("Choose three offices, and see each of them once a quarter.",)


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
