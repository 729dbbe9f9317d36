"""Days, times and amounts in English, as Babel says them.

Most practices speak English, and most builds say nothing but these: to load Babel and all that it knows of
English for the names of seven days takes as long as to render ten pages. A test holds each form to Babel's.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

LANGUAGES: Final = frozenset({"en", "en-US"})
NAMES: Final = {"en": "English", "es": "Spanish"}
"""What English calls the languages of most practices; Babel knows the others."""
_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def say_day(day: dt.date, today: dt.date | None) -> str:
    said = f"{_MONTHS[day.month - 1]} {day.day}"
    return said if today is not None and day.year == today.year else f"{said}, {day.year}"


def say_weekday(index: int) -> str:
    return _WEEKDAYS[index]


def say_time(time: dt.time) -> str:
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes} {'AM' if time.hour < 12 else 'PM'}"


def say_money(amount: Decimal) -> str:
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{'-' if amount < 0 else ''}${abs(amount):,.{places}f}"
