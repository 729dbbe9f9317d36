"""When the last of each kind happened that tells whether the server does its work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.moments import from_micros
from form_server.ledger.rows import DeliveryState
from form_server.ledger.tables import audit, delivery

VERIFIED: Final = ("record.verified",)
PUT_RIGHT: Final = (
    "referral.time_put_right",
    "delivery.time_put_right",
    "agenda.time_put_right",
)


@dataclass(frozen=True)
class VitalSigns:
    """Each is None while it never happened. `put_right_at`: a clock that ran ahead was noticed."""

    last_sent_at: datetime | None
    verified_at: datetime | None
    put_right_at: datetime | None


def read_vital_signs(connection: Connection) -> VitalSigns:
    sent = sa.select(sa.func.max(delivery.c.sent_at)).where(
        delivery.c.state == DeliveryState.SENT.value
    )
    return VitalSigns(
        from_micros(connection.scalar(sent)),
        _last(connection, VERIFIED),
        _last(connection, PUT_RIGHT),
    )


def _last(connection: Connection, actions: tuple[str, ...]) -> datetime | None:
    latest = sa.select(sa.func.max(audit.c.at)).where(audit.c.action.in_(actions))
    found: int | None = connection.scalar(latest)
    return from_micros(found)
