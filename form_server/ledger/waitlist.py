"""The waitlist: who waits for room, since when, for whom, and when they hear from us next.

A place is kept by when it was taken, and no later change moves it. It ends by hand, or with the
referral: a closed referral stands on no list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.group_rows import NewPlace, WaitingPlace, WaitsFor
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral, to_referral
from form_server.ledger.rows import Referral, ReferralState
from form_server.ledger.tables import ON_LIST, OPEN, referral, waiting_place
from form_server.ledger.upsert import upsert

_OPEN_REFERRAL = sa.text("referral.state != 'closed'")


@dataclass(frozen=True)
class Waiting:
    """A place, and the referral that holds it."""

    place: WaitingPlace
    referral: Referral


class Waitlist:
    """Each change is one commit, with its audit row. Raises NotFound for what is not there."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def add(self, new: NewPlace) -> None:
        """Takes a place, or changes what one waits for and when one hears next; NotNow once closed.

        Who is on the list keeps their place in it; who comes back after leaving stands at its end.
        """
        now = to_micros(self._clock())
        told = to_micros(new.told_at)
        wish = {
            "user_id": new.user_id,
            "clinician": new.clinician,
            "wanted": new.wanted.value,
            "every_weeks": new.every_weeks,
            "next_on": new.next_on.isoformat(),
        }
        fresh = {"since": now, "told_at": told, "offered_at": None, "offered": None}
        with self._store.write() as connection:
            found = get_referral(connection, new.referral_id, to_change=True)
            if found.state is ReferralState.CLOSED:
                raise NotNow("referral", found.id, found.state.value, "open")
            insert = upsert(connection, waiting_place).values(
                referral_id=found.id, left_at=None, **wish, **fresh
            )
            was_off = waiting_place.c.left_at.is_not(None)
            kept = {
                name: sa.case((was_off, insert.excluded[name]), else_=waiting_place.c[name])
                for name in ("since", "offered_at", "offered")
            }
            kept["told_at"] = sa.case(
                (was_off, insert.excluded.told_at),
                else_=sa.func.coalesce(insert.excluded.told_at, waiting_place.c.told_at),
            )
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=[waiting_place.c.referral_id],
                    set_={**wish, **kept, "left_at": None},
                )
            )
            detail = f"weeks={new.every_weeks} told={'yes' if new.told_at else 'no'}"
            self._note(connection, "waitlist.joined", found.id, new.user_id, detail)

    def told(self, referral_id: str, next_on: date, user_id: str) -> None:
        """The patient heard from us, and hears again on `next_on`."""
        changes = {"told_at": to_micros(self._clock()), "next_on": next_on.isoformat()}
        self._change(referral_id, user_id, "waitlist.told", next_on.isoformat(), changes)

    def offer(self, referral_id: str, clinician: str, user_id: str) -> None:
        """Room was offered; the place is kept until they say yes or no."""
        changes = {"offered_at": to_micros(self._clock()), "offered": clinician}
        self._change(referral_id, user_id, "waitlist.offered", clinician, changes)

    def decline(self, referral_id: str, user_id: str) -> None:
        """They do not take what was offered, and keep their place."""
        changes = {"offered_at": None, "offered": None}
        self._change(referral_id, user_id, "waitlist.offer_declined", "", changes)

    def leave(self, referral_id: str, user_id: str) -> None:
        """Off the list; the referral stays as it is."""
        changes = {"left_at": to_micros(self._clock())}
        self._change(referral_id, user_id, "waitlist.left", "", changes)

    def of(self, referral_id: str) -> WaitingPlace | None:
        """The place it holds now."""
        return self.places([referral_id]).get(referral_id)

    def places(self, referral_ids: Sequence[str]) -> dict[str, WaitingPlace]:
        """Of several at once, for a list; who is not on the list is left out."""
        which = waiting_place.c.referral_id.in_(referral_ids)
        query = sa.select(waiting_place).where(ON_LIST, which)
        with self._store.read() as connection:
            return {row.referral_id: _to_place(row) for row in connection.execute(query)}

    def listed(self, inbox_ids: Sequence[str], limit: int = 200) -> list[Waiting]:
        """In the order in which they came on the list."""
        query = (
            sa.select(waiting_place)
            .join(referral, referral.c.id == waiting_place.c.referral_id)
            .where(ON_LIST, _OPEN_REFERRAL, referral.c.inbox_id.in_(inbox_ids))
            .order_by(waiting_place.c.since, waiting_place.c.referral_id)
            .limit(limit)
        )
        with self._store.read() as connection:
            places = [_to_place(row) for row in connection.execute(query)]
            held = sa.select(referral).where(
                OPEN, referral.c.id.in_([one.referral_id for one in places])
            )
            referrals = {row.id: to_referral(row) for row in connection.execute(held)}
        return [Waiting(one, referrals[one.referral_id]) for one in places]

    def count(self, inbox_ids: Sequence[str]) -> int:
        return self._count(inbox_ids, sa.true())

    def due(self, inbox_ids: Sequence[str], today: date) -> int:
        """How many are to hear from us by today."""
        return self._count(inbox_ids, waiting_place.c.next_on <= today.isoformat())

    def _count(self, inbox_ids: Sequence[str], which: sa.ColumnElement[bool]) -> int:
        counted = (
            sa.select(sa.func.count())
            .select_from(waiting_place)
            .join(referral, referral.c.id == waiting_place.c.referral_id)
            .where(ON_LIST, _OPEN_REFERRAL, referral.c.inbox_id.in_(inbox_ids), which)
        )
        with self._store.read() as connection:
            return connection.scalar(counted) or 0

    def _change(
        self,
        referral_id: str,
        user_id: str,
        action: str,
        detail: str,
        changes: Mapping[str, object],
    ) -> None:
        here = sa.and_(waiting_place.c.referral_id == referral_id, ON_LIST)
        with self._store.write() as connection:
            get_referral(connection, referral_id, to_change=True)
            changed = connection.execute(waiting_place.update().where(here).values(**changes))
            if changed.rowcount != 1:
                raise NotFound("place on the waitlist", referral_id)
            self._note(connection, action, referral_id, user_id, detail)

    def _note(
        self, connection: Connection, action: str, referral_id: str, user_id: str, detail: str
    ) -> None:
        self._audit.append(
            connection, action, actor=f"user:{user_id}", referral_id=referral_id, detail=detail
        )


def _to_place(row: sa.Row[tuple[object, ...]]) -> WaitingPlace:
    return WaitingPlace(
        referral_id=row.referral_id,
        user_id=row.user_id,
        clinician=row.clinician,
        wanted=WaitsFor(row.wanted),
        every_weeks=row.every_weeks,
        next_on=date.fromisoformat(row.next_on),
        told_at=from_micros(row.told_at),
        since=from_micros(row.since),
        offered_at=from_micros(row.offered_at),
        offered=row.offered,
        left_at=from_micros(row.left_at),
    )
