"""Who refers, as a book of addresses: offices and others, and the people to ask for there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.book_intake import SourceIntake, require_seen, state_of
from form_server.ledger.book_merging import SamePeople, move_all, move_deeds
from form_server.ledger.engine import Store
from form_server.ledger.errors import ChangedMeanwhile, CodeTaken, NotFound
from form_server.ledger.ids import new_id
from form_server.ledger.moments import to_micros
from form_server.ledger.source_columns import (
    person_values,
    source_values,
    to_card,
    to_person,
)
from form_server.ledger.source_reading import card_of, person_of
from form_server.ledger.source_rows import PersonFacts, SourceCard, SourceFacts, SourcePerson
from form_server.ledger.tables import PRESENT, source, source_person
from form_server.ledger.visits import insert_visits

_NOBODY: SamePeople = MappingProxyType({})


class AddressBook:
    """Each change is one commit, with its audit rows; `actor` is who made it. Raises NotFound."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def all(self, *, removed: bool = False) -> list[SourceCard]:
        """Those on the list, by name; or those who were taken off it."""
        which = sa.and_(source.c.merged_into.is_(None), source.c.removed_at.is_(None) != removed)
        query = sa.select(source).where(which)
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(sa.func.lower(source.c.name), source.c.code))
            return [to_card(row) for row in rows.all()]

    def codes(self) -> dict[str, str]:
        """Every code that was ever given, and whose it is now: its own source's, or of the one that
        this source became one with."""
        query = sa.select(source.c.code, source.c.merged_into)
        with self._store.read() as connection:
            return {code: kept or code for code, kept in connection.execute(query)}

    def state(self) -> str:
        """Another one after every change: for `SourceIntake.seen`, read before all that is planned by."""
        with self._store.read() as connection:
            return state_of(connection)

    def get(self, code: str) -> SourceCard:
        """Also one that was taken off the list; its code in any case."""
        with self._store.read() as connection:
            return card_of(connection, code)

    def some(self, codes: Sequence[str]) -> dict[str, SourceCard]:
        """Several at once, by their codes, those too who were taken off the list; a code that is not
        known, or leads to another's, is left out."""
        query = sa.select(source).where(source.c.code.in_(codes), source.c.merged_into.is_(None))
        with self._store.read() as connection:
            return {row.code: to_card(row) for row in connection.execute(query).all()}

    def people(self, codes: Sequence[str] | None = None) -> dict[str, list[SourcePerson]]:
        """By source, by name; of these sources, or of all. Whoever is gone is left out."""
        query = sa.select(source_person).where(PRESENT)
        if codes is not None:
            query = query.where(source_person.c.source_code.in_(codes))
        found: dict[str, list[SourcePerson]] = {}
        with self._store.read() as connection:
            for row in connection.execute(query.order_by(sa.func.lower(source_person.c.name))):
                found.setdefault(row.source_code, []).append(to_person(row))
        return found

    def names_of_people(self) -> dict[str, list[tuple[str, str]]]:
        """Names and numbers of those who are there, by source: all that a search looks at."""
        columns = source_person.c
        query = sa.select(columns.source_code, columns.name, columns.phone).where(PRESENT)
        found: dict[str, list[tuple[str, str]]] = {}
        with self._store.read() as connection:
            for code, name, phone in connection.execute(query):
                found.setdefault(code, []).append((name, phone))
        return found

    def add(self, code: str, facts: SourceFacts, *, actor: str) -> SourceCard:
        """Raises CodeTaken; a code on paper keeps its meaning for ever."""
        with self._store.write() as connection:
            self._insert(connection, {code: facts}, actor)
            return card_of(connection, code)

    def change(
        self, code: str, facts: SourceFacts, *, actor: str, was: SourceFacts | None = None
    ) -> SourceCard:
        """With `was`, only what reads so until now; raises ChangedMeanwhile."""
        with self._store.write() as connection:
            if was is not None and card_of(connection, code, to_change=True).facts != was:
                raise ChangedMeanwhile("source", code)
            self._update(connection, code, source_values(facts), "source.changed", actor)
            return card_of(connection, code)

    def remove(self, code: str, *, actor: str) -> None:
        """Off the list; what came from it keeps its name, and its code works on."""
        gone = {"removed_at": to_micros(self._clock())}
        with self._store.write() as connection:
            self._update(connection, code, gone, "source.taken_off", actor)

    def restore(self, code: str, *, actor: str) -> None:
        with self._store.write() as connection:
            self._update(connection, code, {"removed_at": None}, "source.restored", actor)

    def add_person(self, code: str, facts: PersonFacts, *, actor: str) -> SourcePerson:
        with self._store.write() as connection:
            at = card_of(connection, code).code
            (added,) = self._insert_people(connection, [(at, facts)], actor)
            return person_of(connection, added)

    def change_person(
        self, person_id: str, facts: PersonFacts, *, actor: str, was: PersonFacts | None = None
    ) -> SourcePerson:
        """With `was`, only what reads so until now; raises ChangedMeanwhile."""
        with self._store.write() as connection:
            if was is not None and person_of(connection, person_id, to_change=True).facts != was:
                raise ChangedMeanwhile("person", person_id)
            values = person_values(facts)
            self._update_person(connection, person_id, values, "source_person.changed", actor)
            return person_of(connection, person_id)

    def remove_person(self, person_id: str, *, actor: str) -> None:
        """No longer there; visits and gifts keep the name."""
        gone = {"removed_at": to_micros(self._clock())}
        with self._store.write() as connection:
            self._update_person(connection, person_id, gone, "source_person.removed", actor)

    def named(self, person_ids: Sequence[str]) -> dict[str, SourcePerson]:
        """Several at once, those too who have left; an id that is not known is left out."""
        query = sa.select(source_person).where(source_person.c.id.in_(person_ids))
        with self._store.read() as connection:
            return {row.id: to_person(row) for row in connection.execute(query)}

    def take_in(self, intake: SourceIntake, *, actor: str) -> None:
        """All of it or nothing. Raises CodeTaken, NotFound for one that went meanwhile, and
        BookChanged when it was planned by another state of the book."""
        with self._store.write() as connection:
            require_seen(self._store, connection, intake.seen)
            self._insert(connection, intake.new, actor)
            for code, facts in intake.changed.items():
                self._update(connection, code, source_values(facts), "source.changed", actor)
            self._insert_people(connection, intake.new_people, actor)
            for person_id, person in intake.changed_people.items():
                values = person_values(person)
                self._update_person(connection, person_id, values, "source_person.changed", actor)
            insert_visits(connection, intake.notes, actor, to_micros(self._clock()))
            detail = f"new={len(intake.new)} changed={len(intake.changed)}"
            detail += f" people={len(intake.new_people)} notes={len(intake.notes)}"
            self._audit.append(connection, "sources.imported", actor=actor, detail=detail)

    def merge(
        self,
        kept: str,
        gone: str,
        facts: SourceFacts,
        *,
        actor: str,
        same_people: SamePeople = _NOBODY,
    ) -> SourceCard:
        """Two entries for one office become one, with their people and all that came from either.

        Whoever is in both stays once, with the gifts and visits of both.
        """
        with self._store.write() as connection:
            kept_code, gone_code = card_of(connection, kept).code, card_of(connection, gone).code
            if kept_code == gone_code:
                raise NotFound("second source beside", kept_code)
            move_all(connection, kept_code, gone_code)
            for twice, (person, known) in same_people.items():
                move_deeds(connection, kept_code, person, twice)
                values = person_values(known)
                self._update_person(connection, person, values, "source_person.changed", actor)
                left = {"removed_at": to_micros(self._clock())}
                self._update_person(connection, twice, left, "source_person.removed", actor)
            self._update(connection, kept_code, source_values(facts), "source.changed", actor)
            detail = f"{kept_code} took={gone_code}"
            self._audit.append(connection, "source.merged", actor=actor, detail=detail)
            return card_of(connection, kept_code)

    def _insert(self, connection: Connection, new: Mapping[str, SourceFacts], actor: str) -> None:
        if not new:
            return
        taken = set(connection.scalars(sa.select(sa.func.lower(source.c.code))))
        for code in new:
            if code.lower() in taken:
                raise CodeTaken(code)
            taken.add(code.lower())
        now = to_micros(self._clock())
        times = {"created_at": now, "changed_at": now}
        rows = [{"code": code, **times, **source_values(facts)} for code, facts in new.items()]
        connection.execute(source.insert(), rows)
        for code in new:
            self._audit.append(connection, "source.added", actor=actor, detail=code)

    def _insert_people(
        self, connection: Connection, new: Sequence[tuple[str, PersonFacts]], actor: str
    ) -> list[str]:
        now = self._clock()
        times = {"created_at": to_micros(now), "changed_at": to_micros(now)}
        rows = [
            {"id": new_id(now), "source_code": code, **times, **person_values(facts)}
            for code, facts in new
        ]
        if rows:
            connection.execute(source_person.insert(), rows)
        for row in rows:
            self._audit.append(
                connection, "source_person.added", actor=actor, detail=str(row["id"])
            )
        return [str(row["id"]) for row in rows]

    def _update(
        self,
        connection: Connection,
        code: str,
        values: Mapping[str, object],
        action: str,
        actor: str,
    ) -> None:
        this = sa.and_(source.c.code == code, source.c.merged_into.is_(None))
        changed = {**values, "changed_at": to_micros(self._clock())}
        if connection.execute(source.update().where(this).values(**changed)).rowcount != 1:
            raise NotFound("source", code)
        self._audit.append(connection, action, actor=actor, detail=code)

    def _update_person(
        self,
        connection: Connection,
        person_id: str,
        values: Mapping[str, object],
        action: str,
        actor: str,
    ) -> None:
        this = source_person.c.id == person_id
        changed = {**values, "changed_at": to_micros(self._clock())}
        if connection.execute(source_person.update().where(this).values(**changed)).rowcount != 1:
            raise NotFound("person", person_id)
        self._audit.append(connection, action, actor=actor, detail=person_id)
