"""What is wrong with a practice folder, told to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_kit.errors import ContentError, Problem, say_key

PRICE = Problem("practice.toml", 45, "fees.0.price", "“a lot” is not an amount.", "Write 160.")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("niche", "niche"),
        ("hours.monday", "hours.monday"),
        ("fees.0.price", "price in the first of fees"),
        ("insurance.plans.9", "the tenth of insurance.plans"),
        ("sites.1.hours.holidays", "hours.holidays in the second of sites"),
        ("training.2.minutes.0", "the first of minutes in the third of training"),
        ("rows.0.1", "the second of the first of rows"),
        ("0.price", "price in the first of all"),
    ],
)
def test_what_is_in_a_list_is_counted_from_one(key: str, said: str) -> None:
    assert say_key(key) == said


def test_the_eleventh_and_later_are_written_in_figures() -> None:
    told = [say_key(f"line.{place}").split()[1] for place in (10, 11, 12, 20, 21, 22, 100, 110)]
    assert told == ["11th", "12th", "13th", "21st", "22nd", "23rd", "101st", "111th"]


def test_a_problem_says_file_line_and_place_before_what_and_what_to_do() -> None:
    assert str(PRICE) == (
        "practice.toml:45: price in the first of fees: “a lot” is not an amount. Write 160."
    )
    assert str(replace(PRICE, line=0, key="")) == (
        "practice.toml: “a lot” is not an amount. Write 160."
    )


def test_problems_come_once_each_in_the_order_of_the_files() -> None:
    later = replace(PRICE, line=50)
    assert str(ContentError([later, PRICE, later])) == f"{PRICE}\n{later}"
