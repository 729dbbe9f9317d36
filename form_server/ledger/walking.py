"""Through all referrals of some inboxes, a page at a time: for searching and for taking copies.

Nothing is held between two pages, so a walk costs the memory of one page however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import to_referral
from form_server.ledger.rows import Referral
from form_server.ledger.tables import appointment, referral


@dataclass(frozen=True)
class Stand:
    """Where a walk has come to; it goes on behind it."""

    received_at: datetime
    id: str


class Walking:
    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self, inbox_ids: Sequence[str], *, before: Stand | None = None, limit: int = 100
    ) -> list[Referral]:
        """The newest first; `before` goes on from there. Empty at the end."""
        order = (referral.c.received_at, referral.c.id)
        query = sa.select(referral).where(referral.c.inbox_id.in_(inbox_ids))
        if before is not None:
            at = sa.tuple_(sa.literal(to_micros(before.received_at)), sa.literal(before.id))
            query = query.where(sa.tuple_(*order) < at)
        newest_first = query.order_by(*(column.desc() for column in order)).limit(limit)
        with self._store.read() as connection:
            return [to_referral(row) for row in connection.execute(newest_first)]

    def pages(
        self, inbox_ids: Sequence[str], *, before: Stand | None = None, limit: int = 100
    ) -> Iterator[list[Referral]]:
        """Page after page until the oldest; each is read when it is asked for."""
        stand = before
        while page := self.page(inbox_ids, before=stand, limit=limit):
            yield page
            stand = stand_at(page[-1])

    def appointments(self, referral_ids: Sequence[str]) -> dict[str, datetime]:
        """When the first appointment is or was, of those that have one."""
        query = sa.select(appointment.c.referral_id, appointment.c.starts_at)
        with self._store.read() as connection:
            rows = connection.execute(query.where(appointment.c.referral_id.in_(referral_ids)))
            return {row.referral_id: from_micros(row.starts_at) for row in rows}

    def first_received_at(self, inbox_ids: Sequence[str]) -> datetime | None:
        """When the oldest of them came; None when there is none."""
        oldest = sa.select(sa.func.min(referral.c.received_at))
        with self._store.read() as connection:
            found: int | None = connection.scalar(oldest.where(referral.c.inbox_id.in_(inbox_ids)))
        return from_micros(found)

    def count(self, inbox_ids: Sequence[str]) -> int:
        counted = sa.select(sa.func.count()).where(referral.c.inbox_id.in_(inbox_ids))
        with self._store.read() as connection:
            return connection.scalar(counted) or 0


def stand_at(one: Referral) -> Stand:
    return Stand(one.received_at, one.id)
