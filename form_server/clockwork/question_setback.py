"""Questions after a wall clock that ran ahead and was set back: none may lie still until it comes again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from form_server.clockwork.question_turn import QuestionTurns
from form_server.ledger import Appointment, Ledger, LedgerUnavailable, Question, Turn
from outreach_kit.errors import HandoffError

_Row = TypeVar("_Row")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class QuestionSetback:
    """Puts right what is further in the future than anything armed until now can be."""

    ledger: Ledger
    turns: QuestionTurns

    def put_right(self, now: datetime) -> int:
        """How many were. Raises LedgerUnavailable."""
        clock = self.ledger.question_clock
        found = sum(each(clock.from_the_future(now), lambda one: self._restart(one, now)))
        return found + sum(each(clock.astray(now), lambda pair: self._rearm(*pair, now)))

    def _restart(self, question_id: str, now: datetime) -> bool:
        def promise(asked: Question) -> datetime:
            return self.turns.promise_of(asked, now)

        return self.ledger.question_clock.restart(question_id, now, promise)

    def _rearm(self, one: Appointment, asked: Question, now: datetime) -> bool:
        """Whether the clock of a question is looked at sooner from now on."""
        if self.turns.put_right(asked, one.place, one.due_at, now) is None:
            return False
        # Somebody may have answered since the look: the ordinary turn sees to that.
        return self.ledger.question_clock.take_turn(
            one,
            lambda case: (
                self.turns.put_right(case.question, one.place, one.due_at, now)
                or Turn(one.due_at, one.place)
            ),
        )


def each(rows: Iterable[_Row], put_right: Callable[[_Row], bool]) -> Iterator[bool]:
    """One that cannot be put right, of an inbox that is gone say, does not stop the others."""
    for row in rows:
        try:
            yield put_right(row)
        except LedgerUnavailable:
            raise
        except HandoffError as error:
            _log.error("a clock could not be put right: %s", type(error).__name__)
