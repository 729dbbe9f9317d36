"""What a referral's way from one inbox to another changes beside its seal, in the commit that moves it.

Who handed it where is kept. In the other inbox nobody has seen it yet, so an alarm that was paused
goes on there, and a claim ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.claims import drop_claim
from form_server.ledger.engine import Store
from form_server.ledger.group_rows import Handover
from form_server.ledger.ids import new_id
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import DeliveryKind, NewDelivery, Referral, ReferralState
from form_server.ledger.tables import DUE, delivery, handover, referral


class Handovers:
    """Reading only; `Moves` writes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, referral_id: str) -> list[Handover]:
        """Every way it went, oldest first."""
        query = sa.select(handover).where(handover.c.referral_id == referral_id)
        with self._store.read() as connection:
            return [
                Handover(
                    id=row.id,
                    referral_id=row.referral_id,
                    from_inbox_id=row.from_inbox_id,
                    to_inbox_id=row.to_inbox_id,
                    actor=row.actor,
                    at=from_micros(row.at),
                )
                for row in connection.execute(query.order_by(handover.c.at, handover.c.id))
            ]


def hand_over(
    connection: Connection,
    before: Referral,
    inbox_id: str,
    at: datetime,
    *,
    actor: str,
    deliveries: Sequence[NewDelivery],
) -> None:
    """Within the transaction that moves it; `deliveries` tell who is there."""
    now = to_micros(at)
    connection.execute(
        handover.insert(),
        {
            "id": new_id(at),
            "referral_id": before.id,
            "from_inbox_id": before.inbox_id,
            "to_inbox_id": inbox_id,
            "actor": actor,
            "at": now,
        },
    )
    drop_claim(connection, before.id)
    if before.state is ReferralState.ACKNOWLEDGED:
        _wake_alarm(connection, before.id, now)
    if deliveries:
        connection.execute(delivery.insert(), delivery_values(deliveries, now))


def _wake_alarm(connection: Connection, referral_id: str, now: int) -> None:
    """Somebody saw it in the inbox that it left, and nobody yet in the one that it came to."""
    connection.execute(
        referral.update()
        .where(referral.c.id == referral_id)
        .values(state=ReferralState.WAITING.value, acknowledged_at=None, acknowledged_by=None)
    )
    clock = sa.and_(
        delivery.c.referral_id == referral_id, delivery.c.kind == DeliveryKind.CLOCK.value, DUE
    )
    connection.execute(delivery.update().where(clock).values(due_at=now))
