"""Who looked at what, and who changed it: the audit, read by person and by day.

A referral is named by its receipt alone; one that was erased since has none, and keeps its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import audit, desk_user, referral

_COPIES = ("copy.referral", "copy.patient")
_ALL_COPIED = "copy.all"


@dataclass(frozen=True)
class Look:
    """`receipt` is empty for what is about no referral, and for one that was erased."""

    id: int
    at: datetime
    actor: str
    action: str
    referral_id: str | None
    receipt: str
    detail: str


class Access:
    """Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self,
        since: datetime,
        until: datetime,
        *,
        actor: str | None = None,
        before: int | None = None,
        limit: int = 200,
    ) -> list[Look]:
        """From `since` to just before `until`, the newest first; `before` goes on from an entry."""
        query = _looks(audit.c.at >= to_micros(since), audit.c.at < to_micros(until))
        if actor is not None:
            query = query.where(audit.c.actor == actor)
        if before is not None:
            query = query.where(audit.c.id < before)
        return self._read(query.order_by(audit.c.id.desc()).limit(limit))

    def pages(
        self, since: datetime, until: datetime, *, actor: str | None = None, limit: int = 500
    ) -> Iterator[list[Look]]:
        """All of them, a page at a time."""
        before = None
        while page := self.page(since, until, actor=actor, before=before, limit=limit):
            yield page
            before = page[-1].id

    def to_referrals(self, referral_ids: list[str]) -> list[Look]:
        """All that anybody did with these referrals, oldest first."""
        query = _looks(audit.c.referral_id.in_(referral_ids))
        return self._read(query.order_by(audit.c.id))

    def copies_of(self, referral_ids: list[str], received_at: datetime) -> list[Look]:
        """Copies that were taken of these referrals, alone or among all since the first came in."""
        of_these = sa.and_(audit.c.referral_id.in_(referral_ids), audit.c.action.in_(_COPIES))
        of_all = sa.and_(audit.c.action == _ALL_COPIED, audit.c.at >= to_micros(received_at))
        return self._read(_looks(sa.or_(of_these, of_all)).order_by(audit.c.id))

    def names(self) -> dict[str, str]:
        """Of everybody who can sign in or ever could, by id."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(desk_user.c.id, desk_user.c.name))
            return {row.id: row.name for row in rows}

    def _read(self, query: sa.Select[tuple[object, ...]]) -> list[Look]:
        with self._store.read() as connection:
            return [
                Look(
                    row.id,
                    from_micros(row.at),
                    row.actor,
                    row.action,
                    row.referral_id,
                    row.receipt or "",
                    row.detail,
                )
                for row in connection.execute(query)
            ]


def _looks(*which: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    columns = (
        audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.referral_id,
        audit.c.detail, referral.c.receipt,
    )  # fmt: skip
    joined = audit.outerjoin(referral, referral.c.id == audit.c.referral_id)
    return sa.select(*columns).select_from(joined).where(*which)
