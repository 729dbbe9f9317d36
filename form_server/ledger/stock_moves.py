"""Cards, brochures and pads: what each office was given, and what somebody counted there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.ids import new_id
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import stock_event
from form_server.ledger.visit_rows import Counted, StockMove

_KEPT_MOVES = 32_768


class StockMoves:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def add(self, code: str, counted: Sequence[Counted], on: date, *, actor: str) -> None:
        """What was sent or counted without a visit; the source is one that exists."""
        with self._store.write() as connection:
            insert_moves(connection, code, counted, on, actor, to_micros(self._clock()))
            self._audit.append(connection, "stock.noted", actor=actor, detail=code)

    def all(self, codes: Sequence[str] | None = None) -> dict[str, list[StockMove]]:
        """By source, oldest first; of these sources, or of all, in one query."""
        columns = stock_event.c
        query = sa.select(
            columns.source_code, columns.item, columns.kind, columns.pieces, columns.done_on
        ).order_by(columns.done_on, columns.item, columns.kind)
        if codes is not None:
            query = query.where(columns.source_code.in_(codes))
        found: dict[str, list[StockMove]] = {}
        with self._store.read() as connection:
            for row in connection.execute(query).all():
                found.setdefault(row[0], []).append(_to_move(*row))
        return found


@lru_cache(maxsize=_KEPT_MOVES)  # what was given once stays given
def _to_move(code: str, item: str, kind: str, count: int, done_on: str) -> StockMove:
    return StockMove(code, item, kind, count, date.fromisoformat(done_on))


def insert_moves(
    connection: Connection,
    code: str,
    counted: Sequence[Counted],
    on: date,
    actor: str,
    created_at: int,
    visit_id: str | None = None,
) -> None:
    """Within a transaction of somebody else's."""
    rows = [
        {
            "id": new_id(from_micros(created_at)),
            "source_code": code,
            "visit_id": visit_id,
            "item": str(one.item),
            "kind": str(one.kind),
            "pieces": one.count,
            "done_on": on.isoformat(),
            "actor": actor,
            "created_at": created_at,
        }
        for one in counted
    ]
    if rows:
        connection.execute(stock_event.insert(), rows)
