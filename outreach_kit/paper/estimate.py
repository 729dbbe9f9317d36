"""The good-faith estimate of the No Surprises Act: what somebody who pays themselves can expect to pay.

What the practice does not keep (a date of birth, codes, a tax number) is a line to write on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from outreach_kit.frozen import frozen
from outreach_kit.paper.estimate_words import EstimateWords, estimate_words
from outreach_kit.paper.private import frame, set_private
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.wording import breakable, wording_in
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.facts import Fee


@frozen
class Expected:
    """A service of the practice, and how often it is expected."""

    fee: Fee
    visits: int

    @property
    def cost(self) -> Decimal:
        return self.fee.price * self.visits


@frozen
class EstimateFor:
    """`first_on` is the first visit, if one is booked; `until_on` the last day that is covered."""

    patient: str
    expected: Sequence[Expected]
    first_on: dt.date | None
    until_on: dt.date
    language: str


def render_estimate(
    wanted: EstimateFor,
    practice: Practice,
    clinician: Clinician,
    today: dt.date,
    timestamp: int,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """PDF/UA-1. Raises NotPrintable."""
    words = estimate_words(wanted.language)
    return set_private(
        "estimate.typ", _view(wanted, practice, clinician, today, paper, words), timestamp
    )[0]


def _view(
    wanted: EstimateFor,
    practice: Practice,
    clinician: Clinician,
    today: dt.date,
    paper: Paper,
    words: EstimateWords,
) -> dict[str, Any]:
    wording = wording_in(wanted.language)
    first = wanted.first_on or today
    covers = words.until.format(first=wording.day(first), last=wording.day(wanted.until_on))
    facts = [
        (words.for_whom, breakable(wanted.patient)),
        (words.born_on, None),
        (words.made_on, wording.day(today)),
        *([(words.first_visit, wording.day(wanted.first_on))] if wanted.first_on else []),
        (words.covers, covers),
    ]
    return {
        "frame": frame(practice, words.title, wanted.language, paper),
        "title": words.title,
        "practice": breakable(practice.name),
        "facts": [{"name": name, "text": text} for name, text in facts],
        "provider": [
            {"name": name, "text": text} for name, text in _provider(practice, clinician, words)
        ],
        "columns": [words.service, words.visits, words.price, words.cost],
        "rows": [_row(one, words) for one in wanted.expected],
        "total": words.total,
        "sum": say_amount(sum((one.cost for one in wanted.expected), Decimal(0))),
        "codes": words.codes,
        "notes_heading": words.notes_heading,
        "notes": list(words.notes),
        "dispute_heading": words.dispute_heading,
        "dispute": list(words.dispute),
    }


def _provider(
    practice: Practice, clinician: Clinician, words: EstimateWords
) -> list[tuple[str, str | None]]:
    practice = practice.as_of(clinician)
    address = ", ".join(practice.address.lines)
    where = address if clinician.facts.in_person else f"{words.online} ({practice.address.region})"
    npi = clinician.facts.npi or practice.identity.npi
    facts: list[tuple[str, str | None]] = [
        (words.by_whom, breakable(f"{clinician.name_and_credentials}, {practice.name}")),
        (words.where, breakable(where)),
    ]
    if npi:
        facts.append(("NPI", npi))
    return [*facts, (words.tax_id, None)]


def _row(expected: Expected, words: EstimateWords) -> dict[str, str]:
    fee = expected.fee
    minutes = words.minutes.format(count=fee.minutes) if fee.minutes else ""
    return {
        "service": breakable(fee.name),
        "about": minutes,
        "visits": str(expected.visits),
        "price": say_amount(fee.price),
        "cost": say_amount(expected.cost),
    }


def say_amount(amount: Decimal) -> str:
    """“$1,910.00”: to the cent, as on a bill."""
    return f"${amount:,.2f}"
