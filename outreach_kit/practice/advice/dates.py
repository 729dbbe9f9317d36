"""What time has overtaken: counts of openings, days off, news, and what was announced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import (
    PRACTICE_FILE,
    Look,
    clinician_file,
)
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.clinician import OPENINGS_FRESH_DAYS

NEWS_DAYS: Final = 365


def _stale_openings(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        openings = clinician.facts.openings
        if openings and not openings.fresh(look.today):
            age = (look.today - openings.on).days
            what = (
                f"The openings were counted {age} days ago and are no longer shown."
                if age > 0
                else "The openings are dated in the future and are not shown."
            )
            yield look.at_key(
                clinician_file(clinician), ("openings", "on"), what,
                f"Count again and date it; a count is shown for {OPENINGS_FRESH_DAYS} days.",
            )  # fmt: skip


def _past_first_day(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        openings = clinician.facts.openings
        first = openings.first_available_on if openings else None
        if openings and first and first < look.today and openings.fresh(look.today):
            yield look.at_key(
                clinician_file(clinician), ("openings", "first_available_on"),
                f"The first available day, {first}, is over.", "Name the next one, or delete it.",
            )  # fmt: skip


def _days_off(look: Look) -> Iterator[Problem]:
    days = look.practice.hours.closed_on
    if days and max(days) < look.today:
        yield look.at_key(
            PRACTICE_FILE, ("hours", "closed_on"), f"All days off are over; the last was {max(days)}.",
            "Name the next ones, so that nobody is promised a call on them, or delete the line.",
        )  # fmt: skip


def _old_news(look: Look) -> Iterator[Problem]:
    newest = max(look.practice.notes, key=lambda one: one.on, default=None)
    if newest and (age := (look.today - newest.on).days) > NEWS_DAYS:
        yield Problem(
            newest.body.file, 1, "", f"The newest note is {age // 30} months old.",
            "Write a short one; the newsletter and the feed begin with it.",
        )  # fmt: skip


def _early_notes(look: Look) -> Iterator[Problem]:
    for note in look.practice.notes:
        if note.on > look.today:
            yield Problem(
                note.body.file, 1, "date", f"The note is dated {note.on}, and can be read today.",
                "Put a _ before its name until that day, or date it today.",
            )  # fmt: skip


CHECKS: Final = (
    Check(
        Rule(
            "openings-stale",
            f"openings were counted more than {OPENINGS_FRESH_DAYS} days ago, or are dated in the future",
            "An office that sends somebody to a full practice does not send the next one.",
        ),
        _stale_openings,
    ),
    Check(
        Rule(
            "first-day-past",
            "the first available day is over while the openings still count as fresh",
            "A date that has passed makes everything beside it doubtful.",
        ),
        _past_first_day,
    ),
    Check(
        Rule(
            "days-off-past",
            "all days in closed_on are over",
            "A promise that falls on a day off is broken.",
        ),
        _days_off,
    ),
    Check(
        Rule(
            "news-old",
            "the newest note is more than a year old",
            "News from long ago looks like a practice that has closed.",
        ),
        _old_news,
    ),
    Check(
        Rule(
            "note-early",
            "a note is dated in the future, while the website shows it already",
            "Whoever reads of a day that is not yet wonders what else is not so.",
        ),
        _early_notes,
    ),
)
