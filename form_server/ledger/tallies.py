"""What came from each source in a span, for the scorecard: one query for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import Fit, Outcome
from form_server.ledger.source_rows import SourceTally
from form_server.ledger.tables import appointment, referral

_NOBODY = frozenset({Outcome.SPAM.value, Outcome.DUPLICATE.value, Outcome.DRILL.value})
_NOT_A_PATIENT = frozenset({"drill", "quarantine"})
_SECOND = 1_000_000


@dataclass
class _Sums:
    fits: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    received: list[int] = field(default_factory=list)
    responses: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    last_mismatch: int | None = None


class Tallies:
    """Reading only; nothing sealed is read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def over(
        self, inbox_ids: Sequence[str], since: datetime, until: datetime
    ) -> dict[str, SourceTally]:
        """By code, referrals received from `since` to just before `until`; "" for those without a
        source. Whoever sent nobody is left out."""
        columns = referral.c
        query = (
            sa.select(
                sa.func.coalesce(columns.source, ""),
                columns.received_at,
                columns.first_contact_at,
                columns.fit,
                columns.outcome,
                columns.flags,
                appointment.c.starts_at,
            )
            .select_from(referral.outerjoin(appointment))
            .where(
                columns.inbox_id.in_(inbox_ids),
                columns.received_at >= to_micros(since),
                columns.received_at < to_micros(until),
            )
            .order_by(columns.received_at)
        )
        sums: dict[str, _Sums] = {}
        with self._store.read() as connection:
            for code, received, contacted, fit, outcome, flags, starts in connection.execute(query):
                if outcome in _NOBODY or (flags and _NOT_A_PATIENT & set(flags.split())):
                    continue
                one = sums.get(code) or sums.setdefault(code, _Sums())
                one.received.append(received)
                if contacted is not None:
                    one.responses.append((contacted - received) / _SECOND)
                if starts is not None:
                    one.waits.append((starts - received) / _SECOND)
                if outcome is not None:
                    one.outcomes[outcome] += 1
                if fit is not None:
                    one.fits[fit] += 1
                    one.last_mismatch = received if fit == Fit.OUT.value else one.last_mismatch
        return {code: _to_tally(one) for code, one in sums.items()}


def _to_tally(sums: _Sums) -> SourceTally:
    return SourceTally(
        referrals=len(sums.received),
        fits=sums.fits[Fit.IN.value],
        edges=sums.fits[Fit.EDGE.value],
        mismatches=sums.fits[Fit.OUT.value],
        first_response_s=tuple(sums.responses),
        to_appointment_s=tuple(sums.waits),
        outcomes=dict(sums.outcomes),
        received_at=tuple(from_micros(moment) for moment in sums.received),
        last_mismatch_at=from_micros(sums.last_mismatch),
    )
