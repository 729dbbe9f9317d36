"""A year of visits: the right days, the days off, four rounds, and what a gift may never be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from outreach_kit.paper import Paper, Press, SheetJob, find_sheet
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.paper.views.visits.day_names import say_names
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading, strokes
from tests.outreach_kit.paper.conftest import TIMESTAMP, TODAY, Print

NAME = "year-calendar"


@pytest.fixture(scope="module")
def printed(sample: Practice, prints: Print) -> bytes:
    return prints(sample, NAME).bytes


def view(practice: Practice, today: dt.date = TODAY, language: str = "en") -> dict[str, Any]:
    job = SheetJob(find_sheet(NAME), None, Paper.LETTER)
    return dict(view_sheet(Commission(job, practice, today, language, None, None)).data)


def months(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [month for one in data["rounds"] for month in one["months"]]


def test_it_runs_for_twelve_months_from_the_one_in_which_it_is_made(sample: Practice) -> None:
    data = view(sample)
    assert data["after"] == "November 2026 to October 2027"
    assert [month["name"] for month in months(data)][:3] == [
        "November 2026", "December 2026", "January 2027",
    ]  # fmt: skip
    assert [one["number"] for one in data["rounds"]] == [1, 2, 3, 4]
    assert view(sample, dt.date(2027, 1, 1))["after"] == "January 2027 to December 2027"


def test_each_day_stands_under_its_weekday(sample: Practice) -> None:
    data = view(sample)
    assert data["weekdays"] == ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]
    for shown, (year, number) in zip(
        months(data), [(2026, 11), (2026, 12), *((2027, n) for n in range(1, 11))], strict=True
    ):
        days = {
            day["day"]: column
            for week in shown["weeks"]
            for column, day in enumerate(week)
            if day is not None
        }
        last = (dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)).day
        assert sorted(days) == list(range(1, last + 1))
        for day, column in days.items():
            assert column == dt.date(year, number, day).isoweekday() % 7


def test_days_off_are_marked_and_named(tmp_path: Path) -> None:
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", 'holidays = "US-WA"', 'holidays = "US-WA"\nclosed_on = [2027-08-13]'),
    )
    shown = {month["name"]: month for month in months(view(practice))}
    assert "26\u00a0Thanksgiving Day" in shown["November 2026"]["off"]
    assert shown["July 2027"]["off"] == ["4, 5\u00a0Independence Day"]
    assert shown["August 2027"]["off"] == ["13\u00a0Closed"]
    marked = [
        day["day"] for week in shown["July 2027"]["weeks"] for day in week if day and day["off"]
    ]
    assert marked == [4, 5]


def test_a_day_has_the_name_that_people_use_in_their_language(sample: Practice) -> None:
    assert months(view(sample, language="es"))[0]["off"][1] == "26\u00a0Día de Acción de Gracias"
    assert months(view(sample))[7]["off"] == ["18, 19\u00a0Juneteenth"]
    assert say_names("New Year's Day (observed); New Year's Eve", "en") == [
        "New Year’s Day", "New Year’s Eve",
    ]  # fmt: skip
    assert say_names("Seward's Day", "es") == ["Seward’s Day"]


def test_cookies_come_on_the_fourth_of_july_and_not_in_december(sample: Practice) -> None:
    july = [one for one in view(sample)["rounds"] if "July 4" in " ".join(one["ticks"])]
    december = [one for one in view(sample)["rounds"] if one["note"]]
    assert [one["number"] for one in july] == [3]
    assert [one["number"] for one in december] == [1]
    assert "no cookies" in december[0]["note"]


def test_elsewhere_there_is_neither_that_day_nor_that_law(tmp_path: Path) -> None:
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", 'postal_code = "98999"', 'postal_code = "98999"\ncountry = "IE"'),
        ("practice.toml", 'holidays = "US-WA"', 'holidays = "none"'),
    )
    data = view(practice)
    assert not any("July" in tick for one in data["rounds"] for tick in one["ticks"])
    assert "$" not in " ".join(data["caution"])
    assert not any(month["off"] for month in months(data))


def test_it_warns_of_gifts_and_shows_the_limit_as_a_caution(printed: bytes) -> None:
    text = reading.text_of(printed)
    for words in (
        "Never gift cards or money.", "Never more for those who send more",
        "never in return for a referral", "Caution: all gifts to one physician stay under $535 in 2026",
    ):  # fmt: skip
        assert words in text


def test_every_office_has_a_line_and_a_box_for_each_round_and_for_cookies(printed: bytes) -> None:
    boxes = strokes.boxes_to_tick(printed)
    offices = [one for one in strokes.rules(printed) if 40 < one.width < 60]
    assert len(offices) >= 10
    assert len([box for box in boxes if box.bottom < max(one.top for one in offices) + 5]) == (
        5 * len(offices)
    )


def test_each_month_is_a_table_with_its_weekdays_as_header(printed: bytes) -> None:
    tags = reading.tags(printed)
    assert tags.count("Table") == 12
    assert tags.count("TH") == 12 * 7


def test_more_days_off_than_there_is_room_for_are_marked_and_not_named(
    tmp_path: Path, press: Press
) -> None:
    closed = ", ".join(str(dt.date(2027, 1, 1) + dt.timedelta(days=n)) for n in range(300))
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", 'holidays = "US-WA"', f'holidays = "US-WA"\nclosed_on = [{closed}]'),
    )
    sheet = press.pdf(
        SheetJob(find_sheet(NAME), None, Paper.LETTER),
        practice,
        today=TODAY,
        timestamp=TIMESTAMP,
        form_url=None,
        site_url=None,
    )
    assert sheet.pages == 1
    text = reading.text_of(sheet.bytes)
    assert "Closed" not in text
    assert "31" in text
    assert len([one for one in strokes.rules(sheet.bytes) if 40 < one.width < 60]) >= 8


def test_a_week_begins_where_the_language_begins_it(sample: Practice) -> None:
    assert view(sample, language="de-DE")["weekdays"][0] == "Mo."
