"""Names drawn ahead: of a referral that has not come yet, and of the first notice about it.

A token is a hash of an id, and the code that hashes has left the processor's memory whenever an office
sends now and then. What needs nothing of the referral is worked out before, and waits in memory for
one use; a slip that is lost with its process has named nothing.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from form_server.admitting import Admitting, hash_of_token, write_token
from form_server.blanks import MOST_IN_A_RUSH
from form_server.ledger import Ledger
from form_server.pausing import PauseLinks
from form_server.receipts import Pick, draw_receipt
from form_server.vault import ServerKey

MOST: Final = 256
_BREATH_S: Final = 0.0005


@dataclass(frozen=True)
class Slip:
    """`token` opens the status page, as text and as bytes; `pause_url` is the link in the notice with
    the id `notice_id`. That nobody else has the receipt, the ledger sees to.
    """

    referral_id: str
    receipt: str
    token: bytes = field(repr=False)
    token_text: str = field(repr=False)
    status_hash: bytes = field(repr=False)
    notice_id: str
    pause_url: str = field(repr=False)


class Slips:
    """Safe to share between threads of one process, and of no use to another: each draws its own."""

    def __init__(
        self,
        ledger: Ledger,
        server_key: ServerKey,
        base_url: str,
        most: int = MOST,
        pick: Pick = secrets.randbelow,
    ) -> None:
        self._new_id = ledger.new_id
        self._token = Admitting(ledger, server_key).token
        self._pause_link = PauseLinks(server_key, base_url).link
        self._most = most
        self._pick = pick
        self._was_filled = self._ran_out = False
        self._drawn: deque[Slip] = deque()

    def take(self) -> Slip:
        """The oldest that was drawn ahead, or one drawn now."""
        try:
            return self._drawn.popleft()
        except IndexError:
            self._ran_out = self._was_filled  # else nobody has had the time to draw any
            return self._draw()

    def refill(self, give_way: Callable[[], None] = lambda: None) -> int:
        """Draws those that are missing, twice as many as ever where they did not suffice; how many.

        `give_way` is called before each.
        """
        drawn = 0
        if self._ran_out:
            self._most = min(2 * self._most, MOST_IN_A_RUSH)
        self._was_filled, self._ran_out = True, False
        while len(self._drawn) < self._most:
            give_way()
            self._drawn.append(self._draw())
            drawn += 1
            time.sleep(_BREATH_S)  # whoever waits for the interpreter has it now
        return drawn

    def _draw(self) -> Slip:
        referral_id, notice_id = self._new_id(), self._new_id()
        token = self._token(referral_id)
        return Slip(
            referral_id,
            draw_receipt(self._pick),
            token,
            write_token(token),
            hash_of_token(token),
            notice_id,
            self._pause_link(notice_id),
        )
