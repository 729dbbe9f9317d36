"""Referrals kept aside because they look automatic: sealed and clocked like all, told of in batches.

The commit that accepts one arms a row of the queue that sends nothing: when its time comes, it is
announced with all others that came meanwhile, and `announced` is added to their flags in the same
commit. So each is announced once, and two rows armed at once make one message. Whoever sees that one
is real takes the flag off, and what any other referral gets follows in that commit.

Reminders are of the same kind: rows that tell of all that an inbox keeps aside, one for each rung.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.agenda import Appointment
from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotNow
from form_server.ledger.flags import ANNOUNCED, QUARANTINE, flagged
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rations import Rations
from form_server.ledger.referrals import get_referral, to_referral
from form_server.ledger.rows import (
    Channel,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    Rationed,
    Referral,
    ReferralState,
)
from form_server.ledger.sound_rows import earliest_sound
from form_server.ledger.tables import DUE, OPEN, delivery, referral

_KEPT = sa.and_(OPEN, flagged(QUARANTINE))
_IS_SENT = delivery.c.state == DeliveryState.SENT.value
_IS_NEW = sa.not_(flagged(ANNOUNCED))


@dataclass(frozen=True)
class KeptAside:
    """What lies in quarantine in one or more inboxes: `new` of `count` were not announced yet.

    `oldest_at` and `promised_by` are the earliest; both None when nothing is there.
    """

    count: int
    new: int
    oldest_at: datetime | None
    promised_by: datetime | None


@dataclass(frozen=True)
class Reminding:
    """Whether one is written and waits for its turn, and when the last one went out."""

    waits: bool
    last_at: datetime | None


class Quarantine:
    """Each method is one transaction; `kept` and `look` see what is still open."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._rations = Rations(store)

    def look(self, inbox_ids: Sequence[str]) -> KeptAside:
        with self._store.read() as connection:
            return _look(connection, inbox_ids)

    def kept(self, inbox_ids: Sequence[str], limit: int = 50) -> list[Referral]:
        """By promise."""
        query = (
            sa.select(referral)
            .where(_KEPT, referral.c.inbox_id.in_(inbox_ids))
            .order_by(referral.c.promised_by, referral.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return [to_referral(row) for row in connection.execute(query)]

    def announce(
        self, one: Appointment, write: Callable[[KeptAside], Sequence[NewDelivery]]
    ) -> bool:
        """Ends the row of an announcement, with what `write` makes of what it finds.

        `write` is asked only when something was not announced yet. False when the row was taken or
        moved meanwhile.
        """
        now = to_micros(self._clock())
        fresh = sa.and_(_KEPT, _IS_NEW, referral.c.inbox_id == one.place)
        same = sa.and_(delivery.c.id == one.id, DUE, delivery.c.due_at == to_micros(one.due_at))
        with self._store.write() as connection:
            # Referrals before deliveries, as every step at the desk takes them.
            ids = list(
                connection.scalars(
                    sa.select(referral.c.id).where(fresh).order_by(referral.c.id).with_for_update()
                )
            )
            held = sa.select(delivery.c.id).where(same).with_for_update(skip_locked=True)
            if connection.scalar(held) is None:
                return False
            written = write(_look(connection, [one.place])) if ids else ()
            if written:
                connection.execute(delivery.insert(), delivery_values(written, now))
            if ids:
                connection.execute(
                    referral.update()
                    .where(fresh)
                    .values(flags=referral.c.flags + sa.literal(f" {ANNOUNCED}"))
                )
                self._audit.append(
                    connection,
                    "quarantine.announced",
                    actor="clock",
                    detail=f"{one.place} count={len(ids)} told={len(written)}",
                )
            connection.execute(
                delivery.update()
                .where(delivery.c.id == one.id)
                .values(state=DeliveryState.SENT.value, sent_at=now, last_error=None)
            )
        if written:
            self._store.wake.set()
        return True

    def reminding(self, inbox_id: str, rung: str, now: datetime) -> Reminding:
        """How the reminder of a rung stands that is written for all that an inbox keeps aside."""
        mine = _reminds(inbox_id, rung)
        past = sa.and_(mine, _IS_SENT, delivery.c.sent_at <= to_micros(now))
        with self._store.read() as connection:
            waits = connection.scalar(sa.select(delivery.c.id).where(mine, DUE).limit(1))
            last = connection.scalar(sa.select(sa.func.max(delivery.c.sent_at)).where(past))
        return Reminding(waits is not None, from_micros(last))

    def remind(
        self, one: Appointment, inbox_id: str, write: Callable[[KeptAside], Sequence[NewDelivery]]
    ) -> bool:
        """Ends the row of such a reminder, with what `write` makes of what still waits there.

        `write` is asked only when something does. False when the row was taken or moved meanwhile.
        """
        now = to_micros(self._clock())
        same = sa.and_(delivery.c.id == one.id, DUE, delivery.c.due_at == to_micros(one.due_at))
        with self._store.write() as connection:
            held = sa.select(delivery.c.id).where(same).with_for_update(skip_locked=True)
            if connection.scalar(held) is None:
                return False
            kept = _look(connection, [inbox_id], referral.c.first_contact_at.is_(None))
            written = write(kept) if kept.count else ()
            if written:
                connection.execute(delivery.insert(), delivery_values(written, now))
                self._audit.append(
                    connection,
                    "quarantine.reminded",
                    actor="clock",
                    detail=f"{one.place} count={kept.count} told={len(written)}",
                )
            connection.execute(
                delivery.update()
                .where(delivery.c.id == one.id)
                .values(state=DeliveryState.SENT.value, sent_at=now, last_error=None)
            )
        if written:
            self._store.wake.set()
        return True

    def rescue(
        self,
        referral_id: str,
        deliveries: Sequence[NewDelivery],
        user_id: str,
        rationed: Rationed | None = None,
    ) -> Referral:
        """Somebody says that it is real: it is like any other from now on, and `deliveries` go out.

        So does `rationed`, while its ration lasts. A second time changes nothing. Raises NotFound, or
        NotNow once it is closed.
        """
        now = to_micros(self._clock())
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            if before.state is ReferralState.CLOSED:
                raise NotNow("referral", referral_id, before.state.value, "open")
            if QUARANTINE not in before.flags:
                return before
            flags = " ".join(sorted(before.flags - {QUARANTINE, ANNOUNCED}))
            connection.execute(
                referral.update().where(referral.c.id == referral_id).values(flags=flags)
            )
            going = [*deliveries, *self._rations.within(connection, rationed)]
            if going:
                connection.execute(delivery.insert(), delivery_values(going, now))
            self._audit.append(
                connection,
                "referral.rescued",
                actor=f"user:{user_id}",
                referral_id=referral_id,
                detail=f"told={len(deliveries)}",
            )
            after = get_referral(connection, referral_id)
        self._store.wake.set()
        return after


def reminder_place(inbox_id: str, rungs: Sequence[str]) -> str:
    """Where the row of a reminder stands: its inbox, and the rungs that it tells of."""
    return f"{inbox_id} {'+'.join(rungs)}"


def read_place(place: str) -> tuple[str, list[str]]:
    """The inbox and the rungs; no rungs for an announcement, which stands at its inbox alone."""
    inbox_id, _, rungs = place.partition(" ")
    return inbox_id, rungs.split("+") if rungs else []


def _reminds(inbox_id: str, rung: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        delivery.c.kind == DeliveryKind.QUARANTINE.value,
        delivery.c.channel == Channel.NONE.value,
        delivery.c.address.startswith(f"{inbox_id} "),
        delivery.c.address.endswith(rung),
    )


def _look(
    connection: Connection, inbox_ids: Sequence[str], which: sa.ColumnElement[bool] | None = None
) -> KeptAside:
    is_new = sa.case((_IS_NEW, 1), else_=0)
    row = connection.execute(
        sa.select(
            sa.func.count().label("every"),
            sa.func.sum(is_new).label("new"),
            earliest_sound(referral.c.received_at).label("oldest"),
            earliest_sound(referral.c.promised_by).label("promised"),
        ).where(_KEPT, referral.c.inbox_id.in_(inbox_ids), *([] if which is None else [which]))
    ).one()
    return KeptAside(
        row.every, int(row.new or 0), from_micros(row.oldest), from_micros(row.promised)
    )
