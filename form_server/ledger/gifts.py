"""Gifts to offices and their people: a ledger to keep under a line, and never a reward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.ids import new_id
from form_server.ledger.moments import to_micros
from form_server.ledger.source_rows import GiftGiven, NewGift
from form_server.ledger.tables import PRESENT, gift


class Gifts:
    """Each change is one commit, with its audit row."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def add(self, new: NewGift, *, actor: str) -> GiftGiven:
        now = self._clock()
        row = {
            "id": new_id(now),
            "source_code": new.source,
            "person_id": new.person_id or None,
            "what": new.what,
            "cents": new.cents,
            "shared_by": new.shared_by,
            "given_on": new.given_on.isoformat(),
            "actor": actor,
            "created_at": to_micros(now),
        }
        with self._store.write() as connection:
            connection.execute(gift.insert(), row)
            detail = f"{new.source} cents={new.cents}"
            self._audit.append(connection, "gift.given", actor=actor, detail=detail)
        return GiftGiven(str(row["id"]), new, actor)

    def remove(self, gift_id: str, *, actor: str) -> None:
        """It was entered by mistake; the record keeps that it was. Raises NotFound."""
        this = sa.and_(gift.c.id == gift_id, PRESENT)
        gone = {"removed_at": to_micros(self._clock())}
        with self._store.write() as connection:
            if connection.execute(gift.update().where(this).values(**gone)).rowcount != 1:
                raise NotFound("gift", gift_id)
            self._audit.append(connection, "gift.removed", actor=actor, detail=gift_id)

    def in_year(self, year: int, code: str | None = None) -> list[GiftGiven]:
        """Of one source or of all, newest first."""
        columns = gift.c
        in_it = sa.and_(
            columns.given_on >= f"{year:04}-01-01", columns.given_on <= f"{year:04}-12-31"
        )
        query = sa.select(gift).where(PRESENT, in_it)
        if code is not None:
            query = query.where(columns.source_code == code)
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(columns.given_on.desc(), columns.id.desc()))
            return [_to_gift(row) for row in rows]

    def last_on(self) -> dict[str, date]:
        """The day of the last gift, by source; whoever never got any is left out."""
        last = sa.func.max(gift.c.given_on).label("last_on")
        query = sa.select(gift.c.source_code, last).where(PRESENT).group_by(gift.c.source_code)
        with self._store.read() as connection:
            return {
                row.source_code: date.fromisoformat(row.last_on)
                for row in connection.execute(query).all()
            }


def _to_gift(row: sa.Row[tuple[object, ...]]) -> GiftGiven:
    new = NewGift(
        source=row.source_code,
        what=row.what,
        cents=row.cents,
        given_on=date.fromisoformat(row.given_on),
        person_id=row.person_id or "",
        shared_by=row.shared_by,
    )
    return GiftGiven(row.id, new, row.actor)
