"""The sign of life that monitoring elsewhere expects: it rings when none has come for a while.

A machine that has lost its power, its network or its way out cannot tell anybody, so it is the
silence that tells. The sign is given only while referrals would be stored and forwarded.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from form_server.delivery.addresses import find_places
from form_server.delivery.post import NoAnswer, NotSent, Target, post
from form_server.ledger import Channel, LedgerUnavailable
from form_server.services import Services

EVERY_S: Final = 60.0
_LATE: Final = timedelta(minutes=5)
_WITHIN_S: Final = 20.0

_log = logging.getLogger(__name__)


class Heartbeat:
    """A chore: once a minute, by a thread of its own, because no chore may wait for a network."""

    def __init__(
        self, services: Services, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._services = services
        self._url = services.settings.watch.ping_url
        self._monotonic = monotonic
        self._next_s = monotonic()
        self._thread: threading.Thread | None = None

    def __call__(self) -> None:
        if not self._url or self._monotonic() < self._next_s or self._is_busy():
            return
        self._next_s = self._monotonic() + EVERY_S
        if trouble := self._find_trouble():
            _log.error("no sign of life is given: %s", trouble)
            return
        self._thread = threading.Thread(target=ping, args=(self._url,), name="ping", daemon=True)
        self._thread.start()

    def _is_busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _find_trouble(self) -> str:
        services = self._services
        now = services.clock()
        try:
            services.ledger.check_writable()
            due = dict(services.ledger.upkeep.gauges(now).oldest_due_at)
        except LedgerUnavailable:
            return "the ledger cannot be written"
        due.pop(Channel.BULK, None)  # a newsletter takes its time
        if any(now - at > _LATE for at in due.values()):
            return "a delivery is late"
        return ""


def ping(url: str) -> bool:
    """Whether it was heard. The address is the host's own setting, and may be in a private network."""
    target = Target.parse(url)
    try:
        answer = post(
            target,
            find_places(target.host, target.port, allow_private=True),
            b"",
            {"User-Agent": "Warm-Handoff"},
            tls=ssl.create_default_context(),
            within_s=_WITHIN_S,
            begin=lambda: None,
        )
    except (OSError, NotSent, NoAnswer, UnicodeError) as error:
        _log.warning("the sign of life was not heard: %s", type(error).__name__)
        return False
    if answer.status >= 400:
        _log.warning("the sign of life was refused with %d", answer.status)
    return answer.status < 400
