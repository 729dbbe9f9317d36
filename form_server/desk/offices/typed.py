"""What stands in the forms for an office and for somebody there, by the names of a table's columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from form_server.ledger import PersonFacts, SourceFacts

_TICKS: Final = ("rests", "takes_gifts", "public_poster")
OFFICE_FIELDS: Final = (
    "office", "kind", "address", "town", "region", "postal_code", "latitude", "longitude", "phone",
    "fax", "email", "website", "hours", "audience", "tier", "every_days", "agreed_on", *_TICKS,
)  # fmt: skip
PERSON_LABELS: Final = {
    "person": "Name", "role": "Role", "title": "In their own words", "person_phone": "Phone",
    "person_email": "E-mail", "likes": "Likes to be reached", "reached": "How in a few words",
    "person_agreed_on": "Agreed to the newsletter on",
}  # fmt: skip
"""By field, as its form calls it."""


def typed_office(form: Mapping[str, str]) -> dict[str, str]:
    """A box that is not ticked says no: a browser leaves it out."""
    typed = {name: form.get(name, "") for name in OFFICE_FIELDS}
    return {**typed, **{name: "yes" if typed[name] else "no" for name in _TICKS}}


def typed_person(form: Mapping[str, str]) -> dict[str, str]:
    return {name: form.get(name, "") for name in PERSON_LABELS}


def spell_office(facts: SourceFacts) -> dict[str, str]:
    """As somebody would have typed it."""
    return {name: _spell(getattr(facts, _FACTS.get(name, name))) for name in OFFICE_FIELDS}


def spell_person(facts: PersonFacts) -> dict[str, str]:
    return {name: _spell(getattr(facts, _PERSONS.get(name, name))) for name in PERSON_LABELS}


_FACTS: Final = {"office": "name"}
_PERSONS: Final = {
    "person": "name", "person_phone": "phone", "person_email": "email",
    "person_agreed_on": "agreed_on",
}  # fmt: skip


def _spell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "\n".join(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
