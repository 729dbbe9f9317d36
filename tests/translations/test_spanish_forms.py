"""Days, hours, amounts and lists read as Spanish does in the United States."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

import pytest

from outreach_kit.paper.wording import wording_in
from outreach_kit.practice.clinician import Ages
from outreach_kit.practice.facts import Hours, Promise
from outreach_kit.web.language import words_in
from outreach_kit.web.phrases import say_call_within

PAPER: Final = wording_in("es")
PAGES: Final = words_in("es")
MONDAY: Final = dt.date(2026, 11, 16)


def test_a_sheet_names_days_and_hours() -> None:
    hours = Hours.model_validate({"monday": "9:00-13:30", "tuesday": "9:00-13:30"})
    assert PAPER.own_name == "Español"
    assert PAPER.month(MONDAY) == "noviembre de 2026"
    assert PAPER.day(MONDAY) == "16 de noviembre de 2026"
    assert PAPER.hours(hours) == ("lun–mar 9\u00a0a.m.–1:30\u00a0p.m.",)


def test_a_sheet_names_amounts_ages_and_languages() -> None:
    assert PAPER.money(Decimal("1200.50")) == "$1,200.50"
    assert PAPER.ages(Ages(youngest=18)) == "18 o más"
    assert PAPER.languages(["en", "es"]) == "Inglés, español"
    assert PAPER.either(["20", "45"]) == "20 o 45"


def test_a_promise_names_the_most_that_it_takes() -> None:
    assert PAPER.call_within(Promise(working_hours=4)) == "En 4 horas hábiles o menos"
    assert say_call_within(Promise(working_days=1), PAGES) == "en 1 día hábil o menos"


def test_a_page_names_moments() -> None:
    at = dt.datetime(2026, 11, 16, 14, 30, tzinfo=dt.UTC)
    assert PAGES.moment(at, MONDAY) == "lunes 16 de noviembre, 2:30 p.m."


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["Oregon", "Washington"], "Oregon y Washington"),
        (["Ohio", "Indiana"], "Ohio e Indiana"),
        (["Ohio", "Kansas", "Illinois"], "Ohio, Kansas e Illinois"),
        (["Kansas", "Iowa"], "Kansas y Iowa"),
    ],
)
def test_a_list_ends_as_it_sounds(states: list[str], said: str) -> None:
    assert PAGES.listing(states) == said
