"""A test of a channel: a row like any other, sent by the worker, with what became of it in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from form_server.addresses import show_address
from form_server.desk.console import Desk
from form_server.desk.referral.times import say_moment
from form_server.ledger import DeliveryKind, DeliveryState, NewDelivery, NotFound, Recipient
from form_server.parcels import AlertParcel, parcel_to_bytes
from outreach_kit.errors import UsageError

_EVERY: Final = timedelta(seconds=10)
_TOLD_AT: Final = "channel_tested_at"


def send_trial(desk: Desk, recipient: Recipient, *, actor: str) -> str:
    """The row's id. Raises UsageError within ten seconds of the last one."""
    now = desk.clock()
    last = desk.ledger.meta.get(_TOLD_AT)
    if last is not None and timedelta() <= now - datetime.fromisoformat(last) < _EVERY:
        raise UsageError("A test went out a moment ago. Wait ten seconds, then try again.")
    desk.ledger.meta.put(_TOLD_AT, now.isoformat())
    delivery_id = desk.ledger.new_id()
    parcel = AlertParcel(
        practice_name=desk.practice().name,
        subject="Test from your referral server",
        lines=(
            "This is how a notice reaches you. Nothing has come in, and there is nothing to do.",
        ),
        url=desk.public_url,
    )
    row = NewDelivery(
        id=delivery_id,
        kind=DeliveryKind.ALERT,
        channel=recipient.channel,
        address=recipient.address,
        referral_id=None,
        due_at=now,
        parcel=desk.server_key.seal(parcel_to_bytes(parcel), "parcel", delivery_id),
        message_id=f"<{delivery_id}@{desk.mail_domain}>",
    )
    desk.ledger.queue.add([row])
    desk.ledger.audit.note("channel.tested", actor=actor, detail=recipient.id)
    return delivery_id


def say_trial(desk: Desk, delivery_id: str) -> str:
    """What became of a test; empty for what is none."""
    try:
        found = desk.ledger.deliveries.get(delivery_id)
    except NotFound:
        return ""
    if found.kind is not DeliveryKind.ALERT or found.referral_id is not None:
        return ""
    whom = show_address(found.channel, found.address)
    reason = (found.last_error or "").replace(found.address, whom)
    match found.state:
        case DeliveryState.SENT:
            at = say_moment(found.sent_at or desk.clock(), desk.clock(), desk.practice().time_zone)
            return f"Sent to {whom}: the other side took it ({at})."
        case DeliveryState.RETRYING:
            return f"Not taken by {whom} yet, and tried again by itself: {reason}"
        case DeliveryState.STUCK:
            return f"Refused by {whom}: {reason}"
        case DeliveryState.UNKNOWN:
            return f"No answer from {whom}, so it may have arrived: {reason}"
        case _:
            return f"The test to {whom} is on its way."
