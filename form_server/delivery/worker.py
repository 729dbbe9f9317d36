"""The threads that deliver: one per channel, and one for what comes by the clock.

The ledger's wake-up makes a delivery instant; a sweep each second makes it certain. No thread ends
because the ledger or a channel fails: it says so in the log, waits and goes on.
"""

from __future__ import annotations

import logging
import math
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from form_server.delivery.backoff import queue_wait_s
from form_server.delivery.channels import Channel
from form_server.delivery.chores import Chore, FoldWal, FreeOrphans, SetStraysAside
from form_server.delivery.ending import Ending
from form_server.delivery.lane import Lane, OpenParcel, Surroundings
from form_server.ledger import Channel as Way
from form_server.ledger import Ears, Ledger, LedgerUnavailable, PresenceLost

SWEEP_S: Final = 1.0
_HEARS_FOR_S: Final = 1.0  # before it looks whether the end was asked for
_TROUBLE_WAIT_S: Final = 5.0  # at most, between two tries of a thread that failed
_STALLED_AFTER_S: Final = 150.0  # longer than any one delivery may take

_log = logging.getLogger(__name__)


class Worker:
    """Delivers from `start` until `stop`; both are called once, by the same thread.

    `channels` are the ways that are set up. `chores` run after each sweep, one after the other;
    each looks itself whether anything is due. `owner` is a name that no other process uses.
    `give_way` is called before each delivery and each look for one, and may take a moment.
    """

    def __init__(
        self,
        ledger: Ledger,
        channels: Mapping[Way, Channel],
        open_parcel: OpenParcel,
        *,
        owner: str,
        clock: Callable[[], datetime],
        chores: Sequence[Chore] = (),
        monotonic: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._chance = chance
        self._give_way = give_way
        self._monotonic = monotonic
        self._ending = Ending(monotonic)
        surroundings = Surroundings(clock, monotonic, chance)
        self._lanes: dict[Lane, threading.Event] = {}
        for way, channel in channels.items():
            call = threading.Event()
            idle = ledger.idle_lanes.add(way, f"{owner}/{way}", call)
            self._lanes[Lane(way, channel, ledger.queue, open_parcel, idle, surroundings)] = call
        self._fold_wal = FoldWal(ledger, monotonic)
        strays = SetStraysAside(ledger.queue, set(channels), f"{owner}/strays", clock, monotonic)
        orphans = () if ledger.is_sqlite else (FreeOrphans(ledger.queue, f"{owner}/"),)
        self._chores: tuple[Chore, ...] = (strays, self._fold_wal, *orphans, *chores)
        self._beats_s: dict[str, float] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Frees what an earlier process held, and begins. Raises LedgerUnavailable."""
        self._ledger.queue.void_claims()
        for lane, call in self._lanes.items():
            self._ledger.wake.call(call)
            call.set()  # the first look is now, not in a second
            self._begin(f"lane-{lane.way}", partial(self._serve_lane, lane, call))
        if ears := self._ledger.ears():
            self._begin("ears", partial(self._listen, ears))
        self._begin("chores", partial(self._loop, "chores", self._await_second, self._do_chores))

    def keep(self, chores: Sequence[Chore]) -> None:
        """From the next round on does these as well: they may be made when it runs already."""
        self._chores = (*self._chores, *chores)

    def stop(self, within_s: float) -> bool:
        """Lets every thread finish what it holds; whether all of them did in time.

        What one leaves behind is found by the next start: nothing is lost, and a mail that was
        being sent at that moment may come twice.
        """
        self._ending.ask(within_s)
        for call in self._lanes.values():
            call.set()
        for thread in self._threads:
            # A moment more than they have themselves, in which they part from their servers.
            thread.join(max(self._ending.left_s, 0.0) + 0.5)
        late = [thread.name for thread in self._threads if thread.is_alive()]
        if late:
            _log.warning("still at work after %g seconds: %s", within_s, ", ".join(late))
        return not late

    @property
    def silent_s(self) -> float:
        """Seconds since the thread that was silent longest showed itself; no end before the start.

        By the clock that nobody sets: a wall clock that is put right has stalled no thread.
        """
        return self._monotonic() - min(self._beats_s.values(), default=-math.inf)

    def is_alive(self) -> bool:
        """Whether every thread runs and shows itself often enough."""
        running = bool(self._threads) and all(thread.is_alive() for thread in self._threads)
        return running and self.silent_s < _STALLED_AFTER_S

    def _begin(self, name: str, run: Callable[[], None]) -> None:
        self._beat(name)
        # A daemon, so that a relay which hangs cannot keep the process from ending.
        thread = threading.Thread(target=run, name=f"delivery-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _beat(self, name: str) -> None:
        self._beats_s[name] = self._monotonic()

    def _await_second(self) -> None:
        self._ending.wait(SWEEP_S)

    def _do_chores(self) -> None:
        """All of them, although one may fail; then what the first that failed raised."""
        failures: list[Exception] = []
        for chore in self._chores:
            try:
                chore()
            except Exception as error:  # noqa: BLE001 - the next chore is none the worse for it
                failures.append(error)
            if self._ending.asked:
                break
        if failures:
            raise failures[0]

    def _listen(self, ears: Ears) -> None:
        """Until the end: what other processes committed wakes the lanes of this one."""
        self._loop("ears", lambda: None, partial(ears.listen, _HEARS_FOR_S))
        ears.close()

    def _serve_lane(self, lane: Lane, call: threading.Event) -> None:
        name = f"lane-{lane.way}"

        def await_call() -> None:
            lane.await_call(lambda: call.wait(SWEEP_S))
            call.clear()
            self._give_way()

        def go_on() -> None:
            self._give_way()
            self._beat(name)

        def sweep(is_present: Callable[[], None]) -> None:
            is_present()  # else another process may have taken over what this one holds
            if lane.sweep(self._ending, go_on):
                self._fold_wal.note_wiped()
            elif not self._ending.asked:
                lane.find_strays()
                lane.channel.rest()

        while not self._ending.asked:
            try:
                with self._ledger.queue.owners.presence(lane.owner) as is_present:
                    self._loop(name, await_call, partial(sweep, is_present))
            except LedgerUnavailable as error:
                _log.error("%s: %s", name, error)
                self._ending.wait(SWEEP_S)
        lane.channel.close()

    def _loop(self, name: str, await_turn: Callable[[], None], lap: Callable[[], None]) -> None:
        """Laps until the end is asked for, whatever a lap raises, save PresenceLost."""
        failures = 0
        while not self._ending.asked:
            await_turn()
            self._beat(name)
            try:
                lap()
            except PresenceLost:
                raise
            except Exception as error:  # noqa: BLE001 - this thread must outlive whatever fails
                failures += 1
                said = error if isinstance(error, LedgerUnavailable) else type(error).__name__
                _log.error("%s failed: %s", name, said)
                self._ending.wait(min(queue_wait_s(failures, self._chance()), _TROUBLE_WAIT_S))
            else:
                failures = 0
