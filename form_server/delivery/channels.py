"""What a way of delivering answers, and what it must be able to do.

A channel turns one claimed row and its opened parcel into something that leaves the house, and
answers with one of four outcomes and nothing else. It never touches the ledger: the worker writes
down what became of the row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, runtime_checkable

from form_server.ledger import Claimed
from form_server.parcels import Parcel


class Concern(Enum):
    """Whose trouble a failed attempt is; it decides who waits, and how long."""

    MESSAGE = "message"  # this one message or its recipient: the others may go on
    PLACE = "place"  # this address, for now: it was not even tried
    CHANNEL = "channel"  # the way out is blocked for all, and will mend itself
    SETTINGS = "settings"  # blocked for all until a person changes a setting


@dataclass(frozen=True)
class Sent:
    """The other side has taken responsibility for it."""


@dataclass(frozen=True)
class Again:
    """Nothing was taken: a later attempt delivers it once, not twice.

    `not_before_s` is how many seconds the other side asked for; a longer wait of ours stands.
    """

    reason: str
    concern: Concern = Concern.MESSAGE
    not_before_s: float = 0.0


@dataclass(frozen=True)
class Never:
    """The other side refused it for good; a person has to look."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """All of it was handed over, and no answer says whether it was taken."""

    reason: str


Outcome = Sent | Again | Never | Unknown


@runtime_checkable
class Foresighted(Protocol):
    """A channel that can do something ahead of a delivery."""

    def make_ready(self) -> None:
        """There is time, and a delivery may come: for a second or two at the most; raises nothing."""


class Channel(Protocol):
    """One way out of the house; it is used by one thread at a time."""

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        """Tries once, within a bounded time.

        Calls `begin` once, when everything but the transmission itself has succeeded: what happens
        before it can be done again without harm. What `begin` raises passes through, and nothing
        is transmitted then.
        """

    def rest(self) -> None:
        """Nothing is due; what has been kept open for too long may be let go."""

    def close(self) -> None:
        """Lets go of everything, without waiting long for the other side."""
