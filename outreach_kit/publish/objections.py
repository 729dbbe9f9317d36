"""What the practice's own file cannot know to be wrong, and the rooms that use it do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from outreach_kit.brand import accent_complaint
from outreach_kit.errors import Problem
from outreach_kit.practice import Practice
from outreach_kit.practice.advice import Advice
from outreach_kit.practice.lines import Key, find_key_lines, line_of
from outreach_kit.publish.rules import ACCENT, HOLIDAYS, WORDLESS
from outreach_kit.web.fallbacks import count_messages, has_words

_US_PLACES: Final = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN "
    "MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY"
)


def find_objections(practice: Practice, today: dt.date) -> Iterator[Problem]:
    """An accent that cannot be read in print, and holidays of a place that nobody has a list for."""
    if complaint := accent_complaint(practice.brand):
        yield ACCENT.name_in(_problem(practice, ("brand", "accent"), *complaint))
    place = practice.hours.holidays
    country, _, region = place.partition("-")
    if country == "US" and (not region or region in _US_PLACES.split()):
        return  # known without loading the world's calendars, which takes 0.2 s
    from outreach_kit.promise import UnknownHolidays, holidays_in

    try:
        holidays_in(place, today.year)
    except UnknownHolidays:
        yield HOLIDAYS.name_in(
            _problem(
                practice, ("hours", "holidays"), f"The holidays of “{place}” are not known.",
                "Write a country (“US”), a country and state (“US-WA”), or “none” with closed_on days.",
            )
        )  # fmt: skip


def find_wordless(practice: Practice) -> Iterator[Advice]:
    """Each language in which pages and sheets have the owner's words, and none of the program's."""
    for place, language in enumerate(practice.languages):
        if not has_words(language):
            yield WORDLESS.advice(
                _problem(
                    practice, ("practice", "languages", place),
                    f"The program does not speak “{language}”: its {count_messages():,} sentences stand "
                    "in English there; pages mark them as English.",
                    "Keep it if your own texts in it help somebody, or name only “en” and “es”.",
                )
            )  # fmt: skip


def _problem(practice: Practice, path: Key, what: str, todo: str) -> Problem:
    text = (practice.folder / "practice.toml").read_text(encoding="utf-8-sig")
    return Problem(
        "practice.toml", line_of(find_key_lines(text), path), ".".join(map(str, path)), what, todo
    )
