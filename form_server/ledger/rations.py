"""How often something was done for somebody today, counted under a hash that tells nobody who it was."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from form_server.ledger.moments import to_micros
from form_server.ledger.rows import NewDelivery, Rationed
from form_server.ledger.tables import ration

_COLUMNS = ("hash", "used", "expires_at")


class Rations:
    def __init__(self, store: Store) -> None:
        insert = sqlite.insert(ration) if store.is_sqlite else postgresql.insert(ration)
        counting = insert.on_conflict_do_update(
            index_elements=[ration.c.hash], set_={"used": ration.c.used + 1}
        ).returning(ration.c.used)
        self._count = Compiled(store, counting, _COLUMNS)

    def use(self, cursor: DBAPICursor, name: bytes, expires_at: int) -> int:
        """Counts one more within a bare transaction; the count with it. `expires_at` in microseconds."""
        self._count.run(cursor, {"hash": name, "used": 1, "expires_at": expires_at})
        (used,) = cursor.fetchone() or (0,)
        return int(used)

    def within(self, connection: Connection, rationed: Rationed | None) -> Sequence[NewDelivery]:
        """What goes out of it, counted as used: the delivery, or nothing once the ration is spent."""
        if rationed is None:
            return ()
        cursor = connection.connection.cursor()
        used = self.use(cursor, rationed.name, to_micros(rationed.expires_at))
        return (rationed.delivery,) if used <= rationed.limit else ()


def expired(now: int) -> sa.Delete:
    """Removes the counts that are past their time."""
    return ration.delete().where(ration.c.expires_at <= now)
