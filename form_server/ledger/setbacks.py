"""What a wall clock that ran ahead has written into the future, found and brought back.

A row of a moment that has not come yet proves that the clock was ahead. Whatever such a clock wrote
would lie still until that moment comes: notices unsent, clocks unwound, promises unguarded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from form_server.ledger.agenda import Appointment
from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral, to_referral
from form_server.ledger.rows import Channel, DeliveryKind, DeliveryState, Referral
from form_server.ledger.tables import (
    DUE,
    OPEN,
    delivery,
    fingerprint,
    ration,
    referral,
    session,
    sign_in_failure,
)

LONGEST_RETRY: Final = timedelta(minutes=15)
"""No failure puts a row off for longer."""
SLACK: Final = timedelta(minutes=2)
"""Machines that share a ledger may be so far apart, and a clock may be set back so far unnoticed."""
_LONGEST_COUNT: Final = timedelta(days=2)  # of what is kept for a while, and then forgotten

_BY_CLOCK = delivery.c.channel == Channel.NONE.value
_RETRYING = delivery.c.state == DeliveryState.RETRYING.value


@dataclass(frozen=True)
class Astray:
    """The clock of a referral whose next look is a while away, and the referral as it stands."""

    one: Appointment
    referral: Referral


class Setbacks:
    """Each method is one transaction. Nothing here finds anything while the clock keeps its course."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def from_the_future(self, now: datetime) -> list[str]:
        """Open referrals that came in later than now; their ids."""
        ahead = sa.select(referral.c.id).where(OPEN, referral.c.received_at > _edge(now))
        with self._store.read() as connection:
            return list(connection.scalars(ahead.order_by(referral.c.id)))

    def restart(
        self, referral_id: str, now: datetime, promise: Callable[[Referral], datetime]
    ) -> bool:
        """Lets an open referral from the future have come in now; False when it is none.

        `promise` says by when it is answered then. Raises NotFound.
        """
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            if before.closed_at is not None or before.received_at <= now + SLACK:
                return False
            promised_by = promise(before)
            paused_at = before.acknowledged_at and min(before.acknowledged_at, now)
            connection.execute(
                referral.update()
                .where(referral.c.id == referral_id)
                .values(
                    received_at=to_micros(now),
                    promised_by=to_micros(min(promised_by, before.promised_by)),
                    acknowledged_at=to_micros(paused_at),
                )
            )
            self._audit.append(
                connection,
                "referral.time_put_right",
                actor="clock",
                referral_id=referral_id,
                detail=f"received_at={before.received_at:%Y-%m-%dT%H:%M:%SZ}",
            )
        return True

    def clocks(self, now: datetime) -> list[Astray]:
        """The clocks of open referrals whose next look is further away than a failure puts it."""
        away = sa.and_(
            DUE,
            delivery.c.kind == DeliveryKind.CLOCK.value,
            delivery.c.due_at > to_micros(now + LONGEST_RETRY + SLACK),
        )
        waiting = sa.and_(OPEN, referral.c.first_contact_at.is_(None))
        whose = sa.select(referral).where(
            waiting, referral.c.id.in_(sa.select(delivery.c.referral_id).where(away))
        )
        with self._store.read() as connection:
            rows = connection.execute(sa.select(delivery).where(away).order_by(delivery.c.id)).all()
            found = {row.id: to_referral(row) for row in connection.execute(whose)}
        return [
            Astray(_appointment(row), found[row.referral_id])
            for row in rows
            if row.referral_id in found
        ]

    def bring_back(self, now: datetime) -> int:
        """Deliveries that a clock ahead of its time wrote or put off are due in time again; how many.

        What is sent later on purpose keeps its distance from when it was written.
        """
        at = to_micros(now)
        shifted = delivery.c.due_at - (delivery.c.created_at - at)
        in_time = sa.case((shifted < at, at), else_=shifted)
        sends = sa.and_(DUE, sa.not_(_BY_CLOCK))
        late = delivery.c.due_at > to_micros(now + LONGEST_RETRY + SLACK)
        with self._store.write() as connection:
            written = connection.execute(
                delivery.update()
                .where(sends, delivery.c.created_at > _edge(now))
                .values(due_at=in_time, created_at=at)
            ).rowcount
            put_off = connection.execute(
                delivery.update().where(sends, _RETRYING, late).values(due_at=at)
            ).rowcount
            if written or put_off:
                detail = f"written={written} put_off={put_off}"
                self._audit.append(
                    connection, "delivery.time_put_right", actor="clock", detail=detail
                )
        if written or put_off:
            self._store.wake.set()
        return written + put_off

    def pull(self, kind: DeliveryKind, latest: datetime, at: datetime) -> int:
        """Work of a kind that belongs to no referral and stands later than `latest` is due `at`."""
        stray = sa.and_(
            DUE, _BY_CLOCK, delivery.c.kind == kind.value, delivery.c.due_at > to_micros(latest)
        )
        with self._store.write() as connection:
            pulled = connection.execute(
                delivery.update().where(stray).values(due_at=to_micros(at))
            ).rowcount
            if pulled:
                self._audit.append(
                    connection, "agenda.time_put_right", actor="clock", detail=f"{kind.value}"
                )
        return pulled

    def forget(self, now: datetime) -> None:
        """What is kept for hours only, and says that it is from the future, is forgotten."""
        edge = _edge(now)
        later = to_micros(now + _LONGEST_COUNT + SLACK)
        stray: Sequence[sa.Delete] = (
            fingerprint.delete().where(fingerprint.c.expires_at > later),
            ration.delete().where(ration.c.expires_at > later),
            session.delete().where(session.c.last_seen_at > edge),
            sign_in_failure.delete().where(sign_in_failure.c.last_at > edge),
        )
        with self._store.write() as connection:
            for one in stray:
                connection.execute(one)


def _edge(now: datetime) -> int:
    return to_micros(now + SLACK)


def _appointment(row: sa.Row[tuple[object, ...]]) -> Appointment:
    return Appointment(
        row.id,
        DeliveryKind(row.kind),
        row.referral_id,
        from_micros(row.due_at),
        row.address,
        row.attempts,
    )
