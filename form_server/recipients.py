"""Whom an inbox's notices go to, as a person sets it up: addresses checked, the last one kept.

Addresses of push services and webhooks may hold secrets: `shown_address` is what may be printed.
"""

from __future__ import annotations

import dataclasses
import secrets
from datetime import datetime

from form_server.addresses import show_address
from form_server.delivery import Again, Channel, Never, Outcome, Sent, Unknown
from form_server.delivery.push_errand import open_service
from form_server.environment import is_web_address
from form_server.ledger import Channel as Way
from form_server.ledger import (
    Claimed,
    DeliveryKind,
    HolderKind,
    Inbox,
    Ledger,
    NotFound,
    Recipient,
)
from form_server.parcels import AlertParcel
from form_server.settings import Settings
from outreach_kit.errors import HandoffError, UsageError
from outreach_kit.practice.faults import Refused
from outreach_kit.practice.values import check_email

WAYS = (Way.EMAIL, Way.PUSH, Way.WEBHOOK)


class LastRecipient(HandoffError):
    """Without a recipient a referral would be caught and nobody told."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        super().__init__(
            f"This is the only recipient of the inbox of {inbox.name}: nobody would be told of a "
            "referral. Add another one first."
        )


def choose_inbox(ledger: Ledger, wanted: str) -> Inbox:
    """The inbox of that id, clinician or name; the only one when nothing is wanted. UsageError."""
    inboxes = ledger.inboxes.all()
    matches = [one for one in inboxes if wanted in {one.id, one.clinician, one.name}]
    found = matches if wanted else inboxes
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.clinician or one.id for one in inboxes) or "none yet"
    raise UsageError(f"Say which inbox with --inbox: {names}.")


def check_address(way: Way, address: str, settings: Settings) -> str:
    """The address, if messages can go there as the server is set up. Raises UsageError."""
    address = address.strip()
    if way is Way.EMAIL:
        try:
            return check_email(address)
        except Refused as error:
            raise UsageError(
                f"“{address}” is not an e-mail address. Write it like name@example.org."
            ) from error
    if way is Way.WEBHOOK:
        if settings.webhook is None:
            raise UsageError("Webhooks are signed: set HANDOFF_WEBHOOK_SECRET first.")
        if not is_web_address(address, bare=False) or not address.isascii():
            raise UsageError("A webhook's address begins with https:// and holds no user name.")
        return address
    if open_service(address) is None:
        raise UsageError(
            "That is no single address that Apprise knows. Write it as its service asks for, like "
            "ntfys://ntfy.example.org/topic or pover://user@token."
        )
    return address


def add_recipient(
    ledger: Ledger, inbox: Inbox, way: Way, address: str, *, email_of_user: str = ""
) -> Recipient:
    """Behind those that are there; with a user, one who can open the inbox. Raises UsageError."""
    user_id = _user_who_opens(ledger, inbox, email_of_user) if email_of_user else None
    there = ledger.inboxes.recipients(inbox.id)
    if any((one.channel, one.address) == (way, address) for one in there):
        raise UsageError(f"The inbox of {inbox.name} has that recipient already.")
    new = Recipient(ledger.new_id(), inbox.id, way, address, len(there), user_id)
    ledger.inboxes.set_recipients(inbox.id, [*there, new], actor="command")
    return new


def find_recipient(ledger: Ledger, recipient_id: str) -> tuple[Inbox, Recipient]:
    """Raises NotFound."""
    for inbox in ledger.inboxes.all():
        for one in ledger.inboxes.recipients(inbox.id):
            if one.id == recipient_id:
                return inbox, one
    raise NotFound("recipient", recipient_id)


def remove_recipient(ledger: Ledger, recipient_id: str) -> Recipient:
    """Raises NotFound, LastRecipient."""
    inbox, gone = find_recipient(ledger, recipient_id)
    kept = [one for one in ledger.inboxes.recipients(inbox.id) if one.id != gone.id]
    if not kept:
        raise LastRecipient(inbox)
    in_order = [dataclasses.replace(one, position=place) for place, one in enumerate(kept)]
    ledger.inboxes.set_recipients(inbox.id, in_order, actor="command")
    return gone


def send_test(
    channel: Channel, recipient: Recipient, settings: Settings, practice_name: str, now: datetime
) -> Outcome:
    """What becomes of a message that says it is a test; it touches no row."""
    parcel = AlertParcel(
        practice_name=practice_name,
        subject="Test from your referral server",
        lines=(
            "This is how a notice reaches you. Nothing has come in, and there is nothing to do.",
        ),
        url=settings.url,
    )
    name = f"test-{secrets.token_hex(8)}"
    claimed = Claimed(
        id=name,
        kind=DeliveryKind.ALERT,
        channel=recipient.channel,
        address=recipient.address,
        referral_id=None,
        due_at=now,
        created_at=now,
        attempts=1,
        owner="command",
        parcel=b"",
        message_id=f"<{name}@{settings.mail_domain}>",
        last_error=None,
    )
    try:
        return channel.deliver(claimed, parcel, lambda: None)
    finally:
        channel.close()


def shown_address(recipient: Recipient) -> str:
    return show_address(recipient.channel, recipient.address)


def say_outcome(outcome: Outcome) -> str:
    match outcome:
        case Sent():
            return "sent: the other side took it."
        case Again(reason) | Never(reason) | Unknown(reason):
            return reason


def _user_who_opens(ledger: Ledger, inbox: Inbox, email: str) -> str:
    user = ledger.people.user_by_email(email)
    if user is None:
        known = ", ".join(one.email for one in ledger.people.users())
        raise UsageError(f"Nobody signs in as {email}. Give the address of a user: {known}.")
    newest = ledger.inboxes.active_key(inbox.id).version
    held = ledger.inboxes.grants_for(HolderKind.USER, user.id)
    if not any((one.inbox_id, one.version) == (inbox.id, newest) for one in held):
        raise UsageError(
            f"{user.name} cannot open the inbox of {inbox.name}, so an alarm to them would wake "
            "somebody who can do nothing. Share the inbox with them first."
        )
    return user.id
