"""The address book as a table that this software takes in again: a row for each person, or office alone.

Notes are sealed and stay out; nothing in it counts a referral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from form_server.contacts.headings import HEADINGS
from form_server.ledger import PersonFacts, SourceCard, SourceFacts, SourcePerson
from form_server.tabular import Cell

_OF_PERSON = {
    "person": "name", "role": "role", "title": "title", "person_phone": "phone", "person_email": "email",
    "likes": "likes", "reached": "reached", "person_agreed_on": "agreed_on",
}  # fmt: skip


def table_of(
    cards: Sequence[SourceCard], people: Mapping[str, Sequence[SourcePerson]]
) -> list[list[Cell]]:
    """With its heading; write it with `write_csv`, which lets no cell be a formula."""
    rows: list[list[Cell]] = [list(HEADINGS.values())]
    for card in cards:
        there = [one.facts for one in people.get(card.code, ())]
        rows += [_row(card, person) for person in there or (None,)]
    return rows


def _row(card: SourceCard, person: PersonFacts | None) -> list[Cell]:
    return [_cell(name, card.code, card.facts, person) for name in HEADINGS]


def _cell(name: str, code: str, facts: SourceFacts, person: PersonFacts | None) -> Cell:
    if name == "code":
        return code
    if name == "notes":
        return None
    if name in _OF_PERSON:
        return None if person is None else _spell(getattr(person, _OF_PERSON[name]))
    return _spell(getattr(facts, "name" if name == "office" else name))


def _spell(value: object) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "\n".join(value)
        case date():
            return value.isoformat()
        case int() | float():
            return value
        case _:
            return str(value)
