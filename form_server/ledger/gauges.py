"""What outside monitoring watches: how much lies here, and how late the oldest of it is. Counts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.flags import DRILL, QUARANTINE, flagged
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import Channel, DeliveryKind
from form_server.ledger.tables import DUE, OPEN, UNCHAINED, audit, delivery, referral


@dataclass(frozen=True)
class Gauges:
    """All of one moment; drills are counted nowhere."""

    referrals: Mapping[str, int]
    """By `kind`, ever received and not erased."""
    waiting: int
    """Open, and nobody has tried to reach the patient."""
    overdue: int
    """Of those, past what was promised."""
    aside: int
    """Open and in quarantine, so not among those waiting."""
    deliveries: Mapping[tuple[str, str], int]
    """By channel and state; what sends nothing is no delivery."""
    oldest_due_at: Mapping[str, datetime]
    """By channel: when the first one of those that are not out yet fell due."""
    unchained: int
    """Entries of the record that no chain holds yet."""


def read_gauges(connection: Connection, now: datetime) -> Gauges:
    count = sa.func.count()
    real = sa.not_(flagged(DRILL))
    kinds = sa.select(referral.c.kind, count).where(real).group_by(referral.c.kind)
    is_aside, is_late = flagged(QUARANTINE), referral.c.promised_by < to_micros(now)
    untried = sa.select(
        count,
        count.filter(is_aside),
        count.filter(is_late, sa.not_(is_aside)),
    ).where(OPEN, real, referral.c.first_contact_at.is_(None))
    untried_ones, aside, overdue = connection.execute(untried).one()
    sends = delivery.c.channel != Channel.NONE.value
    states = (
        sa.select(delivery.c.channel, delivery.c.state, count)
        .where(sends)
        .group_by(delivery.c.channel, delivery.c.state)
    )
    first = (
        sa.select(delivery.c.channel, sa.func.min(delivery.c.due_at))
        .where(DUE, sends, delivery.c.kind != DeliveryKind.CLOCK.value)
        .group_by(delivery.c.channel)
    )
    return Gauges(
        referrals={row.kind: row[1] for row in connection.execute(kinds)},
        waiting=untried_ones - aside,
        overdue=overdue,
        aside=aside,
        deliveries={(way, state): n for way, state, n in connection.execute(states)},
        oldest_due_at={way: from_micros(at) for way, at in connection.execute(first)},
        unchained=connection.scalar(sa.select(count).select_from(audit).where(UNCHAINED)) or 0,
    )
