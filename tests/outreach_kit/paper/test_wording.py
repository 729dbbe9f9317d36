"""Facts in few words, and long words that give way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.paper.wording import (
    BREAK_HERE,
    LONGEST_WORD,
    breakable,
    breakable_address,
    wording_in,
)
from outreach_kit.practice.clinician import Ages
from outreach_kit.practice.facts import Hours, Promise

ENGLISH = wording_in("en")


def test_days_with_the_same_hours_share_a_line() -> None:
    hours = Hours.model_validate(
        {"monday": "9:00-18:00", "tuesday": "9:00-18:00", "friday": "9:30-12:00, 13:00-17:00"}
    )
    assert [line.replace("\u00a0", " ") for line in ENGLISH.hours(hours)] == [
        "Mon–Tue 9 am–6 pm",
        "Fri 9:30 am–12 pm, 1 pm–5 pm",
    ]


def test_hours_are_said_in_the_language_of_the_sheet() -> None:
    hours = Hours.model_validate({"monday": "9:00-18:00"})
    (line,) = wording_in("es").hours(hours)
    assert line.startswith("lun")


@pytest.mark.parametrize(
    ("amount", "said"), [("190", "$190"), ("92.5", "$92.50"), ("1200", "$1,200")]
)
def test_money_shows_cents_only_where_there_are_some(amount: str, said: str) -> None:
    assert ENGLISH.money(Decimal(amount)) == said


def test_ages_languages_and_dates() -> None:
    assert ENGLISH.ages(Ages(youngest=18, oldest=65)) == "18 to 65"
    assert ENGLISH.ages(Ages(youngest=12)) == "12 and older"
    assert ENGLISH.languages(["en", "es", "qx"]) == "English, Spanish, qx"
    assert ENGLISH.month(dt.date(2026, 11, 21)) == "November 2026"
    assert ENGLISH.day(dt.date(2026, 11, 21)) == "November 21, 2026"


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        (Promise(working_hours=1), "Within 1 working hour"),
        (Promise(working_hours=4), "Within 4 working hours"),
        (Promise(working_days=1), "Within 1 working day"),
        (Promise(working_days=2), "Within 2 working days"),
    ],
)
def test_the_promise_counts_in_singular_and_plural(promise: Promise, said: str) -> None:
    assert ENGLISH.call_within(promise) == said


def test_no_promise_of_a_first_appointment_says_nothing() -> None:
    assert ENGLISH.seen_within(Promise(working_hours=4)) == ""


def test_arabic_runs_from_right_to_left() -> None:
    assert wording_in("ar").direction == "rtl"
    assert wording_in("en-GB").direction == "ltr"


def test_an_unknown_language_falls_back_to_english_forms() -> None:
    assert wording_in("xx").weekday(0) == "Mon"


@given(st.text())
def test_breaks_are_added_and_nothing_else(text: str) -> None:
    assert breakable(text).replace(BREAK_HERE, "") == text.replace(BREAK_HERE, "")


@given(st.text("abc-", min_size=1, max_size=200))
def test_no_piece_stays_longer_than_a_column(word: str) -> None:
    pieces = breakable(word).replace("-", BREAK_HERE).split(BREAK_HERE)
    assert max(map(len, pieces)) <= LONGEST_WORD


def test_an_address_is_shown_without_its_scheme_and_breaks_at_its_joints() -> None:
    shown = breakable_address("https://www.refer.example/refer?source=k7")
    assert shown.replace(BREAK_HERE, "|") == "refer|.example/|refer?|source|=k7"


def test_an_address_with_a_hyphen_is_broken_where_it_is_not_printed_twice() -> None:
    shown = breakable_address("https://refer.example/refer/ana-ruiz")
    assert shown.replace(BREAK_HERE, "|") == "refer|.example/|refer/|ana-|ruiz"
