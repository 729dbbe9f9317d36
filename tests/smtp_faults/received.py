"""A message as the server took it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True)
class Received:
    """A message that the server took; `connection` counts from 1 and began at `opened_s`."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    at_s: float  # time.monotonic
    connection: int
    opened_s: float
    over_tls: bool
    login: str

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.data, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])
