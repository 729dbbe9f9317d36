"""Envelopes made ahead: the dear part of sealing, done while no office waits.

A blank holds the content key of a referral that has not come yet, in memory and for one use. Whoever
could read this process's memory could read what arrives as well, so nothing is lost by having it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from form_server.ledger import InboxKey
from form_server.vault import Blank, PublicKey

MOST: Final = 256
"""Of all inboxes together, about 350 kB: a rush that is longer makes its own."""
MOST_IN_A_RUSH: Final = 2048
"""Of an inbox that has had rushes, about 3 MB: its pile is doubled whenever it did not suffice."""
_BREATH_S: Final = 0.0005


@dataclass
class _Pile:
    """The blanks of one version of an inbox's key."""

    key: InboxKey
    public_key: PublicKey
    wanted: int
    blanks: deque[Blank] = field(default_factory=deque, repr=False)
    ran_out: bool = False


class Blanks:
    """Safe to share between threads; `practice` is the ledger's own id."""

    def __init__(self, practice: str, most: int = MOST) -> None:
        self._practice = practice
        self._most = most
        self._piles: dict[str, _Pile] = {}

    def take(self, key: InboxKey) -> Blank:
        """One for the inbox's key: from its pile, or made now. Raises KeyDamaged."""
        pile = self._pile(key)
        try:
            return pile.blanks.popleft()
        except IndexError:
            pile.ran_out = pile.wanted > 0  # else nobody has had the time to make any
            return self._make(pile)

    def refill(self, keys: Sequence[InboxKey], give_way: Callable[[], None] = lambda: None) -> int:
        """Makes what is missing from the piles of these keys; how many.

        `give_way` is called before each one, and may take a moment. Raises KeyDamaged.
        """
        each = self._most // max(len(keys), 1)
        made = 0
        for pile in map(self._pile, keys):
            pile.wanted = max(pile.wanted, each)
            if pile.ran_out:
                pile.wanted = min(2 * pile.wanted, MOST_IN_A_RUSH)
                pile.ran_out = False
            while len(pile.blanks) < pile.wanted and self._piles.get(pile.key.inbox_id) is pile:
                give_way()
                pile.blanks.append(self._make(pile))
                made += 1
                time.sleep(_BREATH_S)  # whoever waits for the interpreter has it now
        return made

    def _pile(self, key: InboxKey) -> _Pile:
        pile = self._piles.get(key.inbox_id)
        if pile is None or pile.key != key:  # the first one, or the key was rotated
            pile = _Pile(key, PublicKey.from_bytes(key.public_key), wanted=0)
            self._piles[key.inbox_id] = pile
        return pile

    def _make(self, pile: _Pile) -> Blank:
        key = pile.key
        return Blank.make(pile.public_key, self._practice, key.inbox_id, key.version)
