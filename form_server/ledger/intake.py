"""Accepting a referral: one commit holds it, its deliveries, its fingerprints and its audit row.

This is the path between an office's click and its receipt, so its statements are compiled once and
run on the bare driver; the wake-up follows the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Compiled, Store
from form_server.ledger.errors import ReceiptTaken, SubmissionReused
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import (
    Accepted,
    DeliveryState,
    NewDelivery,
    NewReferral,
    ReferralState,
)
from form_server.ledger.tables import delivery, fingerprint, referral

SAME_CONTENT_KEPT = timedelta(minutes=10)
SUBMISSION_ID_KEPT = timedelta(hours=24)

_NO_HASH = b""  # stands in for a check that is switched off; no row has it
_REFERRAL_COLUMNS = (
    "id", "receipt", "status_hash", "kind", "received_at", "promised_by", "source", "clinician",
    "inbox_id", "key_version", "flags", "state", "envelope",
)  # fmt: skip
_DELIVERY_COLUMNS = (
    "id", "kind", "channel", "address", "referral_id", "state", "due_at", "parcel", "message_id",
    "created_at",
)  # fmt: skip


class Intake:
    """Takes referrals in, each exactly once."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._find = Compiled(store, _find_fingerprints(), ("submission", "content"))
        self._forget = Compiled(
            store, fingerprint.delete().where(fingerprint.c.hash == sa.bindparam("gone")), ("gone",)
        )
        self._remember = Compiled(
            store, fingerprint.insert(), ("hash", "referral_id", "body_hash", "expires_at")
        )
        self._insert_referral = Compiled(store, referral.insert(), _REFERRAL_COLUMNS)
        self._insert_deliveries = Compiled(store, delivery.insert(), _DELIVERY_COLUMNS)
        self._lock = Compiled(store, _take_lock(), ("key",))

    def accept(
        self,
        new: NewReferral,
        deliveries: Sequence[NewDelivery],
        *,
        actor: str,
        detail: str = "",
    ) -> Accepted:
        """The referral that the ledger holds after the commit: this one, or the one it repeats.

        A repeat has the submission id and body of an earlier one, or the same content within ten
        minutes; it is noted in the audit and changes nothing else. Raises SubmissionReused for a
        known submission id with another body, ReceiptTaken when another referral has the receipt,
        LedgerUnavailable when nothing could be stored.
        """
        try:
            accepted = self._accept(new, deliveries, actor, detail)
        except self._store.broken_constraint:
            if self._receipt_is_known(new.receipt):
                raise ReceiptTaken(new.receipt) from None
            raise
        if deliveries and not accepted.repeated:
            self._store.wake.set()
        return accepted

    def _accept(
        self, new: NewReferral, deliveries: Sequence[NewDelivery], actor: str, detail: str
    ) -> Accepted:
        now = to_micros(self._clock())
        prints = _fingerprints(new, now)
        with self._store.write_bare() as cursor:
            known = self._known_fingerprints(cursor, new, now)
            unknown = [row for row in prints if row["hash"] not in known]
            if not known:
                self._insert_referral.run(cursor, _referral_values(new))
                self._remember.run_many(cursor, unknown)
                self._insert_deliveries.run_many(cursor, delivery_values(deliveries, now))
                self._audit.write(cursor, now, actor, "referral.accepted", new.id, detail)
                return Accepted(
                    new.id, new.receipt, new.received_at, new.promised_by, repeated=False
                )
            first = known.get(new.submission_id_hash or _NO_HASH) or next(iter(known.values()))
            # A new submission id with known content names the first referral from now on.
            again = [{**row, "referral_id": first.referral_id} for row in unknown]
            self._remember.run_many(cursor, again)
            self._audit.write(cursor, now, actor, "referral.repeated", first.referral_id, detail)
            return first

    def _known_fingerprints(
        self, cursor: DBAPICursor, new: NewReferral, now: int
    ) -> dict[bytes, Accepted]:
        """By hash, the referrals that this submission's live fingerprints lead to."""
        submission, content = new.submission_id_hash or _NO_HASH, new.dedupe_hash or _NO_HASH
        if submission == content == _NO_HASH:
            return {}
        if not self._store.is_sqlite:
            # Two of the same submission at once: the second waits here for the first one's commit.
            for key in sorted(_lock_key(name) for name in (submission, content) if name):
                self._lock.run(cursor, {"key": key})
        self._find.run(cursor, {"submission": submission, "content": content})
        known: dict[bytes, Accepted] = {}
        for found, body, expires_at, referral_id, receipt, received, promised in cursor.fetchall():
            if expires_at <= now or receipt is None:
                self._forget.run(cursor, {"gone": found})
                continue
            if found == submission and body != new.body_hash:
                raise SubmissionReused(referral_id)
            known[found] = Accepted(
                referral_id, receipt, from_micros(received), from_micros(promised), repeated=True
            )
        return known

    def _receipt_is_known(self, receipt: str) -> bool:
        with self._store.read() as connection:
            return (
                connection.scalar(sa.select(referral.c.id).where(referral.c.receipt == receipt))
                is not None
            )

    def forget_expired(self) -> int:
        """Removes the fingerprints that are past their time; how many those were."""
        past = fingerprint.c.expires_at <= to_micros(self._clock())
        with self._store.write() as connection:
            return connection.execute(fingerprint.delete().where(past)).rowcount


def delivery_values(new: Sequence[NewDelivery], now: int) -> list[dict[str, object]]:
    """The rows of deliveries that wait to be claimed, whoever writes them."""
    return [
        {
            "id": one.id,
            "kind": one.kind.value,
            "channel": one.channel.value,
            "address": one.address,
            "referral_id": one.referral_id,
            "state": DeliveryState.PENDING.value,
            "due_at": to_micros(one.due_at),
            "parcel": one.parcel,
            "message_id": one.message_id,
            "created_at": now,
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
    }


def _fingerprints(new: NewReferral, now: int) -> list[dict[str, object]]:
    kept = (
        (new.submission_id_hash, new.body_hash, SUBMISSION_ID_KEPT),
        (new.dedupe_hash, None, SAME_CONTENT_KEPT),
    )
    return [
        {
            "hash": name,
            "referral_id": new.id,
            "body_hash": body,
            "expires_at": now + period // timedelta(microseconds=1),
        }
        for name, body, period in kept
        if name is not None
    ]


def _find_fingerprints() -> sa.Select[tuple[object, ...]]:
    wanted = sa.or_(
        fingerprint.c.hash == sa.bindparam("submission"),
        fingerprint.c.hash == sa.bindparam("content"),
    )
    # Outer, so that a fingerprint whose referral is gone is met here and not by an insert.
    both = fingerprint.outerjoin(referral, referral.c.id == fingerprint.c.referral_id)
    return (
        sa.select(
            fingerprint.c.hash,
            fingerprint.c.body_hash,
            fingerprint.c.expires_at,
            fingerprint.c.referral_id,
            referral.c.receipt,
            referral.c.received_at,
            referral.c.promised_by,
        )
        .select_from(both)
        .where(wanted)
    )


def _take_lock() -> sa.Select[tuple[object]]:
    return sa.select(sa.func.pg_advisory_xact_lock(sa.bindparam("key", type_=sa.BigInteger)))


def _lock_key(name: bytes) -> int:
    return int.from_bytes(name[:8], "big", signed=True)
