"""Accepting a referral: one commit holds it, its deliveries, its fingerprints and its audit row.

This is the path between an office's click and its receipt, so its statements are compiled once and
run on the bare driver; the wake-up follows the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from form_server.ledger.announcements import Announcements
from form_server.ledger.audit import Audit
from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from form_server.ledger.errors import ReceiptTaken, SubmissionReused
from form_server.ledger.first_calls import FirstCalls
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rations import Rations, expired
from form_server.ledger.rows import (
    Accepted,
    DeliveryState,
    NewDelivery,
    NewReferral,
    Rationed,
    ReferralState,
)
from form_server.ledger.tables import delivery, fingerprint, referral

_SAME_CONTENT_KEPT_US = 10 * 60 * 1_000_000
_SUBMISSION_ID_KEPT_US = 24 * 3600 * 1_000_000

_FINGERPRINT_COLUMNS = ("hash", "referral_id", "body_hash", "expires_at")
_REFERRAL_COLUMNS = (
    "id", "receipt", "status_hash", "kind", "received_at", "promised_by", "source", "clinician",
    "inbox_id", "key_version", "flags", "state", "envelope", "came_by",
)  # fmt: skip
_DELIVERY_COLUMNS = (
    "id", "kind", "channel", "address", "referral_id", "state", "due_at", "parcel", "message_id",
    "created_at", "owner", "claimed_at", "attempts",
)  # fmt: skip


class Intake:
    """Takes referrals in, each exactly once."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        audit: Audit,
        first_calls: FirstCalls,
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._first_calls = first_calls
        self._rations = Rations(store)
        self._remember = Compiled(store, fingerprint.insert(), _FINGERPRINT_COLUMNS)
        self._insert_referral = Compiled(store, referral.insert(), _REFERRAL_COLUMNS)
        self._insert_deliveries = Compiled(store, delivery.insert(), _DELIVERY_COLUMNS)
        self._announcements = Announcements(store, self._insert_deliveries)

    def accept(
        self,
        new: NewReferral,
        deliveries: Sequence[NewDelivery],
        *,
        actor: str,
        detail: str = "",
        rationed: Rationed | None = None,
        announcement: NewDelivery | None = None,
        wakes: bool = True,
    ) -> Accepted:
        """The referral that the ledger holds after the commit: this one, or the one it repeats.

        A repeat has the submission id and body of an earlier one, or the same content within ten
        minutes; it is noted in the audit and changes nothing else. An `announcement` is written
        unless one for its place waits already, which then waits no longer than it. Who does not
        let it wake the worker does so later: an office whose answer is under way comes first.

        Raises SubmissionReused for a known submission id with another body, ReceiptTaken when
        another referral has the receipt, FirstCallGone when the time that it wants is not free any
        more, LedgerUnavailable when nothing could be stored.
        """
        now = to_micros(self._clock())

        def insert() -> None:
            with self._store.write_bare() as cursor:
                self._insert(cursor, new, deliveries, now)
                if rationed is not None:
                    self._insert_rationed(cursor, rationed, now)
                if announcement is not None:
                    self._announcements.arm(cursor, delivery_values([announcement], now)[0])
                self._audit.write(cursor, now, actor, "referral.accepted", new.id, detail)

        try:
            insert()
        except self._store.broken_constraint:
            # Looking for a repeat first would cost every referral what few of them need.
            earlier = self._repeated(new, now, actor, detail)
            if earlier is not None:
                return earlier
            if self._receipt_is_known(new.receipt):
                raise ReceiptTaken(new.receipt) from None
            insert()
        if wakes and deliveries:
            self._store.wake.set()
        return Accepted(new.id, new.receipt, new.received_at, new.promised_by, repeated=False)

    def _insert(
        self, cursor: DBAPICursor, new: NewReferral, deliveries: Sequence[NewDelivery], now: int
    ) -> None:
        # Fingerprints first: of two same submissions at once, the second waits here for the
        # first one's commit and then breaks the constraint, on PostgreSQL too.
        self._remember.run_many(cursor, _fingerprints(new, new.id, now))
        self._insert_referral.run(cursor, _referral_values(new))
        if new.first_call is not None:
            self._first_calls.take(cursor, new.first_call, new.id, now)
        self._insert_deliveries.run_many(cursor, delivery_values(deliveries, now))

    def _insert_rationed(self, cursor: DBAPICursor, one: Rationed, now: int) -> None:
        if self._rations.use(cursor, one.name, to_micros(one.expires_at)) <= one.limit:
            self._insert_deliveries.run_many(cursor, delivery_values([one.delivery], now))

    def _repeated(self, new: NewReferral, now: int, actor: str, detail: str) -> Accepted | None:
        """The referral that this submission repeats, with the repeat noted in the audit.

        None when there is none, and then no fingerprint stands in the way of inserting it.
        """
        names = [name for name in (new.submission_id_hash, new.dedupe_hash) if name is not None]
        with self._store.write() as connection:
            connection.execute(_stale(names, now))
            known = {row.hash: row for row in connection.execute(_known(names))}
            if not known:
                return None
            first = known.get(new.submission_id_hash) or known[new.dedupe_hash]
            if first.hash == new.submission_id_hash and first.body_hash != new.body_hash:
                raise SubmissionReused(first.referral_id)
            # A new submission id with known content names the first referral from now on.
            rows = _fingerprints(new, first.referral_id, now)
            again = [row for row in rows if row["hash"] not in known]
            if again:
                connection.execute(fingerprint.insert(), again)
            self._audit.append(
                connection,
                "referral.repeated",
                actor=actor,
                referral_id=first.referral_id,
                detail=detail,
            )
        return Accepted(
            first.referral_id,
            first.receipt,
            from_micros(first.received_at),
            from_micros(first.promised_by),
            repeated=True,
        )

    def _receipt_is_known(self, receipt: str) -> bool:
        with self._store.read() as connection:
            found = connection.scalar(sa.select(referral.c.id).where(referral.c.receipt == receipt))
        return found is not None

    def forget_expired(self) -> int:
        """Removes the fingerprints and rations that are past their time; how many of the former."""
        now = to_micros(self._clock())
        past = fingerprint.c.expires_at <= now
        with self._store.write() as connection:
            connection.execute(expired(now))
            return connection.execute(fingerprint.delete().where(past)).rowcount


def delivery_values(new: Sequence[NewDelivery], now: int) -> list[dict[str, object]]:
    """The rows of deliveries that wait to be claimed, or are held from the first, whoever writes them."""
    return [
        {
            "id": one.id,
            "kind": one.kind.value,
            "channel": one.channel.value,
            "address": one.address,
            "referral_id": one.referral_id,
            "state": (DeliveryState.SENDING if one.held_by else DeliveryState.PENDING).value,
            "due_at": to_micros(one.due_at),
            "parcel": one.parcel,
            "message_id": one.message_id,
            "created_at": now,
            "owner": one.held_by,
            "claimed_at": now if one.held_by else None,
            "attempts": 1 if one.held_by else 0,
        }
        for one in new
    ]


def _referral_values(new: NewReferral) -> dict[str, object]:
    return {
        "id": new.id,
        "receipt": new.receipt,
        "status_hash": new.status_hash,
        "kind": new.kind,
        "received_at": to_micros(new.received_at),
        "promised_by": to_micros(new.promised_by),
        "source": new.source,
        "clinician": new.clinician,
        "inbox_id": new.inbox_id,
        "key_version": new.key_version,
        "flags": new.flags,
        "state": ReferralState.WAITING.value,
        "envelope": new.envelope,
        "came_by": new.came_by.value if new.came_by else None,
    }


def _fingerprints(new: NewReferral, referral_id: str, now: int) -> list[dict[str, object]]:
    kept = (
        (new.submission_id_hash, new.body_hash, now + _SUBMISSION_ID_KEPT_US),
        (new.dedupe_hash, None, now + _SAME_CONTENT_KEPT_US),
    )
    return [
        {"hash": name, "referral_id": referral_id, "body_hash": body, "expires_at": expires_at}
        for name, body, expires_at in kept
        if name is not None
    ]


def _stale(names: list[bytes], now: int) -> sa.Delete:
    """Removes what is past its time, or leads to a referral that was purged."""
    purged = fingerprint.c.referral_id.not_in(sa.select(referral.c.id))
    return fingerprint.delete().where(
        fingerprint.c.hash.in_(names), sa.or_(fingerprint.c.expires_at <= now, purged)
    )


def _known(names: list[bytes]) -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(fingerprint, referral.c.receipt, referral.c.received_at, referral.c.promised_by)
        .join_from(fingerprint, referral, referral.c.id == fingerprint.c.referral_id)
        .where(fingerprint.c.hash.in_(names))
    )
