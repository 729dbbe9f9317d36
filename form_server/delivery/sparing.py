"""A way out with many servers behind it, of which one that keeps everybody waiting is let be a while.

Webhooks and pushes go to one server each, and all of them through one lane. Without this, each row for
a server that hangs would hold up the rows for all others for as long as a delivery may take.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from form_server.delivery.backoff import wait_s
from form_server.delivery.channels import Again, Channel, Concern, Outcome, Sent
from form_server.ledger import Claimed
from form_server.parcels import Parcel

_LONG_S: Final = 5.0  # what is answered sooner, yes or no, holds nobody up
_NO_CHANCE: Final = 0.5  # there is one of it: nothing to spread


class Sparing:
    """The channel inside, save that a row for an address at rest is given back untried."""

    def __init__(
        self, channel: Channel, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._channel = channel
        self._monotonic = monotonic
        self._rests: dict[str, tuple[int, float]] = {}  # how often in a row, and until when

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        times, until_s = self._rests.get(delivery.address, (0, 0.0))
        left_s = until_s - self._monotonic()
        if left_s > 0:
            return Again(
                "This address kept everybody waiting a moment ago. It is tried again.",
                Concern.PLACE,
                left_s,
            )
        began_s = self._monotonic()
        outcome = self._channel.deliver(delivery, parcel, begin)
        now_s = self._monotonic()
        if isinstance(outcome, Sent) or now_s - began_s < _LONG_S:
            self._rests.pop(delivery.address, None)
        else:
            rest_s = wait_s(Concern.PLACE, times + 1, _NO_CHANCE)
            self._rests[delivery.address] = (times + 1, now_s + rest_s)
        return outcome

    def rest(self) -> None:
        self._channel.rest()

    def close(self) -> None:
        self._channel.close()
