"""When the server is killed: at each reply of the mail server, around each commit, and at random."""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import dataclass
from enum import StrEnum

from tests.smtp_faults import Stage

STAGES = (
    Stage.DOT, Stage.DATA, Stage.RCPT, Stage.BODY, Stage.MAIL, Stage.CONNECT, Stage.EHLO,
    Stage.STARTTLS, Stage.AUTH, Stage.RSET, Stage.QUIT,
)  # fmt: skip
"""Every reply that the server waits for; it never says NOOP."""
_GREETINGS = frozenset({Stage.CONNECT, Stage.EHLO, Stage.STARTTLS, Stage.AUTH})
_EVERY_MAIL = frozenset({Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.BODY, Stage.DOT})
_COMMIT_S = 0.012  # from a request's last byte to its answer, and somewhat more
_MOMENT_S = 0.004


class Moment(StrEnum):
    """What is waited for."""

    REPLY = "reply"  # the mail server has been asked and has not answered
    REPLIED = "replied"  # it answers at this moment
    SENT = "sent"  # a request's last byte has gone out, so its commit is being made
    ANSWERED = "answered"  # the first byte of an answer has come, so its commit was just made
    RANDOM = "random"


@dataclass(frozen=True)
class Strike:
    """One SIGKILL: its moment, and how long after it."""

    moment: Moment
    delay_s: float
    skips: int = 0
    """So many such moments pass unharmed first."""
    stage: Stage | None = None
    keeps_mail: bool = False
    """After the dot: the mail server takes the message, and its answer never comes."""

    @property
    def name(self) -> str:
        return f"{self.moment} {self.stage}" if self.stage else str(self.moment)

    @property
    def needs_new_connection(self) -> bool:
        return self.stage in _GREETINGS


def plan_strikes(kills: int, chance: random.Random) -> list[Strike]:
    """So many strikes; every kind of moment comes among the first five, every reply among 55."""
    replies = [(stage, moment) for moment in (Moment.REPLY, Moment.REPLIED) for stage in STAGES]
    stages = itertools.cycle(replies)
    pattern = itertools.cycle((None, Moment.SENT, None, Moment.ANSWERED, Moment.RANDOM))
    strikes = []
    for kind in itertools.islice(pattern, kills):
        if kind is None:
            stage, moment = next(stages)
            skips = chance.randrange(4) if stage in _EVERY_MAIL else 0
            delay_s = chance.uniform(0, _MOMENT_S) if moment is Moment.REPLIED else 0.0
            strikes.append(Strike(moment, delay_s, skips, stage, chance.random() < 0.5))
        else:
            longest_s = {Moment.SENT: _COMMIT_S, Moment.RANDOM: 1.0}.get(kind, _MOMENT_S)
            strikes.append(Strike(kind, chance.uniform(0, longest_s), chance.randrange(3)))
    return strikes


@dataclass
class Trigger:
    """One strike that waits for its moment."""

    strike: Strike

    def __post_init__(self) -> None:
        self._skips = self.strike.skips
        self._lock = threading.Lock()
        self._pulled = threading.Event()

    def pull(self) -> None:
        self._pulled.set()

    def see(self, moment: Moment) -> None:
        """A client's moment; the strike's own comes after as many as it skips."""
        if moment is not self.strike.moment:
            return
        with self._lock:
            self._skips -= 1
            if self._skips < 0:
                self._pulled.set()

    def wait(self, within_s: float) -> bool:
        return self._pulled.wait(within_s)
