"""The board of openings: who has room, where, for which plan and language, as counted on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.group_rows import NewOpening, Opening
from form_server.ledger.ids import new_id
from form_server.ledger.tables import opening
from form_server.ledger.upsert import upsert

_KEY = ("clinician", "site", "plan", "language")


class Openings:
    """Each change is one commit, with its audit row; stale rows stay until somebody counts anew."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def all(self) -> list[Opening]:
        """By clinician, site, plan and language."""
        return self._find()

    def get(self, opening_id: str) -> Opening:
        """Raises NotFound."""
        found = self._find(opening.c.id == opening_id)
        if not found:
            raise NotFound("row of openings", opening_id)
        return found[0]

    def put(self, new: NewOpening, *, user_id: str) -> None:
        """Counts anew; a row for the same clinician, site, plan and language is replaced."""
        first = new.first_available_on
        counted = {
            "places": new.count,
            "first_available_on": first.isoformat() if first else None,
            "as_of_on": new.as_of_on.isoformat(),
            "user_id": user_id,
        }
        keyed = {name: getattr(new, name) for name in _KEY}
        with self._store.write() as connection:
            insert = upsert(connection, opening).values(
                id=new_id(self._clock()), **keyed, **counted
            )
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=[opening.c[name] for name in _KEY], set_=counted
                )
            )
            detail = f"{new.clinician} count={new.count}"
            self._audit.append(
                connection, "openings.counted", actor=f"user:{user_id}", detail=detail
            )

    def recount(self, counts: Collection[Opening], *, user_id: str) -> None:
        """Several rows at once, as one person read the board; one that is gone is passed over."""
        with self._store.write() as connection:
            for one in counts:
                first = one.first_available_on
                connection.execute(
                    opening.update()
                    .where(opening.c.id == one.id)
                    .values(
                        places=one.count,
                        first_available_on=first.isoformat() if first else None,
                        as_of_on=one.as_of_on.isoformat(),
                        user_id=user_id,
                    )
                )
                detail = f"{one.clinician} count={one.count}"
                self._audit.append(
                    connection, "openings.counted", actor=f"user:{user_id}", detail=detail
                )

    def remove(self, opening_id: str, *, user_id: str) -> None:
        """Raises NotFound."""
        with self._store.write() as connection:
            gone = connection.execute(opening.delete().where(opening.c.id == opening_id))
            if gone.rowcount != 1:
                raise NotFound("row of openings", opening_id)
            self._audit.append(
                connection, "openings.removed", actor=f"user:{user_id}", detail=opening_id
            )

    def _find(self, *which: sa.ColumnElement[bool]) -> list[Opening]:
        query = sa.select(opening).where(*which)
        query = query.order_by(*(opening.c[name] for name in _KEY))
        with self._store.read() as connection:
            return [
                Opening(
                    id=row.id,
                    clinician=row.clinician,
                    site=row.site,
                    plan=row.plan,
                    language=row.language,
                    count=row.places,
                    first_available_on=_day(row.first_available_on),
                    as_of_on=date.fromisoformat(row.as_of_on),
                    user_id=row.user_id,
                )
                for row in connection.execute(query)
            ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
