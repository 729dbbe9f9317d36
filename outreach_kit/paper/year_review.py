"""The year in figures, for the practice's own desk: it names those who sent, so no site ever has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from outreach_kit.frozen import frozen
from outreach_kit.paper.private import frame, set_private
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.wording import breakable, wording_in
from outreach_kit.practice import Practice

KINDS: Final = (
    ("in", "Fit"),
    ("edge", "On the edge"),
    ("open", "Not weighed"),
    ("out", "Did not fit"),
)
"""What a column is made of, from the bottom."""


@frozen
class BigFigure:
    label: str
    text: str
    also: str = ""


@frozen
class YearMonth:
    """`counts` are in the order of `KINDS`."""

    label: str
    counts: tuple[int, int, int, int]


@frozen
class YearSource:
    name: str
    referrals: int
    fit: str
    response: str


@frozen
class YearReview:
    """`year` is said as it stands at the head: “2025”, or “2026 so far”.

    `sent` says the chart in a sentence. `done` pairs a thing with how often; `ahead` are whole
    sentences, a box to tick before each.
    """

    year: str
    figures: Sequence[BigFigure]
    months: Sequence[YearMonth]
    sent: str
    sources: Sequence[YearSource]
    more_sources: str
    done: Sequence[tuple[str, str]]
    ahead: Sequence[str]


def render_year_review(
    review: YearReview,
    practice: Practice,
    today: dt.date,
    timestamp: int,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """PDF/UA-1, in English like the desk. Raises NotPrintable."""
    return set_private("year-review.typ", _view(review, practice, today, paper), timestamp)[0]


def _view(review: YearReview, practice: Practice, today: dt.date, paper: Paper) -> dict[str, Any]:
    totals = [sum(one.counts) for one in review.months]
    return {
        "frame": frame(practice, f"Year review, {review.year}: {practice.name}", "en", paper),
        "kicker": "Year review",
        "practice": breakable(practice.name),
        "heading": review.year,
        "after": "who sent, what came of it, what is next",
        "figures": [asdict(one) for one in review.figures],
        "chart": {
            "heading": "Referrals by month",
            "says": review.sent,
            "top": max([*totals, 1]),
            "legend": [
                {"kind": kind, "label": label}
                for at, (kind, label) in enumerate(KINDS)
                if any(one.counts[at] for one in review.months)
            ],
            "months": [_month(one) for one in review.months],
        },
        "sources": {
            "heading": "Who sent most",
            "columns": ["Source", "Referrals", "Fit", "First call"],
            "rows": [
                [breakable(one.name), str(one.referrals), one.fit, one.response]
                for one in review.sources
            ],
            "more": review.more_sources,
            "none": "Nobody sent anybody.",
        },
        "done": {
            "heading": "What you did",
            "rows": [{"name": name, "text": text} for name, text in review.done],
            "none": "Nothing was logged.",
        },
        "ahead": {
            "heading": "Next",
            "items": [breakable(one) for one in review.ahead],
            "own": "What you want of it yourself",
        },
        "foot": {
            "facts": ["For your own desk: it names who refers"],
            "date": wording_in("en").day(today),
            "source": None,
        },
    }


def _month(one: YearMonth) -> dict[str, Any]:
    pairs = zip(KINDS, one.counts, strict=True)
    return {
        "label": one.label,
        "total": sum(one.counts),
        "parts": [{"kind": kind, "count": count} for (kind, _), count in pairs if count],
    }
