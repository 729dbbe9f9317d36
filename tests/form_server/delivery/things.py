"""Parcels, mail servers and rows as the delivery tests need them; each detail may be said anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from msgspec import structs

from form_server.delivery import MailServer
from form_server.ledger import Channel, Claimed, DeliveryKind, NewDelivery
from form_server.parcels import FullParcel, NoticeParcel, Parcel, parcel_to_bytes
from tests.smtp_faults import FaultySmtpServer

NOON = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # noon in Alder Falls, a Monday
THERAPIST = "nora@harborstreet.example"
SENDER = "referrals@harborstreet.example"

_numbers = count(1)


def a_notice(**changes: Any) -> NoticeParcel:
    plain = NoticeParcel(
        practice_name="Harbor Street Counseling",
        receipt="calm river 42",
        received_at=NOON - timedelta(minutes=55),
        promised_by=NOON + timedelta(hours=2),
        time_zone="America/Los_Angeles",
        desk_url="https://refer.harborstreet.example/desk/referrals/r000042",
        office_name="Alder Falls Family Medicine",
        office_phone="(360) 555-0188",
        office_phone_uri="tel:+1-360-555-0188",
    )
    return structs.replace(plain, **changes)


def a_full_parcel(**changes: Any) -> FullParcel:
    plain = FullParcel(
        notice=a_notice(),
        patient_name="Jane Quarles",
        patient_phone="(360) 555-0111",
        patient_phone_uri="tel:+1-360-555-0111",
        reasons=("Panic after a clear cardiac work-up", "Insomnia with worry"),
        voicemail_ok=True,
        best_time="mornings",
        note="Would rather be called by her middle name.\nWorks nights.",
        referrer_name="Dana Whitfield",
        referrer_role="front desk",
    )
    return structs.replace(plain, **changes)


def a_delivery(parcel: Parcel | bytes | None = None, **changes: Any) -> NewDelivery:
    """Due at noon; the parcel is not sealed."""
    number = next(_numbers)
    raw = parcel if isinstance(parcel, bytes) else parcel_to_bytes(parcel or a_notice())
    plain = NewDelivery(
        id=f"d{number:06}",
        kind=DeliveryKind.NOTICE,
        channel=Channel.EMAIL,
        address=THERAPIST,
        referral_id=None,
        due_at=NOON,
        parcel=raw,
        message_id=f"<{number}.notice@harborstreet.example>",
    )
    return replace(plain, **changes)


def a_claim(**changes: Any) -> Claimed:
    """A row as the worker holds it."""
    number = next(_numbers)
    plain = Claimed(
        id=f"d{number:06}",
        kind=DeliveryKind.NOTICE,
        channel=Channel.EMAIL,
        address=THERAPIST,
        referral_id=None,
        due_at=NOON,
        created_at=NOON,
        attempts=1,
        owner="test/email",
        parcel=b"",
        message_id=f"<{number}.notice@harborstreet.example>",
        last_error=None,
    )
    return replace(plain, **changes)


def server_for(relay: FaultySmtpServer, **changes: Any) -> MailServer:
    """How the relay is reached; impatient, because the tests' relay is near."""
    plain = MailServer(host="127.0.0.1", port=relay.port, sender=SENDER, timeout_s=5.0)
    return replace(plain, **changes)


def not_sealed(parcel: bytes, _delivery_id: str) -> bytes:
    """Opens a parcel that nobody sealed."""
    return parcel
