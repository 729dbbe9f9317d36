"""Arms the announcement of what is kept aside, within the bare transaction that accepts a referral."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from form_server.ledger.tables import DUE, delivery

_NAMES = ("kind", "channel", "address", "due_at")


class Announcements:
    """One row that waits is enough for an inbox; `insert` writes one."""

    def __init__(self, store: Store, insert: Compiled) -> None:
        same = (delivery.c[name] == sa.bindparam(f"its_{name}") for name in _NAMES[:3])
        at = sa.bindparam("its_due_at", type_=sa.BigInteger)
        sooner = sa.case((delivery.c.due_at > at, at), else_=delivery.c.due_at)
        self._insert = insert
        self._bring_forward = Compiled(
            store,
            delivery.update().where(DUE, *same).values(due_at=sooner),
            tuple(f"its_{name}" for name in _NAMES),
        )

    def arm(self, cursor: DBAPICursor, row: Mapping[str, object]) -> None:
        """Brings the row that waits forward when the new one is due sooner; else writes the new one.

        Two at once may both write one: whichever comes second then finds nothing new to announce.
        """
        self._bring_forward.run(cursor, {f"its_{name}": row[name] for name in _NAMES})
        if not cursor.rowcount:
            self._insert.run(cursor, row)
