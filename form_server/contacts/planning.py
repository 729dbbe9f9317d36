"""What a file of contacts would change, row by row, before anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from form_server.contacts.checking import Checked, check_entry
from form_server.contacts.codes import WORDS_OF_ADDRESSES, draw_code
from form_server.contacts.headings import HEADINGS
from form_server.contacts.reading import Entries, Entry
from form_server.contacts.same import KnownOffices, Mark, person_marks, share_a_word
from form_server.ledger import PersonFacts, SourceCard, SourceFacts, SourcePerson


class Verdict(StrEnum):
    NEW = "new"
    JOINS = "joins"
    SAME = "same"
    SKIPPED = "skipped"
    """A friend in an address book: nobody's office."""
    WRONG = "wrong"


@dataclass(frozen=True)
class PlannedRow:
    """`says` are complaints of a row that is wrong, and else what it changes."""

    number: int
    name: str
    verdict: Verdict
    says: tuple[str, ...] = ()


@dataclass
class Plan:
    """Codes of new offices are drawn here. People are by code and then by a key: the id of somebody
    known, or the number of the row that brings them."""

    rows: list[PlannedRow] = field(default_factory=list)
    new: dict[str, SourceFacts] = field(default_factory=dict)
    changed: dict[str, SourceFacts] = field(default_factory=dict)
    new_people: dict[str, dict[str, PersonFacts]] = field(default_factory=dict)
    changed_people: dict[str, PersonFacts] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def is_ready(self) -> bool:
        """Whether it changes anything and no row is wrong."""
        return self.changes_something and not self.count(Verdict.WRONG)

    @property
    def changes_something(self) -> bool:
        return bool(
            self.new or self.changed or self.new_people or self.changed_people or self.notes
        )


def plan_contacts(
    entries: Entries,
    here: Sequence[SourceCard],
    people: Mapping[str, Sequence[SourcePerson]],
    today: date,
    *,
    codes: Mapping[str, str] = MappingProxyType({}),
    draw: Callable[[set[str]], str] = draw_code,
) -> Plan:
    """`codes` are all that were ever given, each with whose it is now, as the ledger tells them: no new
    office gets one, and an old one of two offices that became one leads to that one."""
    planning = _Planning(here, people, codes, draw)
    planning.plan.left_out = entries.left_out
    for entry in entries.entries:
        planning.plan.rows.append(planning.place(entry, today))
    return planning.plan


class _Planning:
    def __init__(
        self,
        here: Sequence[SourceCard],
        people: Mapping[str, Sequence[SourcePerson]],
        codes: Mapping[str, str],
        draw: Callable[[set[str]], str],
    ) -> None:
        self.plan = Plan()
        self._draw = draw
        self._now = {card.code: card.facts for card in here}
        self._taken = {code.lower() for code in (*self._now, *codes)}
        self._offices = KnownOffices()
        self._people: dict[str, dict[tuple[str, str], str]] = {}
        self._person_now: dict[str, PersonFacts] = {}
        for card in here:
            self._offices.add(card.code, vars(card.facts))
        for old, code in codes.items():
            if code in self._now:
                self._offices.add_code(old, code)
        for card in here:
            for person in people.get(card.code, ()):
                self._person_now[person.id] = person.facts
                self._know_person(card.code, person.id, person.facts)

    def place(self, entry: Entry, today: date) -> PlannedRow:
        if entry.fault:
            return PlannedRow(entry.number, "Not read", Verdict.WRONG, (entry.fault,))
        checked = check_entry(entry.fields, today)
        name = checked.office.get("name", "") or checked.code
        who = checked.person.get("name", "")
        label = ", ".join(part for part in (name, who) if part) or "No name"
        found = self._find(checked)
        if not name or (found is None and "name" not in checked.office):
            return self._nameless(entry, checked, who)
        if not checked.complaints and found is None and self._is_taken(checked.code):
            checked.complaints["code"] = (
                "It names an office that was taken off the list. Bring that one back, "
                "or leave the code empty."
            )
        if found is None and checked.code.lower() in WORDS_OF_ADDRESSES:
            checked.complaints["code"] = "This word is taken by the desk. Choose another code."
        if checked.complaints:
            return PlannedRow(entry.number, label, Verdict.WRONG, _say_complaints(checked))
        if found is None:
            code = self._add_office(checked)
            self._place_person(code, checked, entry.number)
            self._note(code, checked)
            return PlannedRow(entry.number, label, Verdict.NEW, self._first_words(code))
        says = [
            *self._change_office(found, checked),
            *self._place_person(found, checked, entry.number),
        ]
        if not says:
            return PlannedRow(
                entry.number, label, Verdict.SAME, (f"{self._now[found].name} is here as it is",)
            )
        self._note(found, checked)
        return PlannedRow(entry.number, label, Verdict.JOINS, tuple(says))

    def _nameless(self, entry: Entry, checked: Checked, who: str) -> PlannedRow:
        """Who has no office is a private contact, whatever else the row says."""
        if checked.code:
            says = ("Code: Nobody has this code yet, and a new office needs its name.",)
            return PlannedRow(entry.number, checked.code, Verdict.WRONG, says)
        says = ("No office or organization is named, so this contact stays out.",)
        return PlannedRow(entry.number, who or "No name", Verdict.SKIPPED, says)

    def _find(self, checked: Checked) -> str | None:
        """By its code, which may be new; without one by whatever else tells."""
        if checked.code:
            return self._offices.by_code(checked.code)
        return self._offices.find(checked.office)

    def _is_taken(self, code: str) -> bool:
        return code.lower() in self._taken if code else False

    def _add_office(self, checked: Checked) -> str:
        code = checked.code or self._draw(self._taken)
        self._taken.add(code.lower())
        facts = SourceFacts(**checked.office)
        self.plan.new[code] = self._now[code] = facts
        self._offices.add(code, vars(facts))
        return code

    def _first_words(self, code: str) -> tuple[str, ...]:
        return (f"{self._now[code].kind.value.capitalize()}, under the code {code}",)

    def _change_office(self, code: str, checked: Checked) -> list[str]:
        before = self._now[code]
        said = checked.office
        # A name found by its number or mailbox is spelled as it is here; a code says whose it is.
        told = (
            said
            if checked.code
            else {name: value for name, value in said.items() if name != "name"}
        )
        after = replace(before, **told)
        if after == before:
            return []
        self._now[code] = after
        (self.plan.new if code in self.plan.new else self.plan.changed)[code] = after
        self._offices.add(code, vars(after))
        return [f"Joins {before.name}: {_say_change(before, after)}"]

    def _place_person(self, code: str, checked: Checked, number: int) -> list[str]:
        if not checked.person:
            return []
        there = self._people.get(code, {})
        known = next((there[one] for one in self._marks(checked.person, there)), None)
        if known is None:
            key = f"row {number}"
            facts = PersonFacts(**checked.person)
            self.plan.new_people.setdefault(code, {})[key] = facts
            self._person_now[key] = facts
            self._know_person(code, key, facts)
            return [f"Adds {facts.name}"]
        before = self._person_now[known]
        after = replace(before, **checked.person)
        if after == before:
            return []
        self._person_now[known] = after
        if known in self.plan.new_people.get(code, {}):
            self.plan.new_people[code][known] = after
        else:
            self.plan.changed_people[known] = after
        return [f"{before.name}: {_say_change(before, after)}"]

    def _marks(self, said: Mapping[str, Any], there: Mapping[Mark, str]) -> Iterator[Mark]:
        """Those by which somebody is known there; a mailbox alone is not enough."""
        for kind, mark in person_marks(said):
            key = there.get((kind, mark))
            if key and (kind == "name" or share_a_word(said["name"], self._person_now[key].name)):
                yield kind, mark

    def _know_person(self, code: str, key: str, facts: PersonFacts) -> None:
        there = self._people.setdefault(code, {})
        for mark in person_marks(vars(facts)):
            there.setdefault(mark, key)

    def _note(self, code: str, checked: Checked) -> None:
        if checked.note:
            self.plan.notes.append((code, checked.note))


def _say_complaints(checked: Checked) -> tuple[str, ...]:
    return tuple(f"{HEADINGS[name]}: {text}" for name, text in checked.complaints.items())


def _say_change(before: Any, after: Any) -> str:
    """“phone, opening hours”."""
    changed = [
        one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)
    ]
    return ", ".join(HEADINGS.get(name, name).lower() for name in changed)
