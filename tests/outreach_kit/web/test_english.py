"""English is said without Babel, in Babel's own forms."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest

from outreach_kit.web.fallbacks import load_translations
from outreach_kit.web.language import Words, words_in, words_on_page

BABELS = Words("en", load_translations("en"))
TODAY = dt.date(2026, 11, 22)
OURS = pytest.mark.parametrize("ours", [words_in("en"), words_in("en-US"), words_on_page("en")])


@OURS
def test_every_day_is_called_as_babel_calls_it(ours: Words) -> None:
    days = [TODAY + dt.timedelta(days=number) for number in range(-60, 60)]
    days += [dt.date(2027, month, 1) for month in range(1, 13)]
    days += [dt.date(2028, 2, 29), dt.date(1999, 12, 31), dt.date(2100, 1, 9)]
    for day in days:
        assert ours.day(day) == BABELS.day(day)
        assert ours.day(day, TODAY) == BABELS.day(day, TODAY)
    assert list(map(ours.weekday, range(7))) == list(map(BABELS.weekday, range(7)))


@OURS
def test_every_quarter_of_an_hour_is_said_as_babel_says_it(ours: Words) -> None:
    times = [dt.time(hour, minute) for hour in range(24) for minute in (0, 1, 15, 30, 45, 59)]
    assert list(map(ours.time, times)) == list(map(BABELS.time, times))
    at = dt.datetime(2026, 11, 23, 14, 30, tzinfo=dt.UTC)
    assert ours.moment(at, TODAY) == BABELS.moment(at, TODAY) == "Monday, November 23, 2:30 PM"


@OURS
def test_amounts_and_languages_are_written_as_babel_writes_them(ours: Words) -> None:
    written = ("0", "0.5", "5", "92.50", "150.00", "1000", "1234.5", "12345678.99", "-20", "-0.25")
    amounts = [Decimal(one) for one in (*written, "0.005", "0.015", "2.675", "999.999", "1E+3")]
    assert list(map(ours.money, amounts)) == list(map(BABELS.money, amounts))
    for tag in ("en", "es", "es-MX", "vi", "ar", "tlh", "xx"):
        assert ours.language_name(tag) == BABELS.language_name(tag)


def test_saying_it_loads_no_babel() -> None:
    said = (
        "import datetime as dt, sys; from outreach_kit.web.language import words_on_page\n"
        "words = words_on_page('en')\n"
        "words.day(dt.date(2026, 1, 2)), words.weekday(0), words.time(dt.time(9))\n"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
