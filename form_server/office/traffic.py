"""How much comes from where, counted for minutes, in memory, under names that nobody can read back.

What is counted (a network, an office, a note) is hashed under a key that is drawn anew with each span
of time and kept nowhere else: no address of anybody is stored, and none can be found out later.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

_ROOM: Final = 20_000
"""Names in one span: two spans of them are a few megabytes, whoever tries to fill them."""
_KEY_BYTES: Final = 32
_HERE: Final = tuple(
    ipaddress.ip_network(one)
    for one in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip


@dataclass
class _Span:
    began_at: datetime
    key: bytes = field(default_factory=lambda: secrets.token_bytes(_KEY_BYTES), repr=False)
    counts: Counter[bytes] = field(default_factory=Counter, repr=False)

    def hash(self, name: str) -> bytes:
        encoded = name.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(encoded, key=self.key, digest_size=16).digest()


class Traffic:
    """Counts within a sliding window, about: the last whole span counts for the part that it covers.

    Safe to share between threads. Each process counts for itself.
    """

    def __init__(self, window: timedelta, clock: Callable[[], datetime], room: int = _ROOM) -> None:
        self._window = window
        self._clock = clock
        self._room = room
        self._lock = threading.Lock()
        self._current = _Span(clock())
        self._last = _Span(self._current.began_at - window)

    def add(self, name: str) -> int:
        """Counts one more; how many there were within the window, this one included."""
        with self._lock:
            self._turn()
            hashed = self._current.hash(name)
            self._count(hashed)
            return max(self._current.counts[hashed] + self._earlier(name), 1)

    def add_below(self, ceiling: int, name: str) -> bool:
        """Counts one more unless there were so many within the window; whether it did."""
        with self._lock:
            self._turn()
            hashed = self._current.hash(name)
            if self._current.counts[hashed] + self._earlier(name) >= ceiling:
                return False
            self._count(hashed)
            return True

    def count(self, name: str) -> int:
        with self._lock:
            self._turn()
            return self._current.counts[self._current.hash(name)] + self._earlier(name)

    def until_next_s(self) -> int:
        """Seconds until the present span ends, and counts begin to fall; 1 or more."""
        with self._lock:
            self._turn()
            left = self._current.began_at + self._window - self._clock()
            return max(int(left.total_seconds()), 1)

    def _count(self, hashed: bytes) -> None:
        counts = self._current.counts
        if hashed in counts or len(counts) < self._room:
            counts[hashed] += 1

    def _earlier(self, name: str) -> int:
        """What the last span still counts for."""
        if not self._last.counts:
            return 0
        passed = (self._clock() - self._current.began_at) / self._window
        return int(self._last.counts[self._last.hash(name)] * (1 - passed))

    def _turn(self) -> None:
        """Begins a new span when the present one is over; a clock set back begins one too."""
        now = self._clock()
        passed = now - self._current.began_at
        if timedelta() <= passed < self._window:
            return
        follows = self._window <= passed < 2 * self._window
        began_at = self._current.began_at + self._window if follows else now
        self._last = self._current if follows else _Span(now - self._window)
        self._current = _Span(began_at)


@lru_cache(maxsize=1024)
def network_of(address: str | None) -> str | None:
    """The network that an address is counted with: /24 of IPv4, /56 of IPv6, as one line gets it.

    None for this machine and for private networks. Such an address is a program of the owner's own,
    or a proxy that the settings do not name and behind which everybody has the same address: to
    count it like another would let one stranger use up the room of all offices.
    """
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if any(parsed in network for network in _HERE if network.version == parsed.version):
        return None
    length = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{length}", strict=False))
