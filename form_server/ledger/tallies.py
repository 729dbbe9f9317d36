"""What came from each source in a span, for lists and for the scorecard: one query for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.flags import QUARANTINE, flagged
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import Fit, Outcome
from form_server.ledger.source_rows import SourceCounts, SourceTally
from form_server.ledger.tables import appointment, referral

_NOBODY = [Outcome.SPAM.value, Outcome.DUPLICATE.value, Outcome.DRILL.value]
_SECOND = 1_000_000
_KEPT_COUNTS = 8192
_CODE = sa.func.coalesce(referral.c.source, "").label("code")


@dataclass
class _Sums:
    fits: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    referrals: int = 0
    unthanked: int = 0
    last: int = 0
    last_mismatch: int | None = None
    responses: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


class Tallies:
    """Reading only, of referrals received from `since` to just before `until`; nothing sealed is
    read. By code, "" for what came under none; whoever sent nobody is left out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def counts(
        self, inbox_ids: Sequence[str], since: datetime, until: datetime
    ) -> dict[str, SourceCounts]:
        """Added up by the store, for long lists."""
        columns = referral.c
        fits = [
            sa.func.sum(sa.case((columns.fit == fit.value, 1), else_=0)).label(fit.name)
            for fit in (Fit.IN, Fit.EDGE, Fit.OUT)
        ]
        mismatched = sa.case((columns.fit == Fit.OUT.value, columns.received_at))
        query = (
            sa.select(
                _CODE,
                sa.func.count(),
                *fits,
                sa.func.sum(sa.case((columns.thanked_at.is_(None), 1), else_=0)),
                sa.func.max(columns.received_at),
                sa.func.max(mismatched),
            )
            .where(*_came(inbox_ids, since, until))
            .group_by(_CODE)
        )
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        return {code: _to_counts(*sums) for code, *sums in rows}

    def over(
        self, inbox_ids: Sequence[str], since: datetime, until: datetime
    ) -> dict[str, SourceTally]:
        """With every wait, because a median cannot be added up."""
        columns = referral.c
        query = (
            sa.select(
                _CODE,
                columns.received_at,
                columns.first_contact_at,
                columns.fit,
                columns.outcome,
                columns.thanked_at,
                appointment.c.starts_at,
            )
            .select_from(referral.outerjoin(appointment))
            .where(*_came(inbox_ids, since, until))
        )
        sums: dict[str, _Sums] = {}
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        for code, received, contacted, fit, outcome, thanked, starts in rows:
            one = sums.get(code) or sums.setdefault(code, _Sums())
            one.referrals += 1
            one.unthanked += thanked is None
            one.last = max(one.last, received)
            if contacted is not None:
                one.responses.append((contacted - received) / _SECOND)
            if starts is not None:
                one.waits.append((starts - received) / _SECOND)
            if outcome is not None:
                one.outcomes[outcome] += 1
            if fit is not None:
                one.fits[fit] += 1
            if fit == Fit.OUT.value:
                one.last_mismatch = max(one.last_mismatch or 0, received)
        return {code: _to_tally(one) for code, one in sums.items()}

    def received(
        self,
        inbox_ids: Sequence[str],
        since: datetime,
        until: datetime,
        codes: Sequence[str] | None = None,
    ) -> dict[str, list[datetime]]:
        """When each came, oldest first; from these sources, or from all and from none."""
        columns = referral.c
        which = _came(inbox_ids, since, until)
        if codes is not None:
            which.append(columns.source.in_(codes))
        query = sa.select(_CODE, columns.received_at).where(*which).order_by(columns.received_at)
        found: dict[str, list[datetime]] = {}
        with self._store.read() as connection:
            for code, received in connection.execute(query).all():
                found.setdefault(code, []).append(from_micros(received))
        return found


def _came(
    inbox_ids: Sequence[str], since: datetime, until: datetime
) -> list[sa.ColumnElement[bool]]:
    columns = referral.c
    return [
        columns.inbox_id.in_(inbox_ids),
        columns.received_at >= to_micros(since),
        columns.received_at < to_micros(until),
        sa.or_(columns.outcome.is_(None), columns.outcome.not_in(_NOBODY)),
        # Most have no flag at all, and are not searched for one.
        sa.or_(columns.flags == "", sa.not_(sa.or_(flagged("drill"), flagged(QUARANTINE)))),
    ]


@lru_cache(maxsize=_KEPT_COUNTS)  # few of thousands change between two looks
def _to_counts(
    referrals: int,
    fits: int,
    edges: int,
    mismatches: int,
    unthanked: int,
    last: int,
    last_mismatch: int | None,
) -> SourceCounts:
    """Sums come from PostgreSQL as decimals."""
    return SourceCounts(
        referrals,
        int(fits),
        int(edges),
        int(mismatches),
        int(unthanked),
        from_micros(last),
        from_micros(last_mismatch),
    )


def _to_tally(sums: _Sums) -> SourceTally:
    counts = _to_counts(
        sums.referrals,
        sums.fits[Fit.IN.value],
        sums.fits[Fit.EDGE.value],
        sums.fits[Fit.OUT.value],
        sums.unthanked,
        sums.last,
        sums.last_mismatch,
    )
    return SourceTally(counts, tuple(sums.responses), tuple(sums.waits), dict(sums.outcomes))
