"""One source, or one person at one, as they stand: for whatever changes them in the same commit."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.errors import NotFound
from form_server.ledger.source_columns import to_card, to_person
from form_server.ledger.source_rows import SourceCard, SourcePerson
from form_server.ledger.tables import source, source_person


def card_of(connection: Connection, code: str) -> SourceCard:
    """By a code as it was typed; the one that it became one with, where it did. Raises NotFound."""
    same = sa.func.lower(source.c.code) == code.lower()
    row = connection.execute(sa.select(source).where(same)).first()
    if row is not None and row.merged_into is not None:
        kept = sa.select(source).where(source.c.code == row.merged_into)
        row = connection.execute(kept).first()
    if row is None:
        raise NotFound("source", code)
    return to_card(row)


def person_of(connection: Connection, person_id: str) -> SourcePerson:
    this = sa.select(source_person).where(source_person.c.id == person_id)
    return to_person(connection.execute(this).one())
