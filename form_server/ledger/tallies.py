"""What came from each source in a span, for lists and for the scorecard: one query for all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from form_server.ledger.arrivals import Arrivals
from form_server.ledger.came import CODE, came
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import Fit
from form_server.ledger.source_rows import SourceCounts
from form_server.ledger.tables import appointment, referral

_SECOND = 1_000_000
_LONGEST = 10 * 366 * 86_400 * _SECOND  # no first call comes later than that
_KEPT_COUNTS = 8192


class Tallies:
    """Reading only, of referrals received from `since` to just before `until`; nothing sealed is
    read. By code, "" for what came under none; whoever sent nobody is left out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def counts(
        self,
        inbox_ids: Sequence[str],
        since: datetime,
        until: datetime,
        codes: Sequence[str] | None = None,
    ) -> dict[str, SourceCounts]:
        """Added up by the store, for long lists; of these sources, or of all and of none."""
        columns = referral.c
        which = came(inbox_ids, since, until)
        if codes is not None:
            which.append(columns.source.in_(codes))
        fits = [
            sa.func.sum(sa.case((columns.fit == fit.value, 1), else_=0)).label(fit.name)
            for fit in (Fit.IN, Fit.EDGE, Fit.OUT)
        ]
        mismatched = sa.case((columns.fit == Fit.OUT.value, columns.received_at))
        query = (
            sa.select(
                CODE,
                sa.func.count(),
                *fits,
                sa.func.sum(sa.case((columns.thanked_at.is_(None), 1), else_=0)),
                sa.func.max(columns.received_at),
                sa.func.max(mismatched),
            )
            .where(*which)
            .group_by(CODE)
        )
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        return {code: _to_counts(*sums) for code, *sums in rows}

    def arrivals(
        self, inbox_ids: Sequence[str], edges: Sequence[datetime], code: str | None = None
    ) -> Arrivals:
        """From the first edge to just before the last, which go up; of all sources, or of one.

        No row is read for it: what it asks for stands in one index, and days of appointments in
        another.
        """
        columns = referral.c
        which = came(inbox_ids, edges[0], edges[-1])
        if code is not None:
            which.append(columns.source.in_([code]))
        query = (
            sa.select(
                CODE,
                columns.received_at,
                columns.fit,
                columns.outcome,
                columns.first_contact_at - columns.received_at,
                appointment.c.starts_at - columns.received_at,
            )
            .select_from(referral.outerjoin(appointment))
            .where(*which)
        )
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        begins = [to_micros(edge) for edge in edges[1:-1]]
        # A list for each column: turning all rows over at once makes an iterator of each.
        spans = [bisect_right(begins, row[1]) for row in rows]
        return Arrivals(
            [row[0] for row in rows],
            spans,
            [row[2] for row in rows],
            [row[3] for row in rows],
            [
                # What is damaged takes no time, or some thousand years.
                None if row[4] is None or not 0 <= row[4] < _LONGEST else row[4] / _SECOND
                for row in rows
            ],
            [
                (row[0], span, row[5] / _SECOND)
                for row, span in zip(rows, spans, strict=True)
                if row[5] is not None
            ],
        )

    def received(
        self,
        inbox_ids: Sequence[str],
        since: datetime,
        until: datetime,
        codes: Sequence[str] | None = None,
    ) -> dict[str, list[datetime]]:
        """When each came, oldest first; from these sources, or from all and from none."""
        columns = referral.c
        which = came(inbox_ids, since, until)
        if codes is not None:
            which.append(columns.source.in_(codes))
        query = sa.select(CODE, columns.received_at).where(*which).order_by(columns.received_at)
        found: dict[str, list[datetime]] = {}
        with self._store.read() as connection:
            for code, received in connection.execute(query).all():
                found.setdefault(code, []).append(from_micros(received))
        return found


@lru_cache(maxsize=_KEPT_COUNTS)  # few of thousands change between two looks
def _to_counts(
    referrals: int,
    fits: int,
    edges: int,
    mismatches: int,
    unthanked: int,
    last: int | None,
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
