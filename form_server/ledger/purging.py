"""Retention: what a closed referral said goes for good, what the figures count stays.

The envelope, the attempts with their notes and any parcel left over are removed; times, states,
source, clinician and outcome remain. Each purge is on record in the same commit, so that a restored
backup, which still holds the envelope, can be told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import OUTWARD, DeliveryState
from form_server.ledger.sealed_parts import wipe_parts
from form_server.ledger.sound_rows import is_sound
from form_server.ledger.tables import attempt, deletion, delivery, referral
from form_server.ledger.upsert import upsert

_OUTWARD = delivery.c.kind.in_([kind.value for kind in OUTWARD])
_UNFINISHED = delivery.c.state.not_in([DeliveryState.SENT.value, DeliveryState.DISMISSED.value])


@dataclass(frozen=True)
class Deletion:
    """That a referral was purged, when, and by which rule."""

    id: str
    at: datetime
    rule: str


class Purging:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def closed_before(self, moment: datetime, limit: int = 50) -> list[str]:
        """Closed referrals that still hold an envelope, longest closed first."""
        ripe = (
            sa.select(referral.c.id)
            .where(
                _closed_before(moment),
                referral.c.id.not_in(sa.select(deletion.c.id)),
            )
            .order_by(referral.c.closed_at, referral.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return list(connection.scalars(ripe))

    def count_closed_before(self, moment: datetime) -> int:
        """How many would go now under a rule that ends at that moment: to be shown before it is set."""
        ripe = sa.select(sa.func.count()).where(
            _closed_before(moment),
            referral.c.id.not_in(sa.select(deletion.c.id)),
        )
        with self._store.read() as connection:
            return connection.scalar(ripe) or 0

    def purge(self, gone: Deletion) -> bool:
        """Whether there was a closed referral to purge; a second time changes nothing."""
        closed = sa.and_(referral.c.id == gone.id, referral.c.closed_at.is_not(None))
        record = {"id": gone.id, "at": to_micros(gone.at), "rule": gone.rule}
        with self._store.write() as connection:
            emptied = connection.execute(referral.update().where(closed).values(envelope=b""))
            if emptied.rowcount != 1:
                return False
            connection.execute(attempt.delete().where(attempt.c.referral_id == gone.id))
            wipe_parts(connection, gone.id)
            about = delivery.c.referral_id == gone.id
            connection.execute(
                delivery.update()
                .where(about, _UNFINISHED)
                .values(state=DeliveryState.DISMISSED.value, owner=None, claimed_at=None)
            )
            connection.execute(delivery.update().where(about).values(parcel=None))
            # Where a reply went is the address of a patient, or of who referred them.
            connection.execute(
                delivery.update().where(about, _OUTWARD).values(address="", last_error=None)
            )
            connection.execute(upsert(connection, deletion).values(record).on_conflict_do_nothing())
            self._audit.append(
                connection, "referral.purged", actor="clock", referral_id=gone.id, detail=gone.rule
            )
        return True

    def forget_recipients(self) -> int:
        """Of what has gone out to whoever sent or asked something; how many it still stood on.

        Those that an earlier version left, or that came out of a backup.
        """
        ended = delivery.c.state.in_([DeliveryState.SENT.value, DeliveryState.DISMISSED.value])
        left = sa.and_(_OUTWARD, ended, delivery.c.address != "")
        with self._store.read() as connection:
            if connection.scalar(sa.select(delivery.c.id).where(left).limit(1)) is None:
                return 0
        with self._store.write() as connection:
            wiped = delivery.update().where(left).values(address="", last_error=None)
            return connection.execute(wiped).rowcount

    def deletions(self) -> list[Deletion]:
        """All of them, oldest first."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(deletion).order_by(deletion.c.at, deletion.c.id))
            return [Deletion(row.id, from_micros(row.at), row.rule) for row in rows]


def _closed_before(moment: datetime) -> sa.ColumnElement[bool]:
    """Not by a moment that a failing disk spoiled: what is gone does not come back."""
    return sa.and_(referral.c.closed_at < to_micros(moment), is_sound(referral.c.closed_at))
