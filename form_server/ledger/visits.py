"""Visits, calls and letters to those who refer: when, whom they met, what they left, when again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.source_columns import to_day
from form_server.ledger.stock_moves import insert_moves
from form_server.ledger.tables import PRESENT, source, stock_event, visit
from form_server.ledger.visit_rows import (
    Counted,
    LastContact,
    NewVisit,
    SealedNote,
    Visit,
    VisitWay,
)

_CONTACTS = [way.value for way in VisitWay if way.is_contact]
_MEETINGS = [way.value for way in VisitWay if way.is_meeting]
_NO_DAY = "0000-00-00"
_DAY_LENGTH = len(_NO_DAY)
_KEPT_CONTACTS = 8192
_IS_CONTACT = visit.c.way.in_(_CONTACTS)


class Visits:
    """Each change is one commit, with its audit row. Raises NotFound."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def log(self, new: NewVisit, *, actor: str) -> bool:
        """With what was left there. False, and nothing kept, for an `id` that was logged before, even
        if it was taken back: a form is sent twice."""
        with self._store.write() as connection:
            if connection.scalar(sa.select(visit.c.id).where(visit.c.id == new.id)) is not None:
                return False
            known = sa.select(source.c.code).where(
                source.c.code == new.source, source.c.merged_into.is_(None)
            )
            if connection.scalar(known) is None:
                raise NotFound("source", new.source)
            insert_visits(connection, [new], actor, to_micros(self._clock()))
            detail = f"{new.source} {new.way.value} {new.id}"
            self._audit.append(connection, "visit.logged", actor=actor, detail=detail)
        return True

    def remove(self, visit_id: str, *, actor: str) -> None:
        """It was logged by mistake: with its note and what it says was left."""
        gone = {"removed_at": to_micros(self._clock()), "note": None}
        this = sa.and_(visit.c.id == visit_id, PRESENT)
        with self._store.write() as connection:
            if connection.execute(visit.update().where(this).values(**gone)).rowcount != 1:
                raise NotFound("visit", visit_id)
            connection.execute(stock_event.delete().where(stock_event.c.visit_id == visit_id))
            self._audit.append(connection, "visit.removed", actor=actor, detail=visit_id)

    def of(self, code: str, limit: int = 100) -> list[Visit]:
        """Newest first, with what each left."""
        query = (
            sa.select(visit)
            .where(PRESENT, visit.c.source_code == code)
            .order_by(visit.c.done_on.desc(), visit.c.created_at.desc(), visit.c.id.desc())
            .limit(limit)
        )
        with self._store.read() as connection:
            rows = connection.execute(query).all()
            left = _left(connection, [row.id for row in rows])
        return [_to_visit(row, left.get(row.id, ())) for row in rows]

    def last_contacts(self, codes: Sequence[str] | None = None) -> dict[str, LastContact]:
        """By source, in one query for these or for all; one that nobody has met is left out.

        Of several on the last day, the one with the later day agreed counts.
        """
        columns = visit.c
        # Day, agreed day and whether they asked for it, each of one length: the largest text is the
        # newest contact, and no row has to be read a second time.
        newest = sa.func.max(
            columns.done_on
            + sa.func.coalesce(columns.next_on, _NO_DAY)
            + sa.cast(columns.asked_back, sa.String(1))
        )
        met_on = sa.func.max(sa.case((columns.way.in_(_MEETINGS), columns.done_on)))
        query = (
            sa.select(columns.source_code, newest, met_on)
            .where(PRESENT, _IS_CONTACT)
            .group_by(columns.source_code)
        )
        if codes is not None:
            query = query.where(columns.source_code.in_(codes))
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        return {code: _to_last(code, text, met) for code, text, met in rows}

    def said_on(self, codes: Sequence[str]) -> dict[str, dict[str, date]]:
        """Of these sources, the last day of each message that was ever brought to them."""
        columns = visit.c
        query = (
            sa.select(columns.source_code, columns.said, sa.func.max(columns.done_on))
            .where(PRESENT, _IS_CONTACT, columns.said != "", columns.source_code.in_(codes))
            .group_by(columns.source_code, columns.said)
        )
        found: dict[str, dict[str, date]] = {}
        with self._store.read() as connection:
            for code, said, day in connection.execute(query).all():
                found.setdefault(code, {})[said] = date.fromisoformat(day)
        return found


@lru_cache(maxsize=_KEPT_CONTACTS)  # few of thousands change between two looks
def _to_last(code: str, newest: str, met_on: str | None) -> LastContact:
    next_on = newest[_DAY_LENGTH : 2 * _DAY_LENGTH]
    return LastContact(
        source=code,
        on=date.fromisoformat(newest[:_DAY_LENGTH]),
        next_on=None if next_on == _NO_DAY else date.fromisoformat(next_on),
        asked_back=newest.endswith("1"),
        met_on=to_day(met_on),
    )


def insert_visits(
    connection: Connection, new: Sequence[NewVisit], actor: str, created_at: int
) -> None:
    """Within a transaction of somebody else's."""
    rows = [_values(one, actor, created_at) for one in new]
    if rows:
        connection.execute(visit.insert(), rows)
    for one in new:
        insert_moves(connection, one.source, one.left, one.done_on, actor, created_at, one.id)


def _values(new: NewVisit, actor: str, created_at: int) -> dict[str, object]:
    note = new.note
    return {
        "id": new.id,
        "source_code": new.source,
        "actor": actor,
        "way": new.way.value,
        "done_on": new.done_on.isoformat(),
        "met": "\n".join(new.met),
        "said": str(new.said),
        "next_on": new.next_on.isoformat() if new.next_on else None,
        "asked_back": int(new.asked_back),
        "inbox_id": note.inbox_id if note else None,
        "key_version": note.key_version if note else None,
        "note": note.sealed if note else None,
        "created_at": created_at,
    }


def _left(connection: Connection, visit_ids: Sequence[str]) -> dict[str, tuple[Counted, ...]]:
    query = sa.select(stock_event).where(stock_event.c.visit_id.in_(visit_ids))
    found: dict[str, tuple[Counted, ...]] = {}
    for row in connection.execute(query.order_by(stock_event.c.item, stock_event.c.kind)):
        counted = Counted(row.item, row.pieces, row.kind)
        found[row.visit_id] = (*found.get(row.visit_id, ()), counted)
    return found


def _to_visit(row: sa.Row[tuple[object, ...]], left: tuple[Counted, ...]) -> Visit:
    note = None
    if row.note is not None:
        note = SealedNote(row.inbox_id, row.key_version, bytes(row.note))
    return Visit(
        id=row.id,
        source=row.source_code,
        actor=row.actor,
        way=VisitWay(row.way),
        done_on=date.fromisoformat(row.done_on),
        met=tuple(row.met.splitlines()),
        said=row.said,
        next_on=to_day(row.next_on),
        asked_back=bool(row.asked_back),
        note=note,
        left=left,
        created_at=from_micros(row.created_at),
    )
