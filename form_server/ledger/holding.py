"""Deliveries on hold: what a restored backup says is unfinished, and may have gone out since.

Nothing of it goes out by itself. The owner, who knows what arrived, lets it go or drops it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.deliveries import Deliveries
from form_server.ledger.engine import Store
from form_server.ledger.rows import ALARMS, Delivery, DeliveryState
from form_server.ledger.tables import DUE, HELD, delivery, question, referral

_ON_HOLD = delivery.c.state == DeliveryState.ON_HOLD.value
_ALARMS = [kind.value for kind in ALARMS]


class Holding:
    def __init__(
        self, store: Store, clock: Callable[[], datetime], audit: Audit, deliveries: Deliveries
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._deliveries = deliveries

    def hold_unfinished(self, *, actor: str) -> int:
        """Takes everything out of the queue that waits or was under way; how many."""
        unfinished = sa.or_(DUE, HELD)
        with self._store.write() as connection:
            held = connection.execute(
                delivery.update()
                .where(unfinished)
                .values(state=DeliveryState.ON_HOLD.value, owner=None, claimed_at=None)
            ).rowcount
            self._audit.append(connection, "delivery.held", actor=actor, detail=f"count={held}")
        return held

    def held(self) -> list[Delivery]:
        """Oldest due first."""
        return self._deliveries.where(_ON_HOLD)

    def release(self, only: Collection[str] = (), *, actor: str) -> int:
        """Puts what is on hold back in the queue, due as it was; how many. Empty `only` means all.

        Alarms about referrals and questions that somebody has taken care of since are dropped instead.
        """
        with self._store.write() as connection:
            dropped = _drop(connection, sa.and_(_chosen(only), _overtaken()))
            released = connection.execute(
                delivery.update().where(_chosen(only)).values(state=DeliveryState.PENDING.value)
            ).rowcount
            detail = f"count={released} overtaken={dropped}"
            self._audit.append(connection, "delivery.released", actor=actor, detail=detail)
        self._store.wake.set()
        return released

    def drop(self, only: Collection[str] = (), *, actor: str) -> int:
        """Ends what is on hold unsent and wipes its parcels; how many. Empty `only` means all."""
        with self._store.write() as connection:
            dropped = _drop(connection, _chosen(only))
            self._audit.append(
                connection, "delivery.dropped", actor=actor, detail=f"count={dropped}"
            )
        return dropped


def _drop(connection: Connection, which: sa.ColumnElement[bool]) -> int:
    ended = {"state": DeliveryState.DISMISSED.value, "parcel": None}
    return connection.execute(delivery.update().where(which).values(**ended)).rowcount


def _chosen(only: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(_ON_HOLD, delivery.c.id.in_(only)) if only else _ON_HOLD


def _overtaken() -> sa.ColumnElement[bool]:
    cared_for = sa.select(referral.c.id).where(
        sa.or_(referral.c.first_contact_at.is_not(None), referral.c.closed_at.is_not(None))
    )
    answered = sa.select(question.c.id).where(question.c.answered_at.is_not(None))
    about = sa.or_(delivery.c.referral_id.in_(cared_for), delivery.c.question_id.in_(answered))
    return sa.and_(delivery.c.kind.in_(_ALARMS), about)
