"""The practice's own words for what a form names by a code: its clinicians, reasons and sources.

A form of yesterday may hold a code that nobody knows today. It is shown as it came, in a way that
can be read, and with a word that says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from form_server.ledger import Ledger
from outreach_kit.practice import Practice


def say_clinician(slug: str, practice: Practice) -> str:
    """“Ana Ruiz”, and “Sam Rivera (not listed now)” for who left; empty for nobody."""
    found = practice.clinician(slug)
    if found is not None or not slug:
        return found.name if found else ""
    return f"{name_of_slug(slug)} (not listed now)"


def say_reasons(reasons: Iterable[str], practice: Practice) -> tuple[str, ...]:
    """In the words of the practice's lists, where a form sent only their codes."""
    labels = {one.slug: one.label for one in practice.reasons}
    return tuple(labels.get(one, one) for one in reasons)


def say_source(code: str, ledger: Ledger) -> str:
    """“Alder Family Medicine”, and the code itself where it was given to nobody."""
    if not code:
        return ""
    found = ledger.sources.get(code)
    return found.name if found else f"A code that you gave to nobody: {code}"


def name_of_slug(slug: str) -> str:
    """“Sam Rivera” for `sam-rivera`: all that is left of who is on no list any more."""
    return " ".join(part.capitalize() for part in slug.split("-"))
