"""The practice's facts in as few words as paper has room for: “Mon–Thu 9 am–6 pm”, “18 to 65”."""

from __future__ import annotations

import datetime as dt
import gettext
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from outreach_kit.places import LOCALES
from outreach_kit.practice.clinician import Ages
from outreach_kit.practice.facts import Promise
from outreach_kit.practice.hours import Week

if TYPE_CHECKING:
    from babel import Locale

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
LONGEST_WORD: Final = 22
"""A word of more letters may be broken anywhere, because a column may be narrower than it."""
BREAK_HERE: Final = "\u200b"
_Spans = tuple[tuple[dt.time, dt.time], ...]


def speaks(language: str) -> bool:
    """Whether the sheets' own words have been put into that language."""
    return gettext.find("messages", LOCALES, [language.replace("-", "_")]) is not None


@cache
def wording_in(language: str) -> Wording:
    return Wording(language)


class Wording:
    """How one language says what stands on a sheet. Amounts are US dollars, times run to twelve."""

    def __init__(self, language: str) -> None:
        self.language = language
        translations = gettext.translation(
            "messages", LOCALES, languages=[language.replace("-", "_")], fallback=True
        )
        self.gettext = translations.gettext
        self.ngettext = translations.ngettext

    @property
    def direction(self) -> str:
        return "rtl" if self.language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"

    @cached_property
    def locale(self) -> Locale:
        from babel import Locale, UnknownLocaleError  # late: 45 ms, only when something is printed

        tag = self.language if "-" in self.language else f"{self.language}-US"
        for candidate in (tag, self.language.split("-")[0], "en-US"):
            try:
                return Locale.parse(candidate, sep="-")
            except (UnknownLocaleError, ValueError):
                continue
        raise AssertionError("Babel knows English")

    @property
    def own_name(self) -> str:
        """“Español”: what the language calls itself."""
        return (
            str(self.locale.get_display_name(self.locale) or self.language)
            .partition(" (")[0]
            .capitalize()
        )

    def money(self, amount: Decimal) -> str:
        """“$190”, “$92.50”."""
        from babel.numbers import format_currency

        pattern = "¤#,##0" if amount == amount.to_integral_value() else "¤#,##0.00"
        return str(
            format_currency(
                amount, "USD", format=pattern, locale=self.locale, currency_digits=False
            )
        )

    def month(self, day: dt.date) -> str:
        """“November 2026”: as exactly as a sheet in a drawer needs to be dated."""
        from babel.dates import format_skeleton

        noon = dt.datetime.combine(day, dt.time(12))
        return str(format_skeleton("yMMMM", noon, locale=self.locale))

    def day(self, day: dt.date) -> str:
        """“November 16, 2026”."""
        from babel.dates import format_date

        return str(format_date(day, "long", locale=self.locale))

    def month_day(self, day: dt.date) -> str:
        """“November 16”, on a sheet that is thrown away before the year is in doubt."""
        from babel.dates import format_skeleton

        noon = dt.datetime.combine(day, dt.time(12))
        return str(format_skeleton("MMMMd", noon, locale=self.locale))

    def near_day(self, day: dt.date) -> str:
        """“Thu, December 3”, where somebody is to come."""
        return f"{self.weekday(day.weekday())}, {self.month_day(day)}"

    def time(self, time: dt.time) -> str:
        """“9 am”, “9:30 am”, held together."""
        from babel.dates import format_skeleton

        moment = dt.datetime.combine(dt.date(2000, 1, 3), time)
        text = str(format_skeleton("hm" if time.minute else "h", moment, locale=self.locale))
        if self.language.split("-")[0] == "en":
            text = text.replace("AM", "am").replace("PM", "pm")
        return re.sub(r"\s", "\u00a0", text)

    def weekday(self, index: int) -> str:
        """“Mon”; 0 is Monday."""
        return str(self.locale.days["stand-alone"]["abbreviated"][index])

    def hours(self, hours: Week) -> tuple[str, ...]:
        """“Mon–Thu 9 am–6 pm”, one line for each run of days with the same hours."""
        lines: list[str] = []
        for first, last, spans in _runs(hours.week):
            days = self.weekday(first) if first == last else (
                f"{self.weekday(first)}–{self.weekday(last)}"
            )  # fmt: skip
            times = ", ".join(f"{self.time(opens)}–{self.time(closes)}" for opens, closes in spans)
            lines.append(f"{days} {times}")
        return tuple(lines)

    def ages(self, ages: Ages) -> str:
        """“18 to 65”."""
        _ = self.gettext
        if ages.oldest is None:
            return _("{youngest} and older").format(youngest=ages.youngest)
        return _("{youngest} to {oldest}").format(youngest=ages.youngest, oldest=ages.oldest)

    def languages(self, tags: Sequence[str]) -> str:
        """“English, Spanish”; the first begins a line, also where they are written small."""
        known = self.locale.languages
        said = ", ".join(str(known.get(tag.split("-")[0], tag)) for tag in tags)
        return said[:1].upper() + said[1:] if tags and tags[0].split("-")[0] in known else said

    def either(self, choices: Sequence[str]) -> str:
        """“15 or 45”."""
        from babel.lists import format_list

        return str(format_list(choices, style="or", locale=self.locale))

    def call_within(self, promise: Promise) -> str:
        """“Within 4 working hours”."""
        ngettext = self.ngettext
        if promise.working_hours is not None:
            return ngettext(
                "Within {count} working hour", "Within {count} working hours", promise.working_hours
            ).format(count=promise.working_hours)
        days = promise.working_days or 1
        return ngettext("Within {count} working day", "Within {count} working days", days).format(
            count=days
        )

    def seen_within(self, promise: Promise) -> str:
        """“Within about 10 days”, or nothing when no such promise is made."""
        days = promise.seen_within_days
        if days is None:
            return ""
        return self.ngettext("Within about {count} day", "Within about {count} days", days).format(
            count=days
        )


def breakable(text: str) -> str:
    """The text with leave to break inside words that no column could hold."""
    return re.sub(
        rf"[^\s\u200b-]{{{LONGEST_WORD + 1},}}",
        lambda word: BREAK_HERE.join(_pieces(word[0])),
        text,
    )


def breakable_address(url: str) -> str:
    """A web address as people read it: without its scheme, to be broken after a slash or before a dot.

    Also after a hyphen, where Spanish and other languages would else print it once more.
    """
    bare = re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")
    return re.sub(r"(?<=[/?&-])|(?=[.=])", BREAK_HERE, bare)


def _pieces(word: str) -> list[str]:
    """The word in halves of about eight letters, so that no line ends in a lone one."""
    count = -(-len(word) // 8)
    size = -(-len(word) // count)
    return [word[start : start + size] for start in range(0, len(word), size)]


def _runs(week: Sequence[_Spans]) -> list[tuple[int, int, _Spans]]:
    """First day, last day and spans of each run of days with the same hours; closed days are left out."""
    runs: list[tuple[int, int, _Spans]] = []
    for index, spans in enumerate(week):
        if runs and runs[-1][1] == index - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], index, spans)
        elif spans:
            runs.append((index, index, spans))
    return runs
