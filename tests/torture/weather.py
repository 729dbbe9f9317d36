"""How the mail server misbehaves: drawn from a seed, and written down, so that blame can be given.

It runs in the relay's own thread; the run arms and calms it from another.
"""

from __future__ import annotations

import random
import threading
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.smtp_faults import Action, Answer, Drop, Hang, Received, Slow, Stage
from tests.torture.strikes import Moment, Strike

_JUST_BEFORE_S = 5.0
_READ_LATE_S: Final = 1.0
_FAULT_CHANCE: Final = 0.06
_WAYS_TO_END: Final[tuple[Action, ...]] = (Answer(421), Drop(), Drop(), Slow(0.2), Hang())
_FAULTS: Final[Mapping[Stage, tuple[Action, ...]]] = {
    Stage.CONNECT: (Answer(554), *_WAYS_TO_END),
    Stage.EHLO: (Answer(550), *_WAYS_TO_END),
    Stage.STARTTLS: (Answer(454), *_WAYS_TO_END),
    Stage.AUTH: (Answer(535), Answer(454), *_WAYS_TO_END),
    Stage.MAIL: (Answer(450), Answer(550), Answer(552), *_WAYS_TO_END),
    Stage.RCPT: (Answer(450), Answer(450), Answer(550), Answer(552), *_WAYS_TO_END),
    Stage.DATA: (Answer(451), Answer(552), *_WAYS_TO_END),
    Stage.BODY: (Drop(), Drop(), Hang()),
    Stage.DOT: (
        *(Answer(450), Answer(452), Answer(550), Answer(552)),
        *(Drop(kept=True), Drop(kept=True), Hang(kept=True), *_WAYS_TO_END),
    ),
    Stage.RSET: _WAYS_TO_END,
    Stage.QUIT: _WAYS_TO_END,
}


@dataclass
class Talk:
    """What became of one accepted recipient; the relay holds one conversation at a time."""

    address: str
    answered: bool = False
    """The message or DATA had its answer, so that the server could know the outcome."""
    begun_s: float = field(default_factory=time.monotonic)
    cut: bool = False
    """It ended without one, or the server was killed before it said another word."""


class Weather:
    """`choose` for the relay. Nothing goes wrong while it is `calm`, save an armed strike."""

    def __init__(self, chance: random.Random, *, several: bool = False) -> None:
        """`several` processes send at once: then a death cuts whatever was said just before it."""
        self._chance = chance
        self._several = several
        self._lock = threading.Lock()
        self._strike: Strike | None = None
        self._skips = 0
        self._pull: Callable[[], None] = lambda: None
        self._talk: Talk | None = None
        self.calm = False
        self.talks: list[Talk] = []
        self.taken_unanswered: list[bool] = []
        """For each message taken, in order: whether its answer was withheld."""
        self.died_s: list[float] = []
        self.refused_for_good: Counter[str] = Counter()
        """5xx to an envelope or a message, by recipient; by "" where none was named yet."""
        self.faults: Counter[str] = Counter()

    def arm(self, strike: Strike, pull: Callable[[], None]) -> None:
        """`pull` is called once, when the strike's stage is reached."""
        with self._lock:
            self._strike, self._skips, self._pull = strike, strike.skips, pull

    def disarm(self) -> None:
        with self._lock:
            self._strike = None

    def process_died(self) -> None:
        """The server was killed: whatever it was last told, it may not have written down."""
        with self._lock:
            if self._talk is not None:
                self._talk.cut = True
                self._talk = None
            died_s = time.monotonic()
            self.died_s.append(died_s)
            for talk in self.talks if self._several else ():
                talk.cut = talk.cut or died_s - talk.begun_s < _JUST_BEFORE_S

    def died_unheard(self, taken: Received, again: Received) -> bool:
        """Whether a death explains that a mail came again: its answer could not be written down.

        The mail server may still be reading what a dead process had sent, so that the death comes before
        the mail was taken. A lone process took its connections with it; of several, the one that
        died is not known, and the reading is held to have been a little late at most.
        """
        since_s = taken.opened_s
        if self._several:
            since_s = max(since_s, taken.at_s - _READ_LATE_S)
        return bisect(self.died_s, since_s) < bisect(self.died_s, again.at_s)

    def choose(self, stage: Stage, recipient: str) -> Action | None:
        with self._lock:
            action = self._draw(stage)
            self._note(stage, recipient, action)
            if action is not None:
                self.faults[stage] += 1
            return action

    def was_cut(self, address: str) -> bool:
        return any(talk.cut for talk in self.talks if talk.address == address)

    def _draw(self, stage: Stage) -> Action | None:
        strike = self._strike
        if strike is not None and strike.stage is not None:
            if stage is strike.stage and self._skips:
                self._skips -= 1
            elif stage is strike.stage:
                self._strike = None
                self._pull()
                return Hang(kept=strike.keeps_mail) if strike.moment is Moment.REPLY else None
            if strike.stage is Stage.RSET and stage is Stage.RCPT:
                return Answer(450)  # leaves an envelope open, which the next mail has to end
            return None  # nothing shall keep the server from getting there
        if self.calm or self._chance.random() >= _FAULT_CHANCE:
            return None
        return self._chance.choice(_FAULTS.get(stage, (None,)))

    def _note(self, stage: Stage, recipient: str, action: Action | None) -> None:
        goes_on = action is None or isinstance(action, Slow)
        refused = isinstance(action, Answer) and action.code != 421
        if stage in (Stage.DATA, Stage.BODY, Stage.DOT):
            talk = self._talk
            if isinstance(action, Answer) and action.code >= 500:
                self.refused_for_good[talk.address if talk else recipient] += 1
            if talk is not None and (refused or (goes_on and stage is Stage.DOT)):
                talk.answered = True
            elif talk is not None and not goes_on:
                talk.cut = True
            if stage is Stage.DOT and (goes_on or getattr(action, "kept", False)):
                self.taken_unanswered.append(not goes_on)
            return
        self._talk = None  # another word proves that the last answer was heard
        if isinstance(action, Answer) and action.code >= 500:
            self.refused_for_good[recipient if stage is Stage.RCPT else ""] += 1
        if stage is Stage.RCPT and goes_on:
            self._talk = Talk(recipient)
            self.talks.append(self._talk)
