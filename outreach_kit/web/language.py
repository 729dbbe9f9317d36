"""Words, dates, times and amounts in a language; the catalogues are gettext's, the forms Babel's."""

from __future__ import annotations

import datetime as dt
import functools
import gettext
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from outreach_kit.web import english
from outreach_kit.web.fallbacks import ENGLISH, has_words, load_for_pages, load_translations, mark

if TYPE_CHECKING:
    from babel import Locale

_SOUNDS_LIKE_Y: Final = re.compile(r"h?i(?![aeo])", re.IGNORECASE)
_SOUNDS_LIKE_O: Final = re.compile(r"h?[oó]", re.IGNORECASE)
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def _locale_of(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # late: 45 ms, and only pages that are stale

    tag = language if "-" in language else f"{language}-US"
    for candidate in (tag, language.split("-")[0], "en-US"):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows English")


@functools.cache
def words_in(language: str) -> Words:
    made = _English if language in english.LANGUAGES else Words
    return made(language, load_translations(language))


@functools.cache
def words_on_page(language: str) -> Words:
    """The same for what `html.render` places: what stays in English is marked."""
    if language in english.LANGUAGES:
        return _English(language, load_for_pages(language))
    made = Words if has_words(language) else _InEnglish
    return made(language, load_for_pages(language))


def direction_of(language: str) -> str:
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


class Words:
    """How one language says things. Amounts are US dollars, times run to twelve."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self.translations = translations
        self.gettext = self.translations.gettext
        self.ngettext = self.translations.ngettext

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @functools.cached_property
    def locale(self) -> Locale:
        """How dates and amounts are written: as in the words around them, English without a catalogue."""
        has_words = isinstance(self.translations, gettext.GNUTranslations)
        return _locale_of(self.language if has_words else ENGLISH)

    @functools.cached_property
    def own_name(self) -> str:
        """What the language calls itself, with a capital letter: “English”, “Español”."""
        locale, main = _locale_of(self.language), self.language.split("-")[0]
        known = locale if locale.language == main else None
        return str(known.languages.get(main, main) if known else self.language).capitalize()

    def day(self, day: dt.date, today: dt.date | None = None) -> str:
        """“November 16”; with its year when that is not `today`'s."""
        from babel.dates import format_date, format_skeleton

        if today is not None and day.year == today.year:
            noon = dt.datetime.combine(day, dt.time(12))
            return format_skeleton("MMMMd", noon, locale=self.locale)
        return format_date(day, "long", locale=self.locale)

    def weekday(self, index: int) -> str:
        """The name of a day, 0 being Monday."""
        return str(self.locale.days["stand-alone"]["wide"][index])

    def time(self, time: dt.time) -> str:
        """“9 AM”, “9:30 AM”."""
        return _say_time(time, self.locale)

    def moment(self, at: dt.datetime, today: dt.date) -> str:
        """“Monday, November 16, 2:30 PM” on the clock of `at`; the year joins when it is another."""
        _ = self.gettext
        return _("{weekday}, {day}, {time}").format(
            weekday=self.weekday(at.weekday()),
            day=self.day(at.date(), today),
            time=self.time(at.time()),
        )

    def zone(self, name: str) -> str:
        """“Mountain Time” for an IANA name, “hora de las Montañas Rocosas” in Spanish."""
        from babel.dates import get_timezone_name

        return get_timezone_name(ZoneInfo(name), zone_variant="generic", locale=self.locale)

    def money(self, amount: Decimal) -> str:
        """“$190”, “$92.50”."""
        from babel.numbers import format_currency

        whole = amount == amount.to_integral_value()
        pattern = "¤#,##0" if whole else "¤#,##0.00"
        return str(
            format_currency(
                amount, "USD", format=pattern, locale=self.locale, currency_digits=False
            )
        )

    def language_name(self, tag: str) -> str:
        """“Spanish” in this language; the tag itself when nobody knows it."""
        return str(self.locale.languages.get(tag.split("-")[0], tag)).capitalize()

    def listing(self, things: Sequence[str]) -> str:
        """“one, two and three”."""
        _ = self.gettext
        if len(things) < 2:
            return "".join(things)
        said = _("{first} and {last}")
        if self.language.split("-")[0] == "es" and _SOUNDS_LIKE_Y.match(things[-1]):
            said = said.replace(" y ", " e ")
        return said.format(first=", ".join(things[:-1]), last=things[-1])

    def either(self, things: Sequence[str]) -> str:
        """“one, two or three”."""
        if len(things) < 2:
            return "".join(things)
        said = self.gettext("{first} or {last}")
        if self.language.split("-")[0] == "es" and _SOUNDS_LIKE_O.match(things[-1]):
            said = said.replace(" o ", " u ")
        return said.format(first=", ".join(things[:-1]), last=things[-1])


class _English(Words):
    """The same words as Babel's, without loading it."""

    def day(self, day: dt.date, today: dt.date | None = None) -> str:
        return english.say_day(day, today)

    def weekday(self, index: int) -> str:
        return english.say_weekday(index)

    def time(self, time: dt.time) -> str:
        return english.say_time(time)

    def money(self, amount: Decimal) -> str:
        return english.say_money(amount)

    def language_name(self, tag: str) -> str:
        return english.NAMES.get(tag) or super().language_name(tag)


class _InEnglish(Words):
    """Of a language that the program does not speak: days and amounts are English too, and say so."""

    def day(self, day: dt.date, today: dt.date | None = None) -> str:
        return mark(super().day(day, today))

    def weekday(self, index: int) -> str:
        return mark(super().weekday(index))

    def time(self, time: dt.time) -> str:
        return mark(super().time(time))

    def zone(self, name: str) -> str:
        return mark(super().zone(name))

    def money(self, amount: Decimal) -> str:
        return mark(super().money(amount))

    def language_name(self, tag: str) -> str:
        return mark(super().language_name(tag))


@functools.lru_cache(maxsize=256)
def _say_time(time: dt.time, locale: Locale) -> str:
    """Every page says the same few hours at its foot."""
    from babel.dates import format_skeleton

    moment = dt.datetime.combine(dt.date(2000, 1, 3), time)
    text = format_skeleton("hm" if time.minute else "h", moment, locale=locale)
    return text.replace("\u202f", " ")  # a plain blank can be pasted into any chart
