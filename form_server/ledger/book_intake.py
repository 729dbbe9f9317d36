"""A list for the address book, and how the book stood when it was planned: it is taken in once.

Two presses of one button bring the same list twice. The second finds another book than the one it
was planned by, and must be planned anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.source_rows import PersonFacts, SourceFacts
from form_server.ledger.tables import source, source_person
from form_server.ledger.visit_rows import NewVisit
from outreach_kit.errors import HandoffError

_BOOK_LOCK: Final = 0x626F6F6B  # any number, as long as all processes take the same


class BookChanged(HandoffError):
    """Somebody changed the address book since a list was planned."""

    def __init__(self) -> None:
        super().__init__(
            "The address book has changed since you looked, so nothing was taken in. Look at it again."
        )


@dataclass(frozen=True)
class SourceIntake:
    """A whole list to take in: sources and people who are new, by the code of their source, those
    who changed, by code or id, and what was noted about them. `seen` is the book's state that it was
    planned by; without one it is taken in whatever that is."""

    new: Mapping[str, SourceFacts] = field(default_factory=dict)
    changed: Mapping[str, SourceFacts] = field(default_factory=dict)
    new_people: Sequence[tuple[str, PersonFacts]] = ()
    changed_people: Mapping[str, PersonFacts] = field(default_factory=dict)
    notes: Sequence[NewVisit] = ()
    seen: str | None = None


def state_of(connection: Connection) -> str:
    """How many there are, and when the last of them changed."""
    changed_at = sa.func.coalesce(source.c.changed_at, source.c.created_at)
    sources = connection.execute(sa.select(sa.func.count(), sa.func.max(changed_at))).one()
    of_people = sa.select(sa.func.count(), sa.func.max(source_person.c.changed_at))
    return "/".join(str(part) for part in (*sources, *connection.execute(of_people).one()))


def require_seen(store: Store, connection: Connection, seen: str | None) -> None:
    """Raises BookChanged. Until the commit no other list is taken in: on SQLite there is one writer
    anyway."""
    if seen is None:
        return
    if not store.is_sqlite:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_BOOK_LOCK)))
    if state_of(connection) != seen:
        raise BookChanged
