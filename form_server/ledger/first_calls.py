"""Times that clinicians hold for a first call; a referral takes one in the commit that accepts it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from form_server.ledger.audit import Audit
from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from form_server.ledger.errors import FirstCallGone, NotFound, TimeHeld
from form_server.ledger.ids import new_id
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import FREE, first_call, referral


@dataclass(frozen=True)
class FirstCall:
    """A held time; `taken_by` is the referral that has it, or None while it is free."""

    id: str
    clinician: str
    starts_at: datetime
    taken_by: str | None


@dataclass(frozen=True)
class Held(FirstCall):
    """With what the desk shows: when it was held, and by which inbox's referral it was taken."""

    created_at: datetime
    taken_at: datetime | None
    inbox_id: str | None


class FirstCalls:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        taking = (
            first_call.update()
            .where(
                first_call.c.id == sa.bindparam("held_id", type_=sa.String),
                first_call.c.starts_at > sa.bindparam("taking_at", type_=sa.BigInteger),
                FREE,
            )
            .values(
                taken_by=sa.bindparam("taker", type_=sa.String),
                taken_at=sa.bindparam("taking_at", type_=sa.BigInteger),
            )
        )
        self._take = Compiled(store, taking, ("held_id", "taking_at", "taker"))

    def take(self, cursor: DBAPICursor, held_id: str, referral_id: str, now: int) -> None:
        """Within the bare transaction that accepts a referral; `now` in microseconds.

        Of two that want the same time at once, the second waits for the first one's commit and then
        raises FirstCallGone.
        """
        self._take.run(cursor, {"held_id": held_id, "taking_at": now, "taker": referral_id})
        if cursor.rowcount != 1:
            raise FirstCallGone(held_id)

    def get(self, held_id: str) -> FirstCall | None:
        return next(iter(self._find(first_call.c.id == held_id)), None)

    def of_referral(self, referral_id: str) -> FirstCall | None:
        """The time that a referral took."""
        return next(iter(self._find(first_call.c.taken_by == referral_id)), None)

    def free(
        self, after: datetime, *, clinician: str | None = None, limit: int = 3
    ) -> list[FirstCall]:
        """The next free times after a moment, soonest first; of all clinicians unless one is named."""
        which: list[sa.ColumnElement[bool] | sa.TextClause] = [FREE]
        which.append(first_call.c.starts_at > to_micros(after))
        if clinician is not None:
            which.append(first_call.c.clinician == clinician)
        return self._find(*which, limit=limit)

    def coming(self) -> list[FirstCall]:
        """All that lie ahead, taken ones too, soonest first."""
        return self._find(first_call.c.starts_at > to_micros(self._clock()))

    def outlook(self) -> list[Held]:
        """All that lie ahead, each with who took it, soonest first."""
        query = (
            sa.select(first_call, referral.c.inbox_id)
            .outerjoin(referral, referral.c.id == first_call.c.taken_by)
            .where(first_call.c.starts_at > to_micros(self._clock()))
            .order_by(first_call.c.starts_at, first_call.c.id)
        )
        with self._store.read() as connection:
            return [
                Held(
                    row.id,
                    row.clinician,
                    from_micros(row.starts_at),
                    row.taken_by,
                    from_micros(row.created_at),
                    from_micros(row.taken_at),
                    row.inbox_id,
                )
                for row in connection.execute(query)
            ]

    def hold(self, clinician: str, moments: Sequence[datetime], *, actor: str) -> datetime:
        """Several at once; those that the clinician holds already stay as they are.

        The answer is the moment under which the new ones can be taken back.
        """
        now = self._clock()
        whose = first_call.c.clinician == clinician
        wanted = {to_micros(one): one for one in moments}
        with self._store.write() as connection:
            there = set(
                connection.scalars(
                    sa.select(first_call.c.starts_at).where(
                        whose, first_call.c.starts_at.in_(list(wanted))
                    )
                )
            )
            for at in sorted(wanted.keys() - there):
                held_id = new_id(now)
                row = {"id": held_id, "clinician": clinician, "starts_at": at}
                connection.execute(first_call.insert(), {**row, "created_at": to_micros(now)})
                self._audit.append(connection, "first_call.held", actor=actor, detail=held_id)
        return now

    def take_back(self, held_at: datetime, clinicians: Collection[str], *, actor: str) -> int:
        """Gives up those that were held at that moment and are still free; how many."""
        which = sa.and_(
            first_call.c.created_at == to_micros(held_at),
            first_call.c.clinician.in_(list(clinicians)),
            FREE,
        )
        with self._store.write() as connection:
            ids = list(connection.scalars(sa.select(first_call.c.id).where(which)))
            gone = 0
            for held_id in ids:
                freed = connection.execute(
                    first_call.delete().where(first_call.c.id == held_id, FREE)
                ).rowcount
                if freed:
                    gone += 1
                    self._audit.append(
                        connection, "first_call.removed", actor=actor, detail=held_id
                    )
        return gone

    def add(self, clinician: str, starts_at: datetime, *, actor: str) -> FirstCall:
        """Raises TimeHeld when the clinician holds that time already."""
        now = self._clock()
        new = FirstCall(new_id(now), clinician, starts_at, None)
        same = sa.select(first_call.c.id).where(
            first_call.c.clinician == clinician, first_call.c.starts_at == to_micros(starts_at)
        )
        with self._store.write() as connection:
            if connection.scalar(same) is not None:
                raise TimeHeld(clinician, starts_at)
            connection.execute(
                first_call.insert(),
                {
                    "id": new.id,
                    "clinician": clinician,
                    "starts_at": to_micros(starts_at),
                    "created_at": to_micros(now),
                },
            )
            self._audit.append(connection, "first_call.held", actor=actor, detail=new.id)
        return new

    def remove(self, held_id: str, *, actor: str) -> None:
        """Gives up a time that is still free; raises NotFound, FirstCallGone when it is taken."""
        with self._store.write() as connection:
            gone = connection.execute(
                first_call.delete().where(first_call.c.id == held_id, FREE)
            ).rowcount
            if not gone:
                known = sa.select(first_call.c.id).where(first_call.c.id == held_id)
                if connection.scalar(known) is None:
                    raise NotFound("first-call time", held_id)
                raise FirstCallGone(held_id)
            self._audit.append(connection, "first_call.removed", actor=actor, detail=held_id)

    def release(self, referral_id: str, *, actor: str) -> None:
        """Frees the time of a referral that does not need it any more, if it took one."""
        with self._store.write() as connection:
            freed = connection.execute(
                first_call.update()
                .where(first_call.c.taken_by == referral_id)
                .values(taken_by=None, taken_at=None)
            ).rowcount
            if freed:
                self._audit.append(
                    connection, "first_call.released", actor=actor, referral_id=referral_id
                )

    def _find(
        self, *which: sa.ColumnElement[bool] | sa.TextClause, limit: int | None = None
    ) -> list[FirstCall]:
        query = sa.select(first_call).where(*which)
        query = query.order_by(first_call.c.starts_at, first_call.c.id).limit(limit)
        with self._store.read() as connection:
            return [
                FirstCall(row.id, row.clinician, from_micros(row.starts_at), row.taken_by)
                for row in connection.execute(query)
            ]
