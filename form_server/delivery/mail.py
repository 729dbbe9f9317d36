"""E-mail as a channel: a parcel becomes a mail, and the mail goes to its recipient's server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from form_server.delivery.channels import Never, Outcome
from form_server.delivery.mail_server import MailServer
from form_server.delivery.messages import Composer
from form_server.delivery.smtp import SmtpTransport
from form_server.delivery.wire import bare_address, wire_bytes
from form_server.ledger import Claimed, Promise
from form_server.parcels import FullParcel, Parcel, QuestionParcel

_log = logging.getLogger(__name__)


class _Unwritable(Exception):
    """A header of the mail would not be one line."""


class MailChannel:
    """Sends notices, and whole referrals where `carries_whole` says that the way there is closed
    to others: over verified TLS, or to the demo's own mailbox on loopback. Whoever runs the mail
    server must have agreed to guard them (`is_agreed`).

    Elsewhere a whole referral's notice goes out in its place. The alert is not lost that way, and
    the referral itself is at the desk.
    """

    def __init__(
        self,
        server: MailServer,
        transport: SmtpTransport,
        *,
        carries_whole: bool,
        is_agreed: Callable[[], bool] = lambda: True,
    ) -> None:
        self._transport = transport
        self._carries_whole = carries_whole
        self._is_agreed = is_agreed
        self._sender = bare_address(server.sender)
        self._composer = Composer(server.sender, server.reply_to)

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        whole = isinstance(parcel, FullParcel | QuestionParcel) and self._may_tell_all(delivery.id)

        def write() -> Iterator[bytes]:
            message = self._composer.compose(
                parcel,
                to=delivery.address,
                message_id=delivery.message_id,
                created_at=delivery.created_at,
                whole=whole,
            )
            yield b""
            try:
                yield wire_bytes(message)
            except ValueError as error:
                raise _Unwritable from error

        try:
            return self._transport.send(
                self._sender,
                bare_address(delivery.address),
                write(),
                begin,
                patient=delivery.attempts > 1 or delivery.kind.promise is Promise.AT_MOST_ONCE,
            )
        except _Unwritable:
            return Never(
                "The recipient's address or the sender cannot stand in a mail. Correct it."
            )

    def make_ready(self) -> None:
        self._transport.name_sender(self._sender)

    def _may_tell_all(self, delivery_id: str) -> bool:
        """Asked when it goes out: an agreement may have ended since it came in."""
        if not self._carries_whole:
            _log.warning("delivery %s goes out as a notice: no verified TLS", delivery_id)
            return False
        if not self._is_agreed():
            _log.warning(
                "delivery %s goes out as a notice: no agreement with the mail provider", delivery_id
            )
            return False
        return True

    def rest(self) -> None:
        self._transport.rest()

    def close(self) -> None:
        self._transport.close()
