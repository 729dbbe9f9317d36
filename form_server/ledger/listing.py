"""The whole list of the inbox: every referral that somebody may open, newest first, page by page.

What is asked for stands in clear and in one index; the sealed part is read for the rows shown only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.flags import flagged
from form_server.ledger.moments import to_micros
from form_server.ledger.referrals import to_referral
from form_server.ledger.rows import CameBy, Fit, Outcome, Referral, ReferralState
from form_server.ledger.tables import OPEN, referral

PAGE: Final = 25


class Kept(StrEnum):
    """What became of the promise of a call."""

    IN_TIME = "in_time"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"


@dataclass(frozen=True)
class Hint:
    """Words of a search as they may stand in clear: a row is found by any one of them."""

    receipt: str = ""
    """A part of it."""
    sources: tuple[str, ...] = ()
    states: tuple[ReferralState, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return any((self.receipt, self.sources, self.states, self.outcomes, self.since))


@dataclass(frozen=True)
class Sieve:
    """What a list holds; what is None asks for all.

    `states` are any of these. `source` is "" for referrals without one. `came_by` is a way, or the
    empty string for those that came through a form. `fit` is "" for what nobody has weighed.
    `since` is the first moment, `until` the first one that is too late.
    """

    inbox_ids: tuple[str, ...]
    states: tuple[ReferralState, ...] = ()
    kept: Kept | None = None
    source: str | None = None
    kind: str | None = None
    came_by: CameBy | str | None = None
    outcome: Outcome | None = None
    fit: Fit | str | None = None
    flag: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    hint: Hint = field(default_factory=Hint)


@dataclass(frozen=True)
class Spot:
    """A place in the list: that of one referral."""

    received_at: int
    id: str


@dataclass(frozen=True)
class Listed:
    """Newest first. `older` and `newer` are where the neighbouring pages begin, or None."""

    referrals: tuple[Referral, ...]
    older: Spot | None
    newer: Spot | None


class Listing:
    """Reading only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self,
        sieve: Sieve,
        now: datetime,
        *,
        beside: Spot | None = None,
        towards_newer: bool = False,
        limit: int = PAGE,
    ) -> Listed:
        """Those before `beside` in time, or after it; without it the newest, or the oldest, page."""
        place = sa.tuple_(referral.c.received_at, referral.c.id)
        query = sa.select(referral).where(*_conditions(sieve, now))
        if beside is not None:
            here = sa.tuple_(sa.literal(beside.received_at), sa.literal(beside.id))
            query = query.where(place > here if towards_newer else place < here)
        order = (referral.c.received_at, referral.c.id)
        turned = order if towards_newer else tuple(one.desc() for one in order)
        with self._store.read() as connection:
            # One more than asked for tells whether the list goes on.
            rows = connection.execute(query.order_by(*turned).limit(limit + 1)).all()
        goes_on, shown = len(rows) > limit, rows[:limit]
        if towards_newer:
            shown = shown[::-1]
        is_beside = beside is not None
        has_older, has_newer = (is_beside, goes_on) if towards_newer else (goes_on, is_beside)
        return Listed(
            tuple(to_referral(row) for row in shown),
            _spot(shown[-1]) if shown and has_older else None,
            _spot(shown[0]) if shown and has_newer else None,
        )

    def count(self, sieve: Sieve, now: datetime) -> int:
        counted = sa.select(sa.func.count()).select_from(referral)
        with self._store.read() as connection:
            return connection.scalar(counted.where(*_conditions(sieve, now))) or 0

    def of(self, referral_ids: Sequence[str]) -> list[Referral]:
        """Those of these ids that are there, newest first."""
        query = sa.select(referral).where(referral.c.id.in_(referral_ids))
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(referral.c.received_at.desc()))
            return [to_referral(row) for row in rows]


def _spot(row: sa.Row[tuple[object, ...]]) -> Spot:
    return Spot(row.received_at, row.id)


def _conditions(sieve: Sieve, now: datetime) -> list[sa.ColumnElement[bool] | sa.TextClause]:
    columns = referral.c
    found: list[sa.ColumnElement[bool] | sa.TextClause] = [columns.inbox_id.in_(sieve.inbox_ids)]
    if sieve.states:
        found.append(columns.state.in_([state.value for state in sieve.states]))
    if sieve.kept is not None:
        found += _promise_is(sieve.kept, now)
    for column, value in (
        (columns.source, sieve.source),
        (columns.came_by, sieve.came_by),
        (columns.fit, sieve.fit),
    ):
        if value is not None:
            found.append(column == str(value) if value else column.is_(None))
    if sieve.kind is not None:
        found.append(columns.kind == sieve.kind)
    if sieve.outcome is not None:
        found.append(columns.outcome == sieve.outcome.value)
    if sieve.flag is not None:
        found.append(flagged(sieve.flag))
    found += _received(sieve.since, sieve.until)
    if sieve.hint:
        found.append(_hinted(sieve.hint))
    return found


def _promise_is(kept: Kept, now: datetime) -> list[sa.ColumnElement[bool] | sa.TextClause]:
    first, promised = referral.c.first_contact_at, referral.c.promised_by
    match kept:
        case Kept.KEPT:
            return [first <= promised]
        case Kept.LATE:
            return [first > promised]
        case Kept.OVERDUE:
            return [OPEN, first.is_(None), promised < to_micros(now)]
        case Kept.IN_TIME:
            return [OPEN, first.is_(None), promised >= to_micros(now)]


def _received(since: datetime | None, until: datetime | None) -> list[sa.ColumnElement[bool]]:
    found = []
    if since is not None:
        found.append(referral.c.received_at >= to_micros(since))
    if until is not None:
        found.append(referral.c.received_at < to_micros(until))
    return found


def _hinted(hint: Hint) -> sa.ColumnElement[bool]:
    any_of: list[sa.ColumnElement[bool]] = []
    if hint.receipt:
        any_of.append(referral.c.receipt.contains(hint.receipt, autoescape=True))
    if hint.sources:
        any_of.append(referral.c.source.in_(hint.sources))
    if hint.states:
        any_of.append(referral.c.state.in_([state.value for state in hint.states]))
    if hint.outcomes:
        any_of.append(referral.c.outcome.in_([outcome.value for outcome in hint.outcomes]))
    if hint.since is not None:
        any_of.append(sa.and_(*_received(hint.since, hint.until)))
    return sa.or_(*any_of)
