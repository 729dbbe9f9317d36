"""Promises and deadlines as a person says them: “within 4 working hours”, “today by 3:20 PM”."""

from __future__ import annotations

import datetime as dt
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from outreach_kit.practice.facts import Promise
from outreach_kit.practice.model import Practice

_WEEK = dt.timedelta(days=7)
_ENGLISH = NullTranslations()


def describe_promise(practice: Practice, translations: NullTranslations = _ENGLISH) -> str:
    """How soon a patient is called, ready to follow “We call …”."""
    return _describe(practice.promise, translations)


def describe_moment(
    moment: dt.datetime,
    now: dt.datetime,
    zone: ZoneInfo,
    language: str = "en",
    translations: NullTranslations = _ENGLISH,
) -> str:
    """A deadline as the practice's clock shows it, cut down to the minute and never rounded up.

    Today and tomorrow by name, the next six days by weekday, anything else by its whole date.
    """
    from babel.dates import format_date, format_time  # late: 30 ms, only where a deadline is shown

    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    english = language.split("-")[0] == "en"
    locale = language.replace("-", "_")
    on_the_hour = english and local.minute == 0 and "a" in _time_pattern(locale)
    time = format_time(local, "h a" if on_the_hour else "short", locale=locale)
    # Locale data parts “3:20” and “PM” by a narrow no-break space that mail and print fonts may lack.
    said = {"time": time.replace("\u202f", " ")}
    days_ahead = local.date() - today
    if not days_ahead:
        return translations.gettext("today by %(time)s") % said
    if days_ahead == dt.timedelta(days=1):
        return translations.gettext("tomorrow by %(time)s") % said
    shape = "EEEE" if dt.timedelta() < days_ahead < _WEEK else "full"
    said["day"] = format_date(local.date(), shape, locale=locale)
    return translations.gettext("%(day)s by %(time)s") % said


def _time_pattern(locale: str) -> str:
    from babel.dates import get_time_format

    return str(get_time_format("short", locale=locale))


def _describe(promise: Promise, translations: NullTranslations) -> str:
    if promise.working_hours is not None:
        return translations.ngettext(
            "within %(count)d working hour", "within %(count)d working hours", promise.working_hours
        ) % {"count": promise.working_hours}
    days = promise.working_days or 1
    return translations.ngettext(
        "within %(count)d working day", "within %(count)d working days", days
    ) % {"count": days}
