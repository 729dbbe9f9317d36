"""Mail to the offices, which must never come twice: written as rows by another process.

A reply goes to an address of its own, so that what the mail server saw of it can be told apart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from form_server.ledger import Channel, DeliveryKind, Ledger, LedgerUnavailable, NewDelivery
from form_server.parcels import NoticeParcel, parcel_to_bytes
from form_server.vault import ServerKey
from tests.torture.opened import referral_behind
from tests.torture.postings import Posting

_EVERY = 5


class Replies:
    """Asks for a reply to some of the offices; the ledger is open only while it is written to."""

    def __init__(self, open_ledger: Callable[[], Ledger], server_key: ServerKey) -> None:
        self._open_ledger = open_ledger
        self._server_key = server_key

    def consider(self, posting: Posting) -> None:
        if posting.number % _EVERY:
            return
        try:
            # Closed at once: a connection kept open would spare the server its recovery.
            with self._open_ledger() as ledger:
                referral = referral_behind(ledger, min(posting.tokens))
                if referral is not None:
                    ledger.queue.add([self._reply(ledger, posting, referral.id)])
        except LedgerUnavailable:
            return  # not asked for, so nobody waits for it

    def _reply(self, ledger: Ledger, posting: Posting, referral_id: str) -> NewDelivery:
        now = datetime.now(UTC)
        parcel = NoticeParcel(
            practice_name="Harbor Street",
            receipt=f"reply-{posting.number}",
            received_at=now,
            promised_by=now + timedelta(hours=2),
            time_zone="America/Los_Angeles",
            desk_url="http://127.0.0.1/desk/",
        )
        name = ledger.new_id()
        return NewDelivery(
            id=name,
            kind=DeliveryKind.REPLY,
            channel=Channel.EMAIL,
            address=f"reply{posting.number}@lakeside.example",
            referral_id=referral_id,
            due_at=now,
            parcel=self._server_key.seal(parcel_to_bytes(parcel), "parcel", name),
            message_id=f"<{name}@harborstreet.example>",
        )
