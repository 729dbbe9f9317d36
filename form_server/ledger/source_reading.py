"""One source, or one person at one, as they stand: for whatever changes them in the same commit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.errors import NotFound
from form_server.ledger.source_columns import to_card, to_person
from form_server.ledger.source_rows import SourceCard, SourcePerson
from form_server.ledger.tables import source, source_person


def card_of(connection: Connection, code: str, *, to_change: bool = False) -> SourceCard:
    """By a code as it was typed; the one that it became one with, where it did. Raises NotFound.

    It is held until the transaction's end when `to_change`.
    """
    row = connection.execute(_held(_with_code(code), to_change=to_change)).first()
    if row is not None and row.merged_into is not None:
        kept = source.c.code == row.merged_into
        row = connection.execute(_held(sa.select(source).where(kept), to_change=to_change)).first()
    if row is None:
        raise NotFound("source", code)
    return to_card(row)


def person_of(connection: Connection, person_id: str, *, to_change: bool = False) -> SourcePerson:
    this = sa.select(source_person).where(source_person.c.id == person_id)
    return to_person(connection.execute(_held(this, to_change=to_change)).one())


def _with_code(code: str) -> sa.Select[Any]:
    return sa.select(source).where(sa.func.lower(source.c.code) == code.lower())


def _held(query: sa.Select[Any], *, to_change: bool) -> sa.Select[Any]:
    return query.with_for_update() if to_change else query
