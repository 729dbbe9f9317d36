"""Rows that are born claimed: for a worker of this process that waits for one at that very moment.

Claiming costs a look and a commit between an office's answer and its notice. A lane that has nothing
to do says so here; a referral that comes then is written as held by it, and handed over in memory once
its commit stands. Should the hand-over be lost on the way, the lane gives such rows back, and they are
claimed like any other: the row is the truth, and this is a short cut to it.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from form_server.ledger.rows import Channel, Claimed

_MOST: Final = 8
"""Handed over and not begun: what comes on top is claimed, in the order in which it fell due."""


@dataclass(frozen=True)
class Ticket:
    """That a lane waits; void once it has given back what it held since then."""

    channel: Channel
    owner: str
    round: int


@dataclass(frozen=True)
class Handed:
    """A row held by a lane since its birth, with what its parcel says, unsealed."""

    ticket: Ticket
    claimed: Claimed
    parcel: Any  # the ledger does not know what parcels are made of


class IdleLane:
    """Where one lane takes rows over. Safe to share between threads; `call` wakes the lane."""

    def __init__(self, channel: Channel, owner: str, call: threading.Event) -> None:
        self._channel = channel
        self.owner = owner
        self._call = call
        self._lock = threading.Lock()
        self._round = 0
        self._is_open = False
        self._given: deque[Handed] = deque()

    def open(self) -> None:
        """The lane has nothing to do."""
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def ticket(self) -> Ticket | None:
        """Leave to write one row as held; None while the lane is busy or away."""
        if not self._is_open or len(self._given) >= _MOST:
            return None
        return Ticket(self._channel, self.owner, self._round)

    def give(self, handed: Handed) -> None:
        """After the commit."""
        with self._lock:
            self._given.append(handed)
        self._call.set()

    def take(self) -> list[Handed]:
        """All that was given since the last look, oldest first."""
        with self._lock:
            given = list(self._given)
            self._given.clear()
        return given

    def holds(self, handed: Handed) -> bool:
        """Whether its ticket is good: else the row was given back meanwhile, and waits unheld."""
        return handed.ticket.round == self._round

    def void(self) -> None:
        """Before the lane gives back all that it holds."""
        with self._lock:
            self._round += 1


class IdleLanes:
    """The lanes of this process, by channel; there are none without a worker."""

    def __init__(self) -> None:
        self._lanes: dict[Channel, IdleLane] = {}

    def add(self, channel: Channel, owner: str, call: threading.Event) -> IdleLane:
        lane = self._lanes[channel] = IdleLane(channel, owner, call)
        return lane

    def ticket(self, channel: Channel) -> Ticket | None:
        lane = self._lanes.get(channel)
        return lane.ticket() if lane else None

    def give(self, handed: Handed) -> None:
        self._lanes[handed.ticket.channel].give(handed)
