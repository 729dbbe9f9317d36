"""Whether anything changed about offices, visits or stock since somebody last looked."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.book_intake import state_of
from form_server.ledger.engine import Store
from form_server.ledger.tables import PRESENT, desk_setting, stock_event, visit


class OutreachState:
    """Reading only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> str:
        """Another text after each visit, count, change of an office or of a setting; what referrals
        do is not in it."""
        visits = sa.select(sa.func.count(), sa.func.max(visit.c.created_at)).where(PRESENT)
        moves = sa.select(sa.func.count(), sa.func.max(stock_event.c.created_at))
        settings = sa.select(sa.func.count(), sa.func.max(desk_setting.c.changed_at))
        with self._store.read() as connection:
            parts = [
                part
                for query in (visits, moves, settings)
                for part in connection.execute(query).one()
            ]
            return "/".join([*(str(part) for part in parts), state_of(connection)])
