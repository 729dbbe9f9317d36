"""One channel's way out: claims its own rows, delivers them one by one, writes down what became.

Each channel has a lane, so a relay that hangs holds up its own rows and no others. Within a lane
one bad row never blocks another: it goes back with a wait of its own, or is put aside for a human.
When the way itself is blocked, the lane pauses instead of trying every row against the same wall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from form_server.delivery.backoff import queue_wait_s, wait_s
from form_server.delivery.channels import (
    Again,
    Channel,
    Concern,
    Foresighted,
    Never,
    Outcome,
    Sent,
    Unknown,
)
from form_server.delivery.ending import Ending
from form_server.delivery.telling import (
    place_of,
    tell_blocked,
    tell_failed,
    tell_not_begun,
    tell_outcome,
    tell_taken_over,
)
from form_server.ledger import Channel as Way
from form_server.ledger import Claimed, ClaimLost, LedgerUnavailable, Promise
from form_server.ledger.deliveries import OUR_FAULT
from form_server.ledger.idle_lanes import IdleLane
from form_server.ledger.queue import Queue
from form_server.ledger.rows import OUTWARD
from form_server.parcels import Parcel, ParcelRefused, parcel_from_bytes

OpenParcel = Callable[[bytes, str], bytes]
"""The sealed parcel and the delivery's id -> the parcel's JSON; raises when it does not open."""

_STRAYS_EVERY_S: Final = 5.0
BATCH: Final = 8  # rows claimed in one commit while all goes well

_LONG_S: Final = 5.0  # what takes longer holds others up
_UNWRITTEN: Final = "before its outcome was written"


@dataclass(frozen=True)
class Surroundings:
    """What a lane is given from outside; tests pass their own."""

    clock: Callable[[], datetime]  # aware UTC: what is written into rows
    monotonic: Callable[[], float]  # seconds: how long the lane itself waits
    chance: Callable[[], float]  # uniform in [0, 1)


class Lane:
    """Used by one thread; holds no rows between two sweeps, save outcomes not yet written."""

    def __init__(
        self,
        way: Way,
        channel: Channel,
        queue: Queue,
        open_parcel: OpenParcel,
        idle: IdleLane,
        surroundings: Surroundings,
    ) -> None:
        self.way = way
        self.idle = idle
        self.owner = idle.owner
        self.channel = channel
        self._queue = queue
        self._open_parcel = open_parcel
        self._clock = surroundings.clock
        self._monotonic = surroundings.monotonic
        self._chance = surroundings.chance
        self._blocked = 0  # how often in a row the way itself was blocked
        self._is_slow = False  # whether a delivery took long, and not all was done since
        self._paused_until_s = 0.0
        self._strikes: dict[str, int] = {}  # failures of one message, since this process began
        self._unwritten: list[tuple[str, Callable[[], None]]] = []
        self._may_hold_rows = False
        self._looked_at_s = 0.0
        self._saw_strays = False

    @property
    def paused(self) -> bool:
        """Whether the way out was found blocked, and is not to be tried yet."""
        return self._monotonic() < self._paused_until_s

    def sweep(self, ending: Ending, beat: Callable[[], None]) -> int:
        """Delivers what is due until nothing is left; how many parcels were wiped, being sent.

        `beat` is called before each delivery. Raises LedgerUnavailable; what it could not write
        is kept, and written by the next sweep before anything else.
        """
        self._catch_up()
        wiped = self._deliver_given(ending, beat)
        while not (self.paused or ending.asked):
            self._may_hold_rows = True  # until proven otherwise: the answer to a commit can be lost
            claimed = self._claim()
            in_hand = self._is_slow
            for delivery in claimed:
                if self.paused or ending.overdue or self._is_slow != in_hand:
                    break
                beat()
                wiped += self._handle(delivery)
            else:
                self._may_hold_rows = False
            if not claimed:
                self._is_slow = False
                break
            self._catch_up()
        return wiped

    def _claim(self) -> list[Claimed]:
        """Where each may take long they come singly, and what somebody waits for comes first."""
        one_by_one = bool(self._blocked) or self._is_slow
        claim = partial(self._queue.claim, self.owner, self._clock(), 1 if one_by_one else BATCH)
        return (self._is_slow and claim(self.way, alarms_only=True)) or claim(self.way)

    def await_call(self, wait: Callable[[], object]) -> None:
        """Nothing is due: until `wait` ends, a row may be born in this lane's hands."""
        if not (self._blocked or self._may_hold_rows or self._unwritten):
            self.idle.open()
            if isinstance(self.channel, Foresighted):
                self.channel.make_ready()
        wait()
        self.idle.close()

    def find_strays(self) -> None:
        """Every few seconds: a row whose hand-over was lost on the way is given back."""
        now_s = self._monotonic()
        if now_s - self._looked_at_s >= _STRAYS_EVERY_S:
            # Twice in a row, because one that is being handed over now is none.
            strayed = self._queue.holds_any(self.owner)
            self._may_hold_rows = strayed and self._saw_strays
            self._saw_strays = strayed
            self._looked_at_s = now_s

    def _deliver_given(self, ending: Ending, beat: Callable[[], None]) -> int:
        """What was handed over, oldest first; how many parcels were wiped."""
        wiped = 0
        for handed in self.idle.take():
            if self.paused or ending.asked or not self.idle.holds(handed):
                self._may_hold_rows = True
                continue
            beat()
            wiped += self._handle(handed.claimed, handed.parcel)
        self._catch_up()
        return wiped

    def _catch_up(self) -> None:
        """Writes the outcomes that could not be written, and gives back rows held for nothing."""
        while self._unwritten:
            delivery_id, write = self._unwritten[0]
            try:
                write()
            except ClaimLost:
                tell_taken_over(delivery_id, _UNWRITTEN)
            del self._unwritten[0]
        if self._may_hold_rows:
            self.idle.void()
            self._queue.release(self.owner)
            self._may_hold_rows = False

    def _handle(self, delivery: Claimed, parcel: Parcel | None = None) -> bool:
        """Whether it was sent; the parcel is opened unless it is at hand."""
        begun, since_s = False, self._monotonic()

        def begin() -> None:
            nonlocal begun
            if delivery.kind.promise is Promise.AT_MOST_ONCE:
                self._queue.mark_transmitting(delivery.id, self.owner)
            begun = True

        try:
            if parcel is None:
                parcel = parcel_from_bytes(self._open_parcel(delivery.parcel, delivery.id))
            outcome = self.channel.deliver(delivery, parcel, begin)
        except ClaimLost:
            tell_taken_over(delivery.id, "by another owner")
            return False
        except LedgerUnavailable as error:
            outcome = Again("The ledger could not note the attempt, so it was not made.")
            tell_not_begun(delivery, error)
        except ParcelRefused as error:
            outcome = Again(f"{OUR_FAULT}. {error}")
        except Exception as error:  # noqa: BLE001 - one row's trouble, whatever it is, stays its own
            outcome = self._failed(delivery, begun, error)
        self._is_slow = self._is_slow or self._monotonic() - since_s > _LONG_S
        return self._settle(delivery, outcome)

    def _failed(self, delivery: Claimed, begun: bool, error: Exception) -> Outcome:
        # Its text may quote what the parcel says; its kind and place do not.
        what = f"{type(error).__name__} at {place_of(error)}"
        tell_failed(delivery, what, error)
        if begun and delivery.kind.promise is Promise.AT_MOST_ONCE:
            return Unknown(f"The program failed while this was being sent ({what}).")
        # Nobody has refused it, and a program that is mended delivers it.
        return Again(f"{OUR_FAULT} ({what}). It is tried again; please report this.")

    def _settle(self, delivery: Claimed, outcome: Outcome) -> bool:
        """Whether it was sent; the state is written now, or by the next sweep."""
        one, owner, now = delivery.id, self.owner, self._clock()
        again = _retry(delivery, outcome)
        if again is None or again.concern is Concern.MESSAGE:
            self._blocked = 0
        match again or outcome:
            case Again(reason, Concern.MESSAGE, not_before_s):
                strikes = self._strikes[one] = self._strikes.get(one, 0) + 1
                pause_s = max(wait_s(Concern.MESSAGE, strikes, self._chance()), not_before_s)
                due_at = now + timedelta(seconds=pause_s)
                self._write(one, lambda: self._queue.mark_retrying(one, owner, due_at, reason))
            case Again(reason, Concern.PLACE, not_before_s):
                due_at = now + timedelta(seconds=not_before_s)
                self._write(one, lambda: self._queue.mark_retrying(one, owner, due_at, reason))
            case Again(reason, concern):
                self._pause(concern)
                due_at = now + timedelta(seconds=queue_wait_s(self._blocked, self._chance()))
                self._write(one, lambda: self._queue.mark_retrying(one, owner, due_at, reason))
            case Never(reason):
                self._write(one, lambda: self._queue.mark_stuck(one, owner, reason))
            case Unknown(reason):
                self._write(one, lambda: self._queue.mark_unknown(one, owner, reason))
            case Sent():
                # What may come twice need not hold up offices that wait for the disk.
                lasting = delivery.kind.promise is Promise.AT_MOST_ONCE
                forgets = delivery.kind in OUTWARD
                sent = partial(self._queue.mark_sent, lasting=lasting, forgets_whom=forgets)
                self._write(one, lambda: sent(one, owner, now))
        tell_outcome(delivery, self.way, outcome)
        if again is None:
            self._strikes.pop(one, None)
        return isinstance(outcome, Sent)

    def _pause(self, concern: Concern) -> None:
        self._blocked += 1
        # A connection may break once; the next row shows whether the way is blocked.
        tries = self._blocked - 1 if concern is Concern.CHANNEL else self._blocked
        if tries == 0:
            return
        pause_s = wait_s(concern, tries, self._chance())
        self._paused_until_s = self._monotonic() + pause_s
        tell_blocked(self.way, pause_s)

    def _write(self, delivery_id: str, write: Callable[[], None]) -> None:
        try:
            write()
        except ClaimLost:
            tell_taken_over(delivery_id, _UNWRITTEN)
        except LedgerUnavailable:
            # The mail may be out already. Forgetting that would send it again.
            self._unwritten.append((delivery_id, write))


def _retry(delivery: Claimed, outcome: Outcome) -> Again | None:
    """The outcome as another attempt, where the delivery's promise asks for one."""
    if isinstance(outcome, Again):
        return outcome
    if isinstance(outcome, Unknown) and delivery.kind.promise is Promise.AT_LEAST_ONCE:
        return Again(outcome.reason)
    return None
