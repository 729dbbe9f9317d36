"""The mail that a notice is, for a program that only sends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from form_server.delivery.messages import Composer
from form_server.delivery.wire import wire_bytes
from form_server.parcels import NoticeParcel
from tests.benchmarks.stage import WORDS


def a_notice() -> bytes:
    """The mail about such a referral as the benchmark posts."""
    now = datetime.now(UTC)
    parcel = NoticeParcel(
        practice_name="Harbor Street Counseling",
        receipt="amber-falcon-42",
        received_at=now,
        promised_by=now + timedelta(hours=4),
        time_zone="America/Los_Angeles",
        desk_url=f"http://127.0.0.1:8080/desk/referrals/{'0' * 26}",
        office_name=str(WORDS["referrer_office"]),
        office_phone=str(WORDS["referrer_phone"]),
        office_phone_uri="tel:+13605550188",
        pause_url=f"http://127.0.0.1:8080/pause/{'0' * 39}",
    )
    message = Composer("referrals@harborstreet.example").compose(
        parcel,
        to="nora@harborstreet.example",
        message_id=f"<{'0' * 26}@harborstreet.example>",
        created_at=now,
        whole=False,
    )
    return wire_bytes(message)
