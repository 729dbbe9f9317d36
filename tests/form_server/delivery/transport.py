"""A transport to the relay of the test, and one message to send by it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from form_server.delivery import MailServer, Outcome, SmtpTransport
from tests.form_server.delivery.things import SENDER, THERAPIST, server_for
from tests.smtp_faults import FaultySmtpServer

WIRE = b"Message-ID: <1@x.example>\r\nSubject: hello\r\n\r\n.dot first\r\nlast line\r\n"


class Offset:
    """A monotonic clock that the test can put forward."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead_s


class Begun:
    """Counts how often the transmission was announced."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@contextmanager
def transport_to(server: MailServer, monotonic: Offset | None = None) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(server, monotonic=monotonic or Offset())
    try:
        yield transport
    finally:
        transport.close()


def send(transport: SmtpTransport, recipient: str = THERAPIST, wire: bytes = WIRE) -> Outcome:
    return transport.send(SENDER, recipient, iter([wire]), Begun())


def send_once(relay: FaultySmtpServer, **settings: Any) -> Outcome:
    with transport_to(server_for(relay, **settings)) as transport:
        return send(transport)
