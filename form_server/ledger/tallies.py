"""What came from each source in a span, for lists and for the scorecard: one query for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from form_server.ledger.came import CODE, came
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import Fit
from form_server.ledger.source_rows import SourceCounts, SourceTally
from form_server.ledger.tables import appointment, referral

_SECOND = 1_000_000
_KEPT_COUNTS = 8192


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
                CODE,
                sa.func.count(),
                *fits,
                sa.func.sum(sa.case((columns.thanked_at.is_(None), 1), else_=0)),
                sa.func.max(columns.received_at),
                sa.func.max(mismatched),
            )
            .where(*came(inbox_ids, since, until))
            .group_by(CODE)
        )
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        return {code: _to_counts(*sums) for code, *sums in rows}

    def over(
        self,
        inbox_ids: Sequence[str],
        since: datetime,
        until: datetime,
        codes: Sequence[str] | None = None,
    ) -> dict[str, SourceTally]:
        """With every wait, because a median cannot be added up; of these sources, or of all."""
        columns = referral.c
        which = came(inbox_ids, since, until)
        if codes is not None:
            which.append(columns.source.in_(codes))
        query = (
            sa.select(
                CODE,
                columns.received_at,
                columns.first_contact_at,
                columns.fit,
                columns.outcome,
                columns.thanked_at,
                appointment.c.starts_at,
            )
            .select_from(referral.outerjoin(appointment))
            .where(*which)
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

    def by_span(
        self, inbox_ids: Sequence[str], edges: Sequence[datetime], code: str | None = None
    ) -> list[SourceTally]:
        """For each span from one edge to just before the next, all sources together, or one; the
        edges go up. Counts are added up by the store, so that two years cost little more than one.
        """
        columns, span = referral.c, _span(edges)
        which = came(inbox_ids, edges[0], edges[-1])
        if code is not None:
            which.append(columns.source.in_([code]))
        grouped = (span, columns.fit, columns.outcome)
        unthanked = sa.func.sum(sa.case((columns.thanked_at.is_(None), 1), else_=0))
        counted = (
            sa.select(*grouped, sa.func.count(), unthanked, sa.func.max(columns.received_at))
            .where(*which)
            .group_by(*grouped)
        )
        response = columns.first_contact_at - columns.received_at
        responses = sa.select(span, response).where(*which, columns.first_contact_at.is_not(None))
        waits = (
            sa.select(span, appointment.c.starts_at - columns.received_at)
            .select_from(referral.join(appointment))
            .where(*which)
        )
        sums = [_Sums() for _ in edges[1:]]
        with self._store.read() as connection:
            for place, *group in connection.execute(counted).all():
                _add_group(sums[place], *group)
            for place, wait in connection.execute(responses).all():
                sums[place].responses.append(wait / _SECOND)
            for place, wait in connection.execute(waits).all():
                sums[place].waits.append(wait / _SECOND)
        return [_to_tally(one) for one in sums]

    def counts_by_span(
        self, inbox_ids: Sequence[str], edges: Sequence[datetime]
    ) -> list[dict[str, int]]:
        """How many came from each source in each span between two edges, by code."""
        grouped = (_span(edges), CODE)
        query = (
            sa.select(*grouped, sa.func.count())
            .where(*came(inbox_ids, edges[0], edges[-1]))
            .group_by(*grouped)
        )
        found: list[dict[str, int]] = [{} for _ in edges[1:]]
        with self._store.read() as connection:
            for place, code, count in connection.execute(query).all():
                found[place][code] = count
        return found

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


def _span(edges: Sequence[datetime]) -> sa.ColumnElement[int]:
    """The number of the span that a referral came in, from 0."""
    received_at = referral.c.received_at
    whens = [(received_at < to_micros(edge), place) for place, edge in enumerate(edges[1:])]
    return sa.case(*whens, else_=len(edges)).label("span")


def _add_group(
    sums: _Sums, fit: str | None, outcome: str | None, count: int, unthanked: int, last: int
) -> None:
    sums.referrals += count
    sums.unthanked += int(unthanked)
    sums.last = max(sums.last, last)
    if outcome is not None:
        sums.outcomes[outcome] += count
    if fit is not None:
        sums.fits[fit] += count
    if fit == Fit.OUT.value:
        sums.last_mismatch = max(sums.last_mismatch or 0, last)


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


def _to_tally(sums: _Sums) -> SourceTally:
    counts = _to_counts(
        sums.referrals,
        sums.fits[Fit.IN.value],
        sums.fits[Fit.EDGE.value],
        sums.fits[Fit.OUT.value],
        sums.unthanked,
        sums.last or None,
        sums.last_mismatch,
    )
    return SourceTally(counts, tuple(sums.responses), tuple(sums.waits), dict(sums.outcomes))
