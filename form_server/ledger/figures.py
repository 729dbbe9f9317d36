"""The figures on the desk's first page and of its years, from what stands in clear."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from form_server.ledger.efforts import Effort, read_effort
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import Outcome, ReferralState
from form_server.ledger.sound_rows import is_sound
from form_server.ledger.tables import referral

_CLOSED = ReferralState.CLOSED.value
_OUTCOMES = frozenset(Outcome)
_NOT_A_PATIENT = {"drill", "quarantine"}  # flags of what the figures leave out


@dataclass(frozen=True)
class Statistics:
    """Referrals received in a span of time.

    `kept` counts first contacts within the promise, `broken` those after it and promises that ran
    out with no contact; what is still in time is in neither. Times are as the calendar runs, not
    working hours. `by_source` has "" for referrals without a source.
    """

    received: int
    contacted: int
    closed: int
    kept: int
    broken: int
    median_to_first_contact: timedelta | None
    by_source: Mapping[str, int]
    by_outcome: Mapping[Outcome, int]
    first_contacts: Sequence[tuple[str, datetime, datetime]] = ()
    """Inbox, arrival and first contact of each that was contacted, to count in working hours."""


class Figures:
    """Reads, for whole inboxes at once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def effort(self, first_on: date, last_on: date, since: datetime, until: datetime) -> Effort:
        """What the practice did for those who refer, from a day to another; `since` and `until` are
        the same span as moments."""
        return read_effort(self._store, first_on, last_on, since, until)

    def over(
        self, inbox_ids: Sequence[str], since: datetime, until: datetime, now: datetime
    ) -> Statistics:
        """Referrals received from `since` to just before `until`, without drills and quarantine.

        All that it asks for stands in one index: no sealed row is read for a figure.
        """
        columns = referral.c
        query = sa.select(
            columns.inbox_id,
            columns.received_at,
            columns.promised_by,
            columns.first_contact_at,
            columns.state,
            columns.outcome,
            columns.source,
            columns.flags,
        ).where(
            columns.inbox_id.in_(inbox_ids),
            columns.received_at >= to_micros(since),
            columns.received_at < to_micros(until),
            # What is damaged is shown on the lists, and counted nowhere.
            is_sound(columns.promised_by),
            sa.or_(columns.first_contact_at.is_(None), is_sound(columns.first_contact_at)),
        )
        with self._store.read() as connection:
            rows = [
                row
                for row in connection.execute(query)
                if not _NOT_A_PATIENT & set(row.flags.split())
            ]
        contacted = [row for row in rows if row.first_contact_at is not None]
        kept = sum(row.first_contact_at <= row.promised_by for row in contacted)
        overdue = sum(
            row.first_contact_at is None
            and row.state != _CLOSED
            and row.promised_by < to_micros(now)
            for row in rows
        )
        waits = [row.first_contact_at - row.received_at for row in contacted]
        return Statistics(
            received=len(rows),
            contacted=len(contacted),
            closed=sum(row.state == _CLOSED for row in rows),
            kept=kept,
            broken=len(contacted) - kept + overdue,
            median_to_first_contact=(
                timedelta(microseconds=statistics.median(waits)) if waits else None
            ),
            by_source=Counter(row.source or "" for row in rows),
            by_outcome=Counter(Outcome(row.outcome) for row in rows if row.outcome in _OUTCOMES),
            first_contacts=[
                (row.inbox_id, from_micros(row.received_at), from_micros(row.first_contact_at))
                for row in contacted
            ],
        )
