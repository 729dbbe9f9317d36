"""The steps of a referral at the desk: opened, acknowledged, tried, closed; each one commit.

Opening and acknowledging pause the alarm. The promise is kept by the first recorded attempt, which
also takes the reminders and escalations that still wait out of the queue.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.moments import to_micros
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import (
    ALARMS,
    Attempt,
    DeliveryKind,
    DeliveryState,
    Fit,
    Outcome,
    Referral,
    ReferralState,
)
from form_server.ledger.tables import DUE, attempt, closing, delivery, referral

_ALARMS = [kind.value for kind in ALARMS]


class Steps:
    """Each raises NotFound; all but `note_opened` and `mark_fit` raise NotNow once the referral is closed."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def note_opened(self, referral_id: str, user_id: str) -> Referral:
        """Notes who looked inside; the first look acknowledges as well."""
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            self._note(connection, "referral.opened", referral_id, user_id)
            if before.state is ReferralState.WAITING:
                self._acknowledge(connection, before, user_id)
            return get_referral(connection, referral_id)

    def acknowledge(self, referral_id: str, user_id: str) -> Referral:
        """Somebody has it in hand; a second acknowledgement changes nothing."""
        with self._store.write() as connection:
            before = _still_open(connection, referral_id)
            if before.state is ReferralState.WAITING:
                self._note(connection, "referral.acknowledged", referral_id, user_id)
                self._acknowledge(connection, before, user_id)
            return get_referral(connection, referral_id)

    def pause(self, referral_id: str, by: str) -> bool:
        """Acknowledged by a link in a message, whose delivery is `by`; whether it changed anything.

        Once somebody has it in hand, or it is closed, the link does nothing any more.
        """
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            if before.state is not ReferralState.WAITING:
                return False
            self._audit.append(
                connection,
                "referral.paused",
                actor="link",
                referral_id=referral_id,
                detail=by,
            )
            self._acknowledge(connection, before, None)
            return True

    def record_attempt(self, new: Attempt) -> Referral:
        """Records a try at reaching the patient; the first one stops the clock.

        The same id a second time (a button tapped twice) changes nothing.
        """
        with self._store.write() as connection:
            before = _still_open(connection, new.referral_id)
            same = sa.select(attempt.c.id).where(attempt.c.id == new.id)
            if connection.scalar(same) is not None:
                return before
            # An attempt may be put on record late, after one that came later.
            first_at = min(before.first_contact_at or new.at, new.at)
            last_at = max(before.last_attempt_at or new.at, new.at)
            connection.execute(
                attempt.insert(),
                {
                    "id": new.id,
                    "referral_id": new.referral_id,
                    "user_id": new.user_id,
                    "at": to_micros(new.at),
                    "means": new.means.value,
                    "result": new.result.value,
                    "note": new.note,
                },
            )
            _change(
                connection,
                new.referral_id,
                state=ReferralState.CONTACTED.value,
                attempt_count=before.attempt_count + 1,
                first_contact_at=to_micros(first_at),
                last_attempt_at=to_micros(last_at),
            )
            _dismiss_alarms(connection, new.referral_id)
            detail = f"{new.means.value} {new.result.value}"
            self._note(connection, "referral.attempted", new.referral_id, new.user_id, detail)
            return get_referral(connection, new.referral_id)

    def undo_attempt(self, attempt_id: str, user_id: str, since: datetime) -> Referral:
        """Takes back a try of the user's own that was made at `since` or later; the clock goes on.

        Raises NotFound for any other, NotNow once the referral is closed.
        """
        own = sa.and_(
            attempt.c.id == attempt_id,
            attempt.c.user_id == user_id,
            attempt.c.at >= to_micros(since),
        )
        with self._store.write() as connection:
            referral_id = connection.scalar(sa.select(attempt.c.referral_id).where(own))
            if referral_id is None:
                raise NotFound("attempt", attempt_id)
            before = _still_open(connection, referral_id)
            connection.execute(attempt.delete().where(own))
            left = sa.select(
                sa.func.count(), sa.func.min(attempt.c.at), sa.func.max(attempt.c.at)
            ).where(attempt.c.referral_id == referral_id)
            count, first_at, last_at = connection.execute(left).one()
            _change(
                connection,
                referral_id,
                state=_state_after(before, count).value,
                attempt_count=count,
                first_contact_at=first_at,
                last_attempt_at=last_at,
            )
            if not count:
                _rearm_clock(connection, referral_id, to_micros(self._clock()))
            self._note(connection, "referral.attempt_undone", referral_id, user_id, attempt_id)
            after = get_referral(connection, referral_id)
        self._store.wake.set()
        return after

    def close(self, referral_id: str, outcome: Outcome, user_id: str) -> Referral:
        """The end of a referral, which always has an outcome."""
        with self._store.write() as connection:
            _still_open(connection, referral_id)
            _change(
                connection,
                referral_id,
                state=ReferralState.CLOSED.value,
                outcome=outcome.value,
                closed_at=to_micros(self._clock()),
            )
            _dismiss_alarms(connection, referral_id)
            connection.execute(closing.delete().where(closing.c.referral_id == referral_id))
            self._note(connection, "referral.closed", referral_id, user_id, outcome.value)
            return get_referral(connection, referral_id)

    def reopen(self, referral_id: str, user_id: str, since: datetime) -> Referral:
        """Takes back an ending of `since` or later; an alarm that it ended goes on.

        Raises NotFound, or NotNow when it is open, or closed before, or emptied meanwhile.
        """
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            if before.closed_at is None or before.closed_at < since or not before.envelope:
                raise NotNow("referral", referral_id, before.state.value, "closed a moment ago")
            state = _state_after(before, before.attempt_count)
            _change(connection, referral_id, state=state.value, outcome=None, closed_at=None)
            if not before.attempt_count:
                _rearm_clock(connection, referral_id, to_micros(self._clock()))
            detail = before.outcome.value if before.outcome else ""
            self._note(connection, "referral.reopened", referral_id, user_id, detail)
            after = get_referral(connection, referral_id)
        self._store.wake.set()
        return after

    def mark_fit(self, referral_id: str, fit: Fit, user_id: str) -> Referral:
        """Marked anew as often as it takes, also once closed: a consultation may tell otherwise."""
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            if before.fit is fit:
                return before
            _change(connection, referral_id, fit=fit.value)
            detail = f"{before.fit.value if before.fit else 'none'} {fit.value}"
            self._note(connection, "referral.fit_marked", referral_id, user_id, detail)
            return get_referral(connection, referral_id)

    def _acknowledge(self, connection: Connection, before: Referral, user_id: str | None) -> None:
        now = to_micros(self._clock())
        _change(
            connection,
            before.id,
            state=ReferralState.ACKNOWLEDGED.value,
            acknowledged_at=now,
            acknowledged_by=user_id,
        )
        # The clock is looked at anew: what it waits for may now be due sooner, or later.
        clock = sa.and_(
            delivery.c.referral_id == before.id, delivery.c.kind == DeliveryKind.CLOCK.value, DUE
        )
        connection.execute(delivery.update().where(clock).values(due_at=now))

    def _note(
        self, connection: Connection, action: str, referral_id: str, user_id: str, detail: str = ""
    ) -> None:
        self._audit.append(
            connection, action, actor=f"user:{user_id}", referral_id=referral_id, detail=detail
        )


def _still_open(connection: Connection, referral_id: str) -> Referral:
    found = get_referral(connection, referral_id, to_change=True)
    if found.state is ReferralState.CLOSED:
        raise NotNow("referral", referral_id, found.state.value, "open")
    return found


def _change(connection: Connection, referral_id: str, **values: object) -> None:
    connection.execute(referral.update().where(referral.c.id == referral_id).values(**values))


def _state_after(before: Referral, tries: int) -> ReferralState:
    if tries:
        return ReferralState.CONTACTED
    seen = before.acknowledged_at is not None
    return ReferralState.ACKNOWLEDGED if seen else ReferralState.WAITING


def _rearm_clock(connection: Connection, referral_id: str, now: int) -> None:
    """What the first try took out of the queue: the clock looks again at once, and tells anew."""
    ended = sa.and_(
        delivery.c.referral_id == referral_id,
        delivery.c.kind == DeliveryKind.CLOCK.value,
        delivery.c.state == DeliveryState.DISMISSED.value,
    )
    connection.execute(
        delivery.update()
        .where(ended)
        .values(state=DeliveryState.PENDING.value, due_at=now, parcel=b"")
    )


def _dismiss_alarms(connection: Connection, referral_id: str) -> None:
    waiting = sa.and_(delivery.c.referral_id == referral_id, delivery.c.kind.in_(_ALARMS), DUE)
    connection.execute(
        delivery.update().where(waiting).values(state=DeliveryState.DISMISSED.value, parcel=None)
    )
