"""First appointments, how long people wait for them, and the good-faith estimates they call for.

Times stand in clear, like every other time that the figures count by.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import Outcome, ReferralState
from form_server.ledger.sound_rows import is_sound
from form_server.ledger.tables import NOT_GIVEN, appointment, estimate, referral
from form_server.ledger.upsert import upsert

_NOT_A_PATIENT = {"drill", "quarantine"}  # flags of what the figures leave out
_NOBODY_COMES = (
    Outcome.REDIRECTED, Outcome.WITHDRAWN, Outcome.UNREACHABLE, Outcome.DUPLICATE, Outcome.SPAM,
    Outcome.DRILL,
)  # fmt: skip


@dataclass(frozen=True)
class Booked:
    """The first appointment: when it was agreed, and when it is."""

    booked_at: datetime
    starts_at: datetime


@dataclass(frozen=True)
class Estimate:
    """`self_pay`: they pay themselves, so that a booking calls for one; `asked_at`: they asked."""

    self_pay: bool
    asked_at: datetime | None
    given_at: datetime | None


@dataclass(frozen=True)
class EstimateOwed:
    """An estimate that was not given yet. `booked` and `asked_at` are not both None; the booking of
    somebody who does not pay themselves is left out, for it calls for none."""

    referral_id: str
    receipt: str
    inbox_id: str
    booked: Booked | None
    asked_at: datetime | None


class Bookings:
    """One first appointment a referral; booking anew replaces it."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def get(self, referral_id: str) -> Booked | None:
        query = sa.select(appointment).where(appointment.c.referral_id == referral_id)
        with self._store.read() as connection:
            row = connection.execute(query).first()
        return Booked(from_micros(row.booked_at), from_micros(row.starts_at)) if row else None

    def estimate(self, referral_id: str) -> Estimate | None:
        """None while nobody said how they pay, and nobody asked."""
        query = sa.select(estimate).where(estimate.c.referral_id == referral_id)
        with self._store.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Estimate(bool(row.self_pay), from_micros(row.asked_at), from_micros(row.given_at))

    def book(self, referral_id: str, booked: Booked, *, self_pay: bool, user_id: str) -> None:
        """Raises NotFound, or NotNow once the referral is closed."""
        values = {
            "user_id": user_id,
            "booked_at": to_micros(booked.booked_at),
            "starts_at": to_micros(booked.starts_at),
        }
        with self._store.write() as connection:
            _require_open(connection, referral_id)
            insert = upsert(connection, appointment).values(referral_id=referral_id, **values)
            connection.execute(
                insert.on_conflict_do_update(index_elements=["referral_id"], set_=values)
            )
            _keep_estimate(connection, referral_id, self_pay=int(self_pay))
            self._note(connection, "appointment.booked", referral_id, user_id)

    def cancel(self, referral_id: str, user_id: str) -> None:
        """It was a mistake, or fell through; nothing happens when none was booked. NotFound, NotNow."""
        with self._store.write() as connection:
            _require_open(connection, referral_id)
            mine = appointment.c.referral_id == referral_id
            if connection.execute(appointment.delete().where(mine)).rowcount:
                self._note(connection, "appointment.removed", referral_id, user_id)

    def ask_estimate(self, referral_id: str, user_id: str) -> None:
        """They asked for one; a later asking does not put the first one off. NotFound, NotNow."""
        with self._store.write() as connection:
            _require_open(connection, referral_id)
            query = sa.select(estimate).where(estimate.c.referral_id == referral_id)
            before = connection.execute(query).first()
            if before is not None and before.asked_at is not None and before.given_at is None:
                return
            _keep_estimate(
                connection,
                referral_id,
                self_pay=before.self_pay if before else 1,
                asked_at=to_micros(self._clock()),
                given_at=None,
            )
            self._note(connection, "estimate.asked", referral_id, user_id)

    def give_estimate(self, referral_id: str, user_id: str) -> None:
        """They have it in their hands; also once the referral is closed. Raises NotFound."""
        with self._store.write() as connection:
            get_referral(connection, referral_id, to_change=True)
            given = to_micros(self._clock())
            query = sa.select(estimate.c.self_pay).where(estimate.c.referral_id == referral_id)
            self_pay = connection.scalar(query)
            _keep_estimate(
                connection,
                referral_id,
                self_pay=1 if self_pay is None else self_pay,
                given_at=given,
            )
            self._note(connection, "estimate.given", referral_id, user_id)

    def take_estimate_back(self, referral_id: str, user_id: str) -> None:
        """It was not given after all. Raises NotFound."""
        with self._store.write() as connection:
            mine = estimate.c.referral_id == referral_id
            changed = connection.execute(estimate.update().where(mine).values(given_at=None))
            if changed.rowcount != 1:
                raise NotFound("estimate", referral_id)
            self._note(connection, "estimate.not_given", referral_id, user_id)

    def estimates_owed(self, inbox_ids: Sequence[str]) -> list[EstimateOwed]:
        """Of these inboxes, soonest appointment first, those that were only asked for last."""
        query = (
            sa.select(
                referral.c.id,
                referral.c.receipt,
                referral.c.inbox_id,
                appointment.c.booked_at,
                appointment.c.starts_at,
                estimate.c.self_pay,
                estimate.c.asked_at,
            )
            .select_from(
                estimate.join(referral, referral.c.id == estimate.c.referral_id).outerjoin(
                    appointment, appointment.c.referral_id == estimate.c.referral_id
                )
            )
            .where(
                NOT_GIVEN,
                # Said twice, so that SQLite begins at the few estimates and not at all referrals.
                referral.c.id.in_(sa.select(estimate.c.referral_id).where(NOT_GIVEN)),
                referral.c.inbox_id.in_(inbox_ids),
                sa.or_(
                    sa.and_(estimate.c.self_pay == 1, appointment.c.booked_at.is_not(None)),
                    estimate.c.asked_at.is_not(None),
                ),
                sa.or_(
                    referral.c.outcome.is_(None),
                    referral.c.outcome.not_in([one.value for one in _NOBODY_COMES]),
                ),
            )
            .order_by(sa.nulls_last(appointment.c.starts_at), referral.c.id)
        )
        with self._store.read() as connection:
            return [
                EstimateOwed(
                    row.id,
                    row.receipt,
                    row.inbox_id,
                    Booked(from_micros(row.booked_at), from_micros(row.starts_at))
                    if row.self_pay and row.booked_at is not None
                    else None,
                    from_micros(row.asked_at),
                )
                for row in connection.execute(query)
            ]

    def median_wait(
        self, inbox_ids: Sequence[str], since: datetime, until: datetime
    ) -> timedelta | None:
        """From a referral to its first appointment, of those received from `since` to before `until`.

        Drills and what is kept aside are left out; None when nobody was booked.
        """
        query = (
            sa.select(referral.c.received_at, referral.c.flags, appointment.c.starts_at)
            .join(appointment, appointment.c.referral_id == referral.c.id)
            .where(
                referral.c.inbox_id.in_(inbox_ids),
                referral.c.received_at >= to_micros(since),
                referral.c.received_at < to_micros(until),
                is_sound(appointment.c.starts_at),
            )
        )
        with self._store.read() as connection:
            waits = [
                row.starts_at - row.received_at
                for row in connection.execute(query)
                if not _NOT_A_PATIENT & set(row.flags.split())
            ]
        return timedelta(microseconds=statistics.median(waits)) if waits else None

    def _note(self, connection: Connection, action: str, referral_id: str, user_id: str) -> None:
        self._audit.append(connection, action, actor=f"user:{user_id}", referral_id=referral_id)


def _keep_estimate(connection: Connection, referral_id: str, **values: int | None) -> None:
    insert = upsert(connection, estimate).values(referral_id=referral_id, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["referral_id"], set_=values))


def _require_open(connection: Connection, referral_id: str) -> None:
    found = get_referral(connection, referral_id, to_change=True)
    if found.state is ReferralState.CLOSED:
        raise NotNow("referral", referral_id, found.state.value, "open")
