"""Settings made at the desk: text by name, with the one before for whoever wants it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import desk_setting
from form_server.ledger.upsert import upsert


@dataclass(frozen=True)
class DeskSetting:
    """`value` and `previous` are None where the practice folder had or has the word."""

    name: str
    value: str | None
    previous: str | None
    changed_at: datetime


class DeskSettings:
    """Each change is one commit, with its audit row; the record names what changed, not to what."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def all(self) -> Mapping[str, DeskSetting]:
        """By name; what was never set is not there."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(desk_setting)).all()
        return {
            row.name: DeskSetting(row.name, row.value, row.previous, from_micros(row.changed_at))
            for row in rows
        }

    def put(self, name: str, value: str | None, *, actor: str) -> None:
        """The new value, or None for the practice folder's; the value until now becomes the previous."""
        with self._store.write() as connection:
            now = to_micros(self._clock())
            insert = upsert(connection, desk_setting).values(
                name=name, value=value, previous=None, changed_at=now
            )
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=[desk_setting.c.name],
                    set_={"value": value, "previous": desk_setting.c.value, "changed_at": now},
                )
            )
            self._audit.append(connection, "setting.changed", actor=actor, detail=name)

    def undo(self, name: str, *, actor: str) -> None:
        """Swaps the value with the one before, so that an undo can be undone; raises NotFound."""
        with self._store.write() as connection:
            swapped = connection.execute(
                desk_setting.update()
                .where(desk_setting.c.name == name)
                .values(
                    value=desk_setting.c.previous,
                    previous=desk_setting.c.value,
                    changed_at=to_micros(self._clock()),
                )
            )
            if swapped.rowcount != 1:
                raise NotFound("setting", name)
            self._audit.append(connection, "setting.undone", actor=actor, detail=name)
