"""Two entries for one office become one: what came from either is moved, and nobody is there twice."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.source_rows import PersonFacts
from form_server.ledger.tables import (
    colleague,
    gift,
    newsletter_copy,
    referral,
    source,
    source_person,
    stock_event,
    thank_you,
    visit,
)

SamePeople = Mapping[str, tuple[str, PersonFacts]]
"""By the id of whoever is there a second time: who that is, and what is known of them in all."""

_MOVED = (
    (source_person, source_person.c.source_code),
    (visit, visit.c.source_code),
    (stock_event, stock_event.c.source_code),
    (gift, gift.c.source_code),
    (thank_you, thank_you.c.source_code),
    (colleague, colleague.c.source_code),
    (referral, referral.c.source),
    (newsletter_copy, newsletter_copy.c.source_code),
)


def move_all(connection: Connection, kept: str, gone: str) -> None:
    """The code that goes is on paper, so it leads to the other one from now on, as do those that led
    to it."""
    for table, column in _MOVED:
        moved = table.update().where(column == gone).values({column.name: kept})
        connection.execute(moved)
    leading = sa.or_(source.c.merged_into == gone, source.c.code == gone)
    connection.execute(source.update().where(leading).values(merged_into=kept))


def move_deeds(connection: Connection, office: str, kept: str, gone: str) -> None:
    """Gifts to one person and visits that met them: those to `gone` are `kept`’s, so that a year’s
    gifts to one person are summed up as such."""
    given = gift.update().where(gift.c.person_id == gone)
    connection.execute(given.values(person_id=kept))
    met = sa.and_(visit.c.source_code == office, visit.c.met.contains(gone))
    named = sa.func.replace(visit.c.met, gone, kept)
    connection.execute(visit.update().where(met).values(met=named))
