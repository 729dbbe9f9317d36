from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from form_server.desk.referral import times
from form_server.desk.referral.times import (
    by_day,
    say_clock,
    say_date,
    say_deadline,
    say_moment,
    say_period,
    say_span,
    say_stamp,
)

PACIFIC = ZoneInfo("America/Los_Angeles")
NOON = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)  # a Monday
SPANS = [
    (timedelta(seconds=-5), "a moment"),
    (timedelta(seconds=59), "a moment"),
    (timedelta(minutes=1), "1 minute"),
    (timedelta(minutes=18, seconds=59), "18 minutes"),
    (timedelta(hours=1), "1 hour"),
    (timedelta(hours=2, minutes=10), "2 hours 10 min"),
    (timedelta(hours=23, minutes=59), "23 hours 59 min"),
    (timedelta(days=1, minutes=59), "1 day"),
    (timedelta(days=3, hours=4), "3 days 4 hours"),
    (timedelta(days=6, hours=1), "6 days 1 hour"),
    (timedelta(days=12, hours=5), "12 days"),
]


@pytest.mark.parametrize(("span", "words"), SPANS)
def test_a_span_is_said_as_people_say_it(span: timedelta, words: str) -> None:
    assert say_span(span).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("hour_utc", "minute", "words"),
    [(8, 0, "12 AM"), (17, 0, "9 AM"), (20, 0, "12 PM"), (23, 20, "3:20 PM"), (20, 5, "12:05 PM")],
)
def test_the_time_is_the_practices_own(hour_utc: int, minute: int, words: str) -> None:
    at = datetime(2026, 11, 16, hour_utc, minute, tzinfo=UTC)

    assert say_clock(at, PACIFIC).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today, 12 PM"), (1, "tomorrow, 12 PM"), (-1, "yesterday, 12 PM"),
        (2, "Wed, Nov 18, 12 PM"), (-6, "Tue, Nov 10, 12 PM"), (7, "Mon, Nov 23, 12 PM"),
        (-7, "Mon, Nov 9, 12 PM"), (50, "Tue, Jan 5, 2027, 12 PM"),
    ],
)  # fmt: skip
def test_a_day_is_named_as_near_as_it_is(days: int, words: str) -> None:
    at = NOON + timedelta(days=days)

    assert say_moment(at, NOON, PACIFIC).replace("\u00a0", " ") == words


def test_on_paper_a_moment_carries_its_year() -> None:
    assert say_date(NOON.date()).replace("\u00a0", " ") == "Mon, Nov 16, 2026"
    assert say_stamp(NOON, PACIFIC).replace("\u00a0", " ") == "Mon, Nov 16, 2026, 12 PM"


@pytest.mark.parametrize(
    ("said", "words"),
    [("today", "today"), ("yesterday", "yesterday"), ("tomorrow", "by tomorrow"),
     ("Tue, Nov 24", "by Tue, Nov 24")],
)  # fmt: skip
def test_nothing_is_due_by_yesterday(said: str, words: str) -> None:
    assert by_day(said) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (45, "45 days"), (90, "90 days"), (548, "18 months"), (365, "1 year"),
     (2557, "7 years"), (1000, "1000 days")],
)  # fmt: skip
def test_a_retention_time_is_said_as_it_was_set(days: int, words: str) -> None:
    assert say_period(days).replace("\u00a0", " ") == words


def test_late_at_night_today_is_the_practices_today() -> None:
    late = datetime(2026, 11, 17, 7, 30, tzinfo=UTC)  # half past eleven on Monday, there

    assert say_deadline(late, NOON, PACIFIC).replace("\u00a0", " ") == "by 11:30 PM"
    morning = say_deadline(late + timedelta(hours=10), NOON, PACIFIC)
    assert morning.replace("\u00a0", " ") == "by tomorrow, 9:30 AM"


def test_no_page_words_a_day_by_itself() -> None:
    """One rule for all: days are said by this module, and formatted elsewhere for machines only."""
    files = sorted(Path(times.__file__).parent.parent.rglob("*.py"))
    assert len(files) > 100
    own_words = re.compile(r":[^}\"']*%[AaBb]")
    assert [one.name for one in files if own_words.search(one.read_text("utf-8"))] == []
