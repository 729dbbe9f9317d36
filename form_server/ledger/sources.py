"""Sources: who hands the practice's name on, each under the code that stands on its cards.

A code is opaque and printed, so it authorises nothing; it only says where a referral came from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import CodeTaken, CodeUsed, NotFound, RowDamaged
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.sound_rows import EARLIEST
from form_server.ledger.source_rows import LEARNS_LEAST, Source, SourceKind
from form_server.ledger.tables import (
    colleague,
    gift,
    question,
    referral,
    source,
    source_person,
    stock_event,
    visit,
)


class Sources:
    """Codes are told apart whatever their case: people type them from paper."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def get(self, code: str) -> Source | None:
        """The source of a code as it was typed, or None for a code that nobody was given.

        A code whose source became one with another's leads to that one: it stays on paper.
        """
        with self._store.read() as connection:
            row = connection.execute(_sources(_same(code))).first()
            if row is not None and row.merged_into is not None:
                row = connection.execute(_sources(source.c.code == row.merged_into)).first()
        return None if row is None else _to_source(row)

    def all(self) -> list[Source]:
        """By name; with those that were taken off the list, because referrals are named by them."""
        every = _sources(source.c.merged_into.is_(None)).order_by(source.c.name, source.c.code)
        with self._store.read() as connection:
            rows = connection.execute(every)
            return [_to_source(row) for row in rows]

    def add(
        self,
        code: str,
        name: str,
        kind: SourceKind = SourceKind.OFFICE,
        *,
        public_poster: bool = False,
        actor: str,
    ) -> Source:
        """Raises CodeTaken; a code on paper keeps its meaning for ever."""
        new = Source(code, name, kind, public_poster, self._clock())
        with self._store.write() as connection:
            if connection.execute(_sources(_same(code))).first() is not None:
                raise CodeTaken(code)
            connection.execute(
                source.insert(),
                {
                    "code": new.code,
                    "name": new.name,
                    "kind": new.kind.value,
                    "public_poster": int(new.public_poster),
                    "created_at": to_micros(new.created_at),
                },
            )
            self._audit.append(connection, "source.added", actor=actor, detail=code)
        return new

    def remove(self, code: str, *, actor: str) -> Source:
        """Forgets a code that no referral came with. Raises NotFound, CodeUsed."""
        with self._store.write() as connection:
            row = connection.execute(_sources(_same(code))).first()
            if row is None:
                raise NotFound("source", code)
            if uses := sum(_count(connection, code, one) for one in _USES):
                raise CodeUsed(code, uses)
            connection.execute(source.delete().where(_same(code)))
            self._audit.append(connection, "source.removed", actor=actor, detail=row.code)
        return _to_source(row)


_USES = (
    referral.c.source,
    question.c.source,
    colleague.c.source_code,
    source.c.merged_into,
    source_person.c.source_code,
    visit.c.source_code,
    stock_event.c.source_code,
    gift.c.source_code,
)


def _count(connection: Connection, code: str, where: sa.Column[str]) -> int:
    same = sa.func.lower(where) == code.lower()
    return connection.scalar(sa.select(sa.func.count()).where(same)) or 0


def _same(code: str) -> sa.ColumnElement[bool]:
    return sa.func.lower(source.c.code) == code.lower()


def _sources(*which: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    columns = source.c
    told = (columns.code, columns.name, columns.kind, columns.public_poster, columns.created_at)
    return sa.select(*told, columns.merged_into).where(*which)


def _to_source(row: sa.Row[tuple[object, ...]]) -> Source:
    """What is damaged in it keeps no office out, and lets nobody learn more than before."""
    try:
        kind, created_at = SourceKind(row.kind), from_micros(row.created_at)
    except (ValueError, RowDamaged):
        kind, created_at = LEARNS_LEAST, from_micros(EARLIEST)
    return Source(
        code=row.code,
        name=str(row.name),
        kind=kind,
        public_poster=bool(row.public_poster),
        created_at=created_at,
    )
