"""What a person types about openings, read with care: a refusal says which field and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from form_server.ledger import NewOpening
from outreach_kit.errors import HandoffError
from outreach_kit.practice import Practice

_MOST: Final = 99
_SITE_LETTERS: Final = 60
_AHEAD: Final = dt.timedelta(days=366)


class TypedRefused(HandoffError):
    """A field that cannot be kept as it was typed."""


def read_opening(form: Mapping[str, str], practice: Practice, today: dt.date) -> NewOpening:
    """Raises TypedRefused."""
    clinician = form.get("clinician", "")
    if practice.clinician(clinician) is None:
        raise TypedRefused("Pick the clinician whose openings these are.")
    plan = form.get("plan", "")
    if plan and plan not in practice.insurance.plans:
        raise TypedRefused("Pick a plan from the list, or leave it at any plan.")
    language = form.get("language", "")
    if language and not any(language in one.facts.languages for one in practice.clinicians):
        raise TypedRefused("Pick a language from the list, or leave it at any language.")
    site = " ".join(form.get("site", "").split())
    if len(site) > _SITE_LETTERS:
        raise TypedRefused(f"A site has at most {_SITE_LETTERS} letters: shorten its name.")
    return NewOpening(
        clinician=clinician,
        site=site,
        plan=plan,
        language=language,
        count=read_count(form.get("count", "")),
        first_available_on=read_day(form.get("first_on", ""), today),
        as_of_on=today,
    )


def read_count(typed: str) -> int:
    """Raises TypedRefused."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise TypedRefused(f"Openings are a number from 0 to {_MOST}.")
    return int(text)


def read_day(typed: str, today: dt.date) -> dt.date | None:
    """None for nothing; raises TypedRefused for what is no day, or not within a year."""
    if not typed.strip():
        return None
    try:
        day = dt.date.fromisoformat(typed.strip())
    except ValueError as error:
        raise TypedRefused("The first free day is a date, like 2026-11-30.") from error
    if not today <= day <= today + _AHEAD:
        raise TypedRefused("The first free day lies between today and a year from now.")
    return day
