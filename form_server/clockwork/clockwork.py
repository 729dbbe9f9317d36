"""The worker's chore by the clock: takes every turn that is due, and lets no bad one stop the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from form_server.clockwork.announcing import Announcing
from form_server.clockwork.digest import Digest
from form_server.clockwork.drill import Drill
from form_server.clockwork.question_setback import QuestionSetback
from form_server.clockwork.question_turn import QuestionTurns
from form_server.clockwork.referral_turn import ReferralTurns
from form_server.clockwork.retention import Retention
from form_server.clockwork.setback import Setback, Watchman
from form_server.journal import about
from form_server.ledger import (
    Appointment,
    Case,
    DeliveryKind,
    Ledger,
    LedgerUnavailable,
    NotFound,
    Turn,
)

Work = Callable[[Appointment, datetime], None]
"""Takes the turn of a row at a moment; what it raises puts the row off."""

_AT_ONCE: Final = 100
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(minutes=15)

_log = logging.getLogger(__name__)


class Clockwork:
    """Called once a second by the worker; what recurs begins with the first call."""

    def __init__(
        self,
        ledger: Ledger,
        turns: ReferralTurns,
        digest: Digest,
        drill: Drill | None,
        retention: Retention,
        announcing: Announcing,
        questions: QuestionTurns,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger = ledger
        self._turns = turns
        self._digest = digest
        self._drill = drill
        self._retention = retention
        self._clock = clock
        self._has_begun = False
        self._watchman = Watchman(monotonic)
        self._setback = Setback(
            ledger, turns, digest, drill, retention, QuestionSetback(ledger, questions)
        )
        self._work: dict[DeliveryKind, Work] = {
            DeliveryKind.CLOCK: self._look_at_referral,
            DeliveryKind.DIGEST: self._write_digest,
            DeliveryKind.DRILL: self._send_drill,
            DeliveryKind.RETENTION: self._purge,
            DeliveryKind.QUARANTINE: announcing.announce,
            DeliveryKind.QUESTION: questions.take_turn,
        }

    def __call__(self) -> None:
        """Raises LedgerUnavailable."""
        looks = self._watchman.should_look(now := self._clock())
        if looks and (damaged := self._ledger.damaged.put_aside(now)):
            _log.error("%d rows of the queue are damaged and were put aside: run doctor", damaged)
            self._has_begun = False  # what recurs may be among them
        if not self._has_begun:
            self._begin(now)
            self._has_begun = True
        if looks:
            self._setback.put_right(now)
            self._watchman.note_looked()
        for one in self._ledger.agenda.due(self._clock(), list(self._work), _AT_ONCE):
            self._do(one)

    def _begin(self, now: datetime) -> None:
        agenda = self._ledger.agenda
        agenda.stand(DeliveryKind.DIGEST, self._digest.next_at(now))
        agenda.stand(DeliveryKind.DRILL, self._drill.next_at(now) if self._drill else None)
        agenda.stand(DeliveryKind.RETENTION, self._retention.next_at(now))
        self._ledger.purging.forget_recipients()
        found = agenda.wind_up(now)
        if found:
            _log.info("%d open referrals had no clock and got one", found)

    def _do(self, one: Appointment) -> None:
        now = self._clock()
        try:
            self._work[one.kind](one, now)
        except LedgerUnavailable:
            raise
        except NotFound:
            # Erased between the look and the turn; or a referral of an inbox that is gone.
            self._put_off(one, now, "What this belongs to is not there any more.")
        except Exception as error:  # noqa: BLE001 - one row's trouble stays its own
            # The kind only: a text may quote what was read.
            self._put_off(one, now, f"The turn failed ({type(error).__name__}).")

    def _put_off(self, one: Appointment, now: datetime, why: str) -> None:
        wait = min(_FIRST_WAIT * 2 ** min(one.failures, 6), _LONGEST_WAIT)
        _log.error(
            "%s %s: %s Next try in %.0f seconds.", one.kind, one.id, why, wait.total_seconds(),
            extra=about(
                "turn.failed", delivery=one.id, referral=one.referral_id,
                question=one.question_id, kind=one.kind.value,
            ),
        )  # fmt: skip
        self._ledger.agenda.postpone(one, now + wait, why)

    def _look_at_referral(self, one: Appointment, now: datetime) -> None:
        def decide(case: Case | None) -> Turn:
            if case is None:
                raise NotFound("referral of the clock", one.id)
            return self._turns.decide(case, one.place, one.due_at, now)

        self._ledger.agenda.take_turn(one, decide)

    def _write_digest(self, one: Appointment, now: datetime) -> None:
        turn = self._digest.decide(now)
        self._ledger.agenda.take_turn(one, lambda _: turn)

    def _send_drill(self, one: Appointment, now: datetime) -> None:
        at = None if self._drill is None else self._drill.send(one.due_at, now)
        self._ledger.agenda.take_turn(one, lambda _: Turn(at))

    def _purge(self, one: Appointment, now: datetime) -> None:
        purged = self._retention.purge(now)
        at = self._retention.next_at(now)
        note = "retention.done" if purged else ""
        self._ledger.agenda.take_turn(one, lambda _: Turn(at, note=note, detail=f"count={purged}"))
