from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.practice.facts import Promise
from outreach_kit.promise import describe_moment, describe_promise
from tests.outreach_kit.promise.calendars import PACIFIC, pacific

NOW = pacific(2026, 11, 23, 11, 20)  # a Monday


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (pacific(2026, 11, 23, 15, 20) + dt.timedelta(seconds=59), "today by 3:20 PM"),
        (pacific(2026, 11, 23, 18), "today by 6 PM"),
        (pacific(2026, 11, 24, 9), "tomorrow by 9 AM"),
        (pacific(2026, 11, 29, 13), "Sunday by 1 PM"),
        (pacific(2026, 11, 30, 13), "Monday, November 30, 2026 by 1 PM"),
        (pacific(2026, 11, 22, 13), "Sunday, November 22, 2026 by 1 PM"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: dt.datetime, words: str) -> None:
    assert describe_moment(moment, NOW, PACIFIC) == words


def test_today_is_the_practices_own_day() -> None:
    late = pacific(2026, 11, 23, 23)  # already the 24th in UTC

    assert describe_moment(pacific(2026, 11, 24, 13), late, PACIFIC) == "tomorrow by 1 PM"


def test_another_language_has_its_own_days_and_clock() -> None:
    assert describe_moment(pacific(2026, 11, 25, 13), NOW, PACIFIC, "es").startswith("miércoles")
    assert "13:00" in describe_moment(pacific(2026, 11, 25, 13), NOW, PACIFIC, "es")
    assert "13:00" in describe_moment(pacific(2026, 11, 25, 13), NOW, PACIFIC, "en-GB")


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (Promise(working_hours=1), "within 1 working hour"),
        (Promise(working_hours=4), "within 4 working hours"),
        (Promise(working_days=1), "within 1 working day"),
        (Promise(working_days=2), "within 2 working days"),
    ],
)
def test_a_promise_is_said_in_words(promise: Promise, words: str) -> None:
    sample = load_practice(SAMPLE_PRACTICE)
    facts = sample.facts.model_copy(update={"promise": promise})

    assert describe_promise(dataclasses.replace(sample, facts=facts)) == words
