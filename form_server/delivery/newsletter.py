"""Newsletters as a channel: mail to many, on a connection of their own and no faster than is allowed.

A notice never waits behind one, because each channel has its own lane. Every copy has a way out that
a mail program can take by itself (RFC 8058), and says that it is one of many, so that no machine
answers it.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from flask_mail import Message

from form_server.delivery.channels import Again, Concern, Never, Outcome
from form_server.delivery.mail_server import MailServer
from form_server.delivery.smtp import SmtpTransport
from form_server.delivery.wire import bare_address, wire_bytes
from form_server.ledger import Claimed
from form_server.ledger.newsletter_rows import IssueText
from form_server.parcels import NewsletterParcel, Parcel, ParcelRefused, ProofParcel

MOST_TRIES: Final = 200  # a quarter of an hour apart, after the first few: two days
_ISSUES_KEPT: Final = 4  # two may be under way, and be continued after each other's retries


class _Unwritable(Exception):
    """A header of the mail would not be one line."""


class NewsletterChannel:
    """`read_issue` gives what was written once for all readers; `a_minute` copies go out at most."""

    def __init__(
        self,
        server: MailServer,
        transport: SmtpTransport,
        read_issue: Callable[[str], IssueText],
        a_minute: int,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = transport
        self._sender = bare_address(server.sender)
        self._read = lru_cache(maxsize=_ISSUES_KEPT)(read_issue)
        self._pause_s = 60.0 / a_minute
        self._monotonic = monotonic
        self._sleep = sleep
        self._free_at_s = monotonic()
        self._blank = Message(sender=server.sender, reply_to=server.reply_to or server.sender)
        self._headers = {
            "List-Id": f"<newsletter.{self._sender.rpartition('@')[2]}>",
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "All",
        }

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        text, leave_url = self._written(parcel)
        message = self._address(delivery, text, leave_url)

        def write() -> Iterator[bytes]:
            yield b""
            try:
                yield wire_bytes(message)
            except ValueError as error:
                raise _Unwritable from error

        self._wait_for_turn()
        try:
            outcome = self._transport.send(
                self._sender, bare_address(delivery.address), write(), begin, patient=True
            )
        except _Unwritable:
            return Never("The reader's address or the sender cannot stand in a mail. Correct it.")
        return _end_somewhere(outcome, delivery.attempts)

    def rest(self) -> None:
        self._transport.rest()

    def close(self) -> None:
        self._transport.close()

    def _written(self, parcel: Parcel) -> tuple[IssueText, str]:
        match parcel:
            case ProofParcel():
                return IssueText(parcel.subject, parcel.html, parcel.plain), parcel.leave_url
            case NewsletterParcel():
                return _own(self._read(parcel.issue_id), parcel), parcel.leave_url
        raise ParcelRefused(("kind",))

    def _address(self, delivery: Claimed, text: IssueText, leave_url: str) -> Message:
        message = copy.copy(self._blank)
        message.recipients = [delivery.address]
        message.subject = text.subject
        message.body = text.plain
        message.alts = {"html": text.html}
        message.msgId = f"<{delivery.message_id.strip('<>')}>"
        message.date = delivery.created_at.timestamp()
        message.extra_headers = {**self._headers, "List-Unsubscribe": f"<{leave_url}>"}
        if leave_url.startswith("https:"):  # RFC 8058 asks for it
            message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return message

    def _wait_for_turn(self) -> None:
        now_s = self._monotonic()
        if now_s < self._free_at_s:
            self._sleep(self._free_at_s - now_s)
        self._free_at_s = max(now_s, self._free_at_s) + self._pause_s


def _end_somewhere(outcome: Outcome, attempts: int) -> Outcome:
    """A mailbox that was full for two days is as good as none; a way that is blocked mends itself."""
    if attempts < MOST_TRIES or not isinstance(outcome, Again):
        return outcome
    if outcome.concern is not Concern.MESSAGE:
        return outcome
    return Never(f"{outcome.reason} It was tried {attempts} times, and is not tried again.")


def _own(text: IssueText, parcel: NewsletterParcel) -> IssueText:
    """With the link of this reader where the issue's own name stands."""
    return IssueText(
        text.subject,
        text.html.replace(parcel.issue_id, parcel.token),
        text.plain.replace(parcel.issue_id, parcel.token),
    )
