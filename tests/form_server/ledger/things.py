"""Referrals, deliveries and people as the tests need them; every argument may be said anew."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from form_server.ledger import (
    Attempt,
    AttemptMeans,
    AttemptResult,
    Channel,
    DeliveryKind,
    Grant,
    HolderKind,
    InboxKey,
    Ledger,
    NewDelivery,
    NewInbox,
    NewReferral,
    NewUser,
    Recipient,
    RecoveryKey,
    Role,
)

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
_numbers = count(1)


def hashed(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def a_referral(**changes: Any) -> NewReferral:
    """Unlike any other before it, unless `changes` makes it so."""
    number = next(_numbers)
    plain = NewReferral(
        id=f"r{number:06}",
        receipt=f"calm river {number}",
        status_hash=hashed(f"status {number}"),
        kind="office",
        received_at=NOON,
        promised_by=NOON + timedelta(hours=4),
        source="alder-falls-clinic",
        clinician="nora-ellison",
        inbox_id="inbox-1",
        key_version=1,
        envelope=b"sealed" * 300,
        dedupe_hash=hashed(f"content {number}"),
        submission_id_hash=hashed(f"submission {number}"),
        body_hash=hashed(f"body {number}"),
    )
    return replace(plain, **changes)


def a_delivery(**changes: Any) -> NewDelivery:
    number = next(_numbers)
    plain = NewDelivery(
        id=f"d{number:06}",
        kind=DeliveryKind.NOTICE,
        channel=Channel.EMAIL,
        address="nora@harborstreet.example",
        referral_id=None,
        due_at=NOON,
        parcel=b"sealed parcel",
        message_id=f"<{number}@harborstreet.example>",
    )
    return replace(plain, **changes)


def accept_one(ledger: Ledger, **changes: Any) -> NewReferral:
    """A referral that the ledger holds, without deliveries."""
    referral = a_referral(**changes)
    ledger.intake.accept(referral, [], actor="office")
    return referral


def an_attempt(referral_id: str, at: datetime = NOON + timedelta(hours=1)) -> Attempt:
    return Attempt(
        id=f"a{next(_numbers):06}",
        referral_id=referral_id,
        user_id="user-1",
        at=at,
        means=AttemptMeans.CALL,
        result=AttemptResult.LEFT_MESSAGE,
        note=b"sealed note",
    )


def a_user(**changes: Any) -> NewUser:
    plain = NewUser(
        id="user-1",
        name="Nora Ellison",
        email="Nora@HarborStreet.example",
        role=Role.OWNER,
        public_key=b"user public",
        locked_private_key=b"user locked",
    )
    return replace(plain, **changes)


def a_grant(**changes: Any) -> Grant:
    plain = Grant("inbox-1", 1, HolderKind.USER, "user-1", b"wrapped")
    return replace(plain, **changes)


def a_recipient(**changes: Any) -> Recipient:
    plain = Recipient("rcpt-1", "inbox-1", Channel.EMAIL, "nora@harborstreet.example", 0, "user-1")
    return replace(plain, **changes)


def establish(ledger: Ledger, invitation_id: str | None = None) -> None:
    """One user, one inbox with a key, the recovery key, one recipient."""
    ledger.people.establish(
        a_user(),
        NewInbox("inbox-1", "Nora Ellison", "nora-ellison"),
        InboxKey("inbox-1", 1, b"inbox public"),
        [a_grant(), a_grant(holder_kind=HolderKind.RECOVERY, holder_id="recovery-1")],
        RecoveryKey("recovery-1", b"recovery public", b"recovery locked"),
        [a_recipient()],
        actor="command",
        invitation_id=invitation_id,
    )
