"""Slows down guessing without ever locking a user out from somewhere else.

Failures count per place and name, and per place. A place is the network a request comes from, or a
device that this user has signed in on before: whoever guesses from elsewhere, or behind the same
proxy, makes nobody wait but themselves. Six words hold 77 bits; the waits only keep the noise down.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.desk.console import Desk
from outreach_kit.errors import HandoffError

_FREE_TRIES: Final = 5
_FREE_TRIES_OF_A_PLACE: Final = 30
_LONGEST_WAIT: Final = timedelta(seconds=60)
_FORGOTTEN_AFTER: Final = timedelta(hours=1)
_MARK_HEX: Final = 32


class TooManyTries(HandoffError):
    """The next try has to wait; nobody is locked out."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        wait = "one second" if wait_s == 1 else f"{wait_s} seconds"
        super().__init__(
            f"That was one try too many in a row. Wait {wait}, then try again; "
            "your six words have not changed."
        )


@dataclass(frozen=True)
class Place:
    """Where a sign-in is tried from; `device` is the mark of a device known for this very user."""

    address: str
    device: str | None = None


@dataclass(frozen=True)
class Throttle:
    """The counters that one try concerns; `everywhere` counts a name's tries from all places
    together, for what a stranger cannot get to try."""

    desk: Desk
    name: str
    place: Place
    everywhere: bool = False

    def check(self, now: datetime) -> None:
        """Raises TooManyTries while a wait is on; a try within a wait does not lengthen it."""
        waits = [self._wait(key, free, now) for key, free in self._counters()]
        longest = max(waits)
        if longest > timedelta(0):
            raise TooManyTries(-(-longest // timedelta(seconds=1)))

    def record_failure(self, now: datetime) -> None:
        failures = self.desk.ledger.sign_in_failures
        for key, _ in self._counters():
            before = failures.get(key)
            if before is not None and now - before.last_at > _FORGOTTEN_AFTER:
                failures.clear(key)
            failures.record(key, now)

    def record_success(self) -> None:
        """Clears this name at this place; what else was tried from the place stays counted."""
        self.desk.ledger.sign_in_failures.clear(self._counters()[0][0])

    def _counters(self) -> tuple[tuple[str, int], ...]:
        """Keys with the tries that each allows before it makes anybody wait."""
        if self.place.device is not None:
            about = (self.name,) if self.everywhere else ()
            return ((self._key("device", self.place.device, *about), _FREE_TRIES),)
        if self.everywhere:
            return ((self._key("name", self.name), _FREE_TRIES),)
        network = network_of(self.place.address)
        return (
            (self._key("name", network, self.name), _FREE_TRIES),
            (self._key("network", network), _FREE_TRIES_OF_A_PLACE),
        )

    def _key(self, kind: str, *about: str) -> str:
        """Hashed under the server's key: the table tells nobody who tried from where."""
        return f"{kind}:{self.desk.server_key.derive('sign-in throttle', kind, *about).hex()}"

    def _wait(self, key: str, free: int, now: datetime) -> timedelta:
        failed = self.desk.ledger.sign_in_failures.get(key)
        if failed is None or failed.count < free or now - failed.last_at > _FORGOTTEN_AFTER:
            return timedelta(0)
        # The exponent is held down: a count of thousands would overflow.
        grown = timedelta(seconds=2 ** min(failed.count - free + 1, 10))
        return failed.last_at + min(grown, _LONGEST_WAIT) - now


def network_of(address: str) -> str:
    """The address itself, or for IPv6 the /64 that one household or office is given."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def new_device_mark(desk: Desk, user_id: str) -> str:
    """What a device keeps after its first sign-in; only this server can make one."""
    nonce = secrets.token_hex(_MARK_HEX // 2)
    return f"{nonce}.{_signature(desk, user_id, nonce)}"


def is_device_of(desk: Desk, mark: str | None, user_id: str) -> bool:
    """Whether `mark` was made here for that user."""
    nonce, parted, signature = (mark or "").partition(".")
    known = _signature(desk, user_id, nonce)
    return bool(parted) and hmac.compare_digest(signature.encode(), known.encode())


def _signature(desk: Desk, user_id: str, nonce: str) -> str:
    return desk.server_key.derive("known device", user_id, nonce).hex()
