"""The wall clock was set back: whatever it wrote while it was ahead is put right by the facts.

A machine may wake with a wrong date and be corrected minutes later. Nothing that was armed meanwhile
may stay there: no clock of a referral, no digest, no drill, no notice that was to go out at once.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.clockwork.announcing import BATCH
from form_server.clockwork.digest import Digest
from form_server.clockwork.drill import Drill
from form_server.clockwork.question_setback import QuestionSetback, each
from form_server.clockwork.referral_turn import ReferralTurns
from form_server.clockwork.retention import Retention
from form_server.ledger import Case, DeliveryKind, Ledger, NotFound, Turn
from form_server.ledger.setbacks import SLACK, Astray

_LOOK_EVERY_S: Final = 300.0
"""For clocks that others set: a second server on the same ledger."""

_log = logging.getLogger(__name__)


class Watchman:
    """Tells that the wall clock fell behind the one that nobody sets, or that it is time to look."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._seen: tuple[datetime, float] | None = None
        self._look_at_s = -math.inf

    def should_look(self, now: datetime) -> bool:
        """From the start on, and after each step back, until `note_looked`; call it often."""
        at_s = self._monotonic()
        seen, self._seen = self._seen, (now, at_s)
        if seen is not None and now - seen[0] <= timedelta(seconds=at_s - seen[1]) - SLACK:
            self._look_at_s = -math.inf
        return at_s >= self._look_at_s

    def note_looked(self) -> None:
        self._look_at_s = self._monotonic() + _LOOK_EVERY_S


@dataclass(frozen=True)
class Setback:
    """Puts right what is further in the future than anything armed until now can be."""

    ledger: Ledger
    turns: ReferralTurns
    digest: Digest
    drill: Drill | None
    retention: Retention
    questions: QuestionSetback

    def put_right(self, now: datetime) -> int:
        """How many rows were; referrals from the future came in now. Raises LedgerUnavailable."""
        setbacks = self.ledger.setbacks
        found = sum(each(setbacks.from_the_future(now), lambda one: self._restart(one, now)))
        found += sum(each(setbacks.clocks(now), lambda one: self._rearm(one, now)))
        found += self.questions.put_right(now)
        found += self._recall(DeliveryKind.DIGEST, self.digest.next_at(now))
        found += self._recall(DeliveryKind.RETENTION, self.retention.next_at(now))
        if self.drill is not None:
            latest = self.drill.latest_at(now)
            found += setbacks.pull(DeliveryKind.DRILL, latest, self.drill.next_at(now))
        found += setbacks.pull(DeliveryKind.QUARANTINE, now + BATCH + SLACK, now)
        found += setbacks.bring_back(now)
        setbacks.forget(now)
        if found:
            _log.warning(
                "%d rows stood later than their plan, as after a clock that ran ahead", found
            )
        return found

    def _recall(self, kind: DeliveryKind, at: datetime | None) -> int:
        return 0 if at is None else self.ledger.setbacks.pull(kind, at, at)

    def _restart(self, referral_id: str, now: datetime) -> bool:
        return self.ledger.setbacks.restart(
            referral_id, now, lambda referral: self.turns.promise_of(referral, now)
        )

    def _rearm(self, astray: Astray, now: datetime) -> bool:
        """Whether the clock of a referral is looked at sooner from now on."""
        one = astray.one

        def decide(case: Case | None) -> Turn:
            if case is None:
                raise NotFound("referral of the clock", one.id)
            # Somebody may have called since the look: the ordinary turn sees to that.
            right = self.turns.put_right(case.referral, one.place, one.due_at, now)
            return right or Turn(one.due_at, one.place)

        if self.turns.put_right(astray.referral, one.place, one.due_at, now) is None:
            return False
        return self.ledger.agenda.take_turn(one, decide)
