"""Signed webhooks as a channel: a notice as JSON, for a program of the practice's own.

The signature is the one that many services use: `Handoff-Signature: t=1764000000,v1=9f86…`, an
HMAC-SHA256 over the time, a dot and the body. Who receives it compares the time with their clock and
the id with those they have seen: a delivery may come twice, and then has the same id.
"""

from __future__ import annotations

import email.utils
import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from form_server.delivery.addresses import NowherePublic, find_places
from form_server.delivery.channels import Again, Never, Outcome, Sent, Unknown
from form_server.delivery.letters import letter_about
from form_server.delivery.post import Answer, NoAnswer, NotSent, Target, post
from form_server.environment import is_loopback
from form_server.ledger import Claimed
from form_server.parcels import (
    FullParcel,
    NoticeParcel,
    Parcel,
    QuarantineParcel,
    QuestionParcel,
    ReminderParcel,
)

SIGNATURE_HEADER: Final = "Handoff-Signature"
TIMEOUT_S: Final = 20.0
LONGEST_WAIT_S: Final = 900.0  # however long a server asks for: a referral is waiting

_AGAIN: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class WebhookChannel:
    """Tells by HTTPS; each address has its own server, so one that hangs blocks its rows only.

    With `allow_private`, machines of one's own network can be told too, and this very machine
    without TLS.
    """

    def __init__(
        self,
        secret: str,
        *,
        allow_private: bool = False,
        tls: ssl.SSLContext | None = None,
        timeout_s: float = TIMEOUT_S,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        self._secret = secret.encode()
        self._allow_private = allow_private
        self._tls = tls or ssl.create_default_context()
        self._timeout_s = timeout_s
        self._now_s = now_s

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        try:
            target = Target.parse(delivery.address)
        except ValueError:
            return Never("The webhook's address is no web address. Correct it.")
        if not target.secure and not (self._allow_private and is_loopback(target.host)):
            return Never("The webhook's address must begin with https://. Correct it.")
        try:
            places = find_places(target.host, target.port, allow_private=self._allow_private)
        except NowherePublic:
            return Never(
                f"{target.host} leads into a private network, so nothing was sent. Set "
                "HANDOFF_WEBHOOK_ALLOW_PRIVATE=1 if that is meant."
            )
        except (OSError, UnicodeError):
            return Again(f"{target.host} cannot be found. It is tried again.")
        body = notice_body(delivery, parcel)
        try:
            answer = post(
                target,
                places,
                body,
                self._headers(delivery, body),
                tls=self._tls,
                within_s=self._timeout_s,
                begin=begin,
            )
        except ssl.SSLCertVerificationError as error:
            reason = error.verify_message
            return Again(f"The certificate of {target.host} cannot be trusted ({reason}).")
        except NotSent as error:
            return Again(f"{target.host} was not reached ({error.why}). It is tried again.")
        except NoAnswer as error:
            return Unknown(
                f"{target.host} was told and did not say what became of it: {error.why}."
            )
        return judge(answer, target.host, self._now_s())

    def rest(self) -> None:
        """Nothing is kept open."""

    def close(self) -> None:
        """Nothing is kept open."""

    def _headers(self, delivery: Claimed, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": "Warm-Handoff",
            "Idempotency-Key": delivery.id,
            SIGNATURE_HEADER: sign(self._secret, int(self._now_s()), body),
        }


def sign(secret: bytes, at_s: int, body: bytes) -> str:
    """The header's value; `at_s` in seconds since 1970."""
    mac = hmac.new(secret, f"{at_s}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at_s},v1={mac}"


def notice_body(delivery: Claimed, parcel: Parcel) -> bytes:
    """JSON, the same bytes at each attempt: ids, times and a link; nobody's name."""
    notice = parcel.notice if isinstance(parcel, FullParcel | QuestionParcel) else parcel
    letter = letter_about(notice, whole=False)
    said: dict[str, str | bool | int | None] = {
        "id": delivery.id,
        "kind": delivery.kind.value,
        "created_at": _moment(delivery.created_at),
        "referral": delivery.referral_id,
        "message": letter.subject,
        "url": letter.button_url,
    }
    if isinstance(notice, NoticeParcel | ReminderParcel):
        said["receipt"] = notice.receipt
        said["received_at"] = _moment(notice.received_at)
        said["promised_by"] = _moment(notice.promised_by)
        said["drill"] = notice.is_drill
        if notice.what != "referral":
            said["about"] = notice.what
    elif isinstance(notice, QuarantineParcel):
        said["promised_by"] = _moment(notice.promised_by)
        said["count"] = notice.count
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()


def judge(answer: Answer, host: str, now_s: float) -> Outcome:
    """What an answer means for the delivery; `now_s` in seconds since 1970."""
    status = answer.status
    if 200 <= status < 300:
        return Sent()
    if status >= 500 or status in _AGAIN:
        wait_s = _asked_wait_s(answer.headers.get("retry-after", ""), now_s)
        return Again(f"{host} answered {status}. It is tried again.", not_before_s=wait_s)
    if status < 400:
        return Never(
            f"{host} answered {status}, and redirects are not followed. Give the address that it "
            "leads to."
        )
    return Never(f"{host} answered {status}, and takes no such notice. Correct its address.")


def _asked_wait_s(raw: str, now_s: float) -> float:
    """Retry-After as seconds (RFC 9110, 10.2.3): a count or a date; 0 for anything else."""
    raw = raw.strip()
    if raw.isascii() and raw.isdigit():
        asked_s = float(raw[:9])
    else:
        try:
            asked_s = email.utils.parsedate_to_datetime(raw).timestamp() - now_s
        except (ValueError, OverflowError):
            return 0.0
    return min(max(asked_s, 0.0), LONGEST_WAIT_S)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
