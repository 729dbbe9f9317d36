"""Referrals as the status page and the desk see them; no query runs once per row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.flags import DRILL, QUARANTINE, flagged
from form_server.ledger.moments import to_micros
from form_server.ledger.rows import (
    Attempt,
    AttemptMeans,
    AttemptResult,
    CameBy,
    Fit,
    Outcome,
    Referral,
    ReferralState,
)
from form_server.ledger.sound_rows import SoundRow, is_sound
from form_server.ledger.tables import OPEN, attempt, referral

_NO_DRILL = sa.not_(flagged(DRILL))
_NOT_ASIDE = sa.not_(flagged(QUARANTINE))
STATUS_SHOWN = timedelta(days=90)  # after closing; then the office's link ends


@dataclass(frozen=True)
class Place:
    """Where a page ended; the next one starts behind it. `contacted` is 0 or 1, and -1 for what has
    no promise that could be read."""

    contacted: int
    promised_by: int
    id: str


@dataclass(frozen=True)
class Page:
    """`after` leads to the next page, and is None on the last."""

    referrals: tuple[Referral, ...]
    after: Place | None


@dataclass(frozen=True)
class OpenCounts:
    """Open referrals nobody has tried to reach yet, and those somebody has."""

    waiting: int
    contacted: int


class Referrals:
    """Reading only; what changes a referral is in `Steps`."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def get(self, referral_id: str) -> Referral:
        """Raises NotFound."""
        with self._store.read() as connection:
            return get_referral(connection, referral_id)

    def by_status_hash(self, status_hash: bytes) -> Referral | None:
        """What an office's link leads to; None when unknown, or closed for 90 days."""
        found = self._one(referral.c.status_hash == status_hash)
        if found and found.closed_at and found.closed_at + STATUS_SHOWN <= self._clock():
            return None
        return found

    def by_receipt(self, receipt: str) -> Referral | None:
        """For whoever has an office on the phone."""
        return self._one(referral.c.receipt == receipt)

    def open_in(
        self,
        inbox_ids: Sequence[str],
        *,
        after: Place | None = None,
        limit: int = 50,
        with_kept_aside: bool = True,
    ) -> Page:
        """Open referrals: those nobody has tried to reach first, each part by promise. A promise
        that cannot be read comes before all others."""
        is_known = is_sound(referral.c.promised_by)
        is_untried = referral.c.first_contact_at.is_(None)
        contacted = sa.case((sa.not_(is_known), -1), (is_untried, 0), else_=1)
        promise = sa.case((is_known, referral.c.promised_by), else_=0)
        order = (contacted, promise, referral.c.id)
        query = _referrals(OPEN, referral.c.inbox_id.in_(inbox_ids)).order_by(*order)
        if not with_kept_aside:
            query = query.where(_NOT_ASIDE)
        if after is not None:
            behind = sa.tuple_(
                sa.literal(after.contacted), sa.literal(after.promised_by), sa.literal(after.id)
            )
            query = query.where(sa.tuple_(*order) > behind)
        with self._store.read() as connection:
            # One more than asked for tells whether there is a next page.
            rows = connection.execute(query.limit(limit + 1)).all()
        page = rows[:limit]
        last = page[-1] if len(rows) > limit else None
        return Page(
            tuple(to_referral(row) for row in page),
            last and _place(last),
        )

    def open_counts(self, inbox_ids: Sequence[str]) -> OpenCounts:
        """Without drills, behind which nobody waits, and without what is kept aside."""
        counted = sa.select(sa.func.count(), sa.func.count(referral.c.first_contact_at)).where(
            OPEN, referral.c.inbox_id.in_(inbox_ids), _NO_DRILL, _NOT_ASIDE
        )
        with self._store.read() as connection:
            every, contacted = connection.execute(counted).one()
        return OpenCounts(every - contacted, contacted)

    def promises(self, inbox_ids: Sequence[str], limit: int) -> list[tuple[str, datetime]]:
        """Receipts of those nobody has tried to reach, with their promises, the oldest first."""
        waiting: sa.Select[Any] = (
            sa.select(referral.c.id, referral.c.receipt, referral.c.promised_by)
            .where(_waiting_in(inbox_ids))
            .order_by(referral.c.promised_by, referral.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            rows = [SoundRow(row) for row in connection.execute(waiting)]
        return [(row.text("receipt"), row.moment("promised_by", row.drawn_at())) for row in rows]

    def overdue(self, inbox_ids: Sequence[str], now: datetime) -> int:
        """How many promises are broken and nobody has called yet."""
        late = referral.c.promised_by < to_micros(now)
        counted = sa.select(sa.func.count()).where(_waiting_in(inbox_ids), late)
        with self._store.read() as connection:
            return connection.scalar(counted) or 0

    def last_drill(self) -> Referral | None:
        """The one sent last, whatever became of it."""
        drills = _referrals(sa.not_(_NO_DRILL)).order_by(referral.c.received_at.desc()).limit(1)
        with self._store.read() as connection:
            row = connection.execute(drills).first()
        return None if row is None else to_referral(row)

    def attempts(self, referral_id: str) -> list[Attempt]:
        """Oldest first."""
        return self.attempts_of([referral_id])

    def attempts_of(self, referral_ids: Sequence[str]) -> list[Attempt]:
        """Of several at once, for a list; oldest first."""
        query = sa.select(attempt).where(attempt.c.referral_id.in_(referral_ids))
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(attempt.c.at, attempt.c.id))
            return [_to_attempt(row) for row in rows]

    def _one(self, which: sa.ColumnElement[bool]) -> Referral | None:
        with self._store.read() as connection:
            row = connection.execute(_referrals(which)).first()
        return None if row is None else to_referral(row)


def _place(last: sa.Row[Any]) -> Place:
    if "promised_by" in to_referral(last).damage:
        return Place(-1, 0, last.id)
    return Place(int(last.first_contact_at is not None), last.promised_by, last.id)


def _waiting_in(inbox_ids: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.and_(
        OPEN,
        referral.c.first_contact_at.is_(None),
        referral.c.inbox_id.in_(inbox_ids),
        _NO_DRILL,
    )


def get_referral(connection: Connection, referral_id: str, *, to_change: bool = False) -> Referral:
    """Within a caller's transaction, held until its end when `to_change`; raises NotFound."""
    query = _referrals(referral.c.id == referral_id)
    row = connection.execute(query.with_for_update() if to_change else query).first()
    if row is None:
        raise NotFound("referral", referral_id)
    return to_referral(row)


def _to_attempt(row: sa.Row[tuple[object, ...]]) -> Attempt:
    """A word that a failing disk spoiled becomes the one that promises least."""
    read = SoundRow(row)
    return Attempt(
        id=row.id,
        referral_id=row.referral_id,
        user_id=row.user_id,
        at=read.moment("at", read.drawn_at()),
        means=read.word_or_none(AttemptMeans, "means") or AttemptMeans.OTHER,
        result=read.word_or_none(AttemptResult, "result") or AttemptResult.NO_ANSWER,
        note=read.sealed_or_none("note"),
    )


def to_referral(row: sa.Row[tuple[object, ...]]) -> Referral:
    """Never fails: a row that is damaged says so, and stands where somebody looks at it.

    Without its promise it counts as overdue, without a known state as waiting.
    """
    read = SoundRow(row)
    received_at = read.moment("received_at", read.drawn_at())
    closed_at = read.moment_or_none("closed_at")
    state = read.word_or_none(ReferralState, "state")
    if state is ReferralState.CLOSED and "closed_at" in read.damage:
        closed_at = received_at  # it was settled, whenever that was
    return Referral(
        id=row.id,
        receipt=read.text("receipt"),
        kind=read.text("kind"),
        received_at=received_at,
        promised_by=read.moment("promised_by", received_at),
        source=read.text_or_none("source"),
        clinician=read.text_or_none("clinician"),
        inbox_id=row.inbox_id,
        key_version=read.count("key_version"),
        flags=frozenset(read.text("flags").split()),
        state=state or ReferralState.WAITING,
        attempt_count=read.count("attempt_count"),
        acknowledged_at=read.moment_or_none("acknowledged_at"),
        acknowledged_by=read.text_or_none("acknowledged_by"),
        first_contact_at=read.moment_or_none("first_contact_at"),
        last_attempt_at=read.moment_or_none("last_attempt_at"),
        closed_at=closed_at,
        outcome=read.word_or_none(Outcome, "outcome"),
        envelope=read.sealed("envelope"),
        fit=read.word_or_none(Fit, "fit"),
        came_by=read.word_or_none(CameBy, "came_by"),
        damage=tuple(read.damage),
    )


def _referrals(*which: sa.ColumnElement[bool] | sa.TextClause) -> sa.Select[tuple[object, ...]]:
    return sa.select(referral).where(*which)
