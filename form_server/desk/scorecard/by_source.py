"""Bars that lie: who sent how many, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.scorecard.charts import Piece, Series, stack_bar
from form_server.desk.scorecard.wording import FITS, OUTCOMES, STILL_OPEN
from form_server.rounds import Scorecard
from form_server.rounds.scorecard import EDGE, IN, OUT
from outreach_kit.outreach.scorecard import Tally

MOST_BARS: Final = 12
_PLAIN: Final = (Series("plain", ""),)
_Fits = tuple[int, int, int, int]


@dataclass(frozen=True)
class Bar:
    """`href` is empty where nothing is behind it; `also` is said behind the number in small."""

    label: str
    href: str
    count: int
    also: str
    pieces: tuple[Piece, ...]


def bars_of_sources(card: Scorecard) -> tuple[Bar, ...]:
    """The dozen that sent most, and those who came under no code; then how many all others sent.

    The others have no bar: thousands together would make every one of the dozen a dot.
    """
    named = {code: count for code, count in card.counts.items() if code}
    # Only those that may be shown are called by name: there may be thousands of others.
    least = min(sorted(named.values(), reverse=True)[:MOST_BARS], default=0)
    among = [code for code, count in named.items() if count >= least]
    top = sorted(among, key=lambda code: (-named[code], _name(card, code)))[:MOST_BARS]
    rows = [(_name(card, code), _way(card, code), _fits(card, code)) for code in top]
    if "" in card.counts:
        rows.append(("Under no code", "", _fits(card, "")))
    longest = max((sum(fits) for _, _, fits in rows), default=1)
    bars = [
        Bar(name, href, sum(fits), _say_fit(fits), stack_bar(FITS, fits, longest))
        for name, href, fits in rows
    ]
    if others := len(named) - len(top):
        sent = card.whole.referrals - sum(one.count for one in bars)
        bars.append(Bar(f"{others:,} other{'' if others == 1 else 's'}", "", sent, "", ()))
    return tuple(bars)


def bars_of_outcomes(tally: Tally) -> tuple[Bar, ...]:
    """In the order of a hope: who came first, whoever is open last."""
    ended: Mapping[str, int] = tally.outcomes
    counts = [(label, ended.get(name, 0)) for name, label in OUTCOMES.items()]
    counts.append((STILL_OPEN, tally.referrals - sum(ended.values())))
    there = [(label, count) for label, count in counts if count]
    longest = max((count for _, count in there), default=1)
    return tuple(
        Bar(label, "", count, f"{count / tally.referrals:.0%}", stack_bar(_PLAIN, [count], longest))
        for label, count in there
    )


def _fits(card: Scorecard, code: str) -> _Fits:
    """In the order of the series."""
    found = card.fits.get
    return (
        found((code, IN), 0),
        found((code, EDGE), 0),
        found((code, None), 0),
        found((code, OUT), 0),
    )


def _say_fit(fits: _Fits) -> str:
    weighed = fits[0] + fits[1] + fits[3]
    return f"{(fits[0] + fits[1] / 2) / weighed:.0%} fit" if weighed else ""


def _name(card: Scorecard, code: str) -> str:
    standing = card.survey.by_code.get(code)
    return standing.name if standing else f"{code} (off the list)"


def _way(card: Scorecard, code: str) -> str:
    return url_for("desk.show_office", code=code) if code in card.survey.by_code else ""
