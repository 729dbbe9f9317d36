"""The scorecard in words: spans as short as a table wants them, ends, and what an hour is for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from form_server.desk.scorecard.charts import Series
from form_server.ledger import Outcome
from form_server.rounds import SourceStanding
from outreach_kit.outreach.follow_up import Standing
from outreach_kit.outreach.scorecard import Hour, Tally

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_SPACE: Final = "\u00a0"
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
FITS: Final = (
    Series("fit-in", "Fit"),
    Series("fit-edge", "On the edge"),
    Series("fit-open", "Not weighed"),
    Series("fit-out", "Did not fit"),
)
OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.ATTENDED.value: "Came to the first appointment",
    Outcome.SCHEDULED.value: "Has an appointment",
    Outcome.UNATTENDED.value: "Did not come",
    Outcome.REDIRECTED.value: "Referred on",
    Outcome.UNREACHABLE.value: "Not reached",
    Outcome.WITHDRAWN.value: "Does not want it now",
}
STILL_OPEN: Final = "Still open"


def fit_counts(tally: Tally) -> tuple[int, int, int, int]:
    """In the order of `FITS`."""
    return tally.fits, tally.edges, tally.referrals - tally.weighed, tally.mismatches


def say_rate(rate: float | None) -> str:
    """“83%”; empty where nothing was weighed."""
    return "" if rate is None else f"{rate:.0%}"


def say_short(span: timedelta | None) -> str:
    """“45 min”, “5.5 h”, “3 days”; empty for None."""
    if span is None:
        return ""
    if span < _HOUR:
        return f"{max(1, round(span / timedelta(minutes=1)))}{_SPACE}min"
    if span < 2 * _DAY:
        hours = span / _HOUR
        return f"{hours:.0f}{_SPACE}h" if hours >= 10 else f"{round(hours, 1):g}{_SPACE}h"
    return f"{span / _DAY:.0f}{_SPACE}days"


def say_days(span: timedelta | None) -> str:
    """“the same day”, “1 day”, “9 days”; empty for None."""
    if span is None:
        return ""
    days = round(span / _DAY)
    if days == 0:
        return "the same day"
    return f"1{_SPACE}day" if days == 1 else f"{days}{_SPACE}days"


def say_number(count: int, one: str = "referral") -> str:
    return f"{count:,}{_SPACE}{one}{'' if count == 1 else 's'}"


def say_month(first: date) -> str:
    """“Nov 2026”."""
    return f"{MONTHS[first.month - 1]} {first.year}"


def say_brief_day(day: date, today: date) -> str:
    """“Aug 3”, and in another year “Aug 3, 2025”."""
    year = "" if day.year == today.year else f", {day.year}"
    return f"{MONTHS[day.month - 1]}{_SPACE}{day.day}{year}"


def say_hour(one: SourceStanding, today: date) -> str:
    """What the next hour for a source is for."""
    match one.score.hour:
        case Hour.EXPLAIN:
            return "Explain whom you help"
        case Hour.VISIT:
            first = one.follow_up.standing is Standing.FIRST or one.last is None
            return "First visit" if first else "Visit"
        case Hour.WAIT:
            due_on = one.follow_up.due_on
            return f"From {say_brief_day(due_on, today)}" if due_on else "Later"
        case Hour.REST:
            return "No visits"


def say_why(one: SourceStanding) -> str:
    """Why an hour is worth most there, in a sentence or two."""
    tally, days = one.tally, one.follow_up.days_since
    sent = f"{say_number(tally.referrals)} in twelve months" if tally.referrals else ""
    if one.score.hour is Hour.EXPLAIN:
        return f"{tally.mismatches} of {tally.weighed} did not fit: gratitude, and the niche again."
    if days is None:
        return f"{sent}, and nobody has been there yet." if sent else "Nobody has been there yet."
    gone = f"last contact {round(days / 30.44)} months ago" if days >= 60 else f"{days} days ago"
    return f"{sent}, {gone}." if sent else f"{gone[0].upper()}{gone[1:]}."
