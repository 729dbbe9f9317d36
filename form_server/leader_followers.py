"""waitress's loop, turned by one of its threads at a time, which answers what is brief itself.

waitress has one thread that reads and others that answer. Handing a referral on, and letting eight
threads vie for the interpreter and for the ledger's one writer, costs a fifth of what can be taken in.
So the thread at the loop, the leader, takes referrals in as they come, one after the other; all else
goes to whoever is free. A leader who does not come back in time loses the loop to another thread: a
disk or a database that hangs keeps nobody else waiting.

The pattern: Schmidt et al., Pattern-Oriented Software Architecture 2, “Leader/Followers”.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

TOO_LONG_S: Final = 0.25
"""So long the leader may be at a brief task; twice that at the most, before another takes the loop."""
_AFTER_A_STUMBLE_S: Final = 0.05

_log = logging.getLogger(__name__)


class Task(Protocol):
    """A connection with a request that is there whole."""

    @property
    def is_brief(self) -> bool:
        """Whether the answer takes a moment, and may be given at the loop."""
        ...

    def service(self) -> None: ...


class LeaderFollowers:
    """A task dispatcher for waitress that turns its loop as well.

    `most` requests are answered at once beside the loop, and one thread is always there to turn it, so
    that connections are taken on, heard out and parted from while all others are busy.
    """

    def __init__(self, most: int, too_long_s: float = TOO_LONG_S) -> None:
        self._most = most
        self._too_long_s = too_long_s
        self._tasks: deque[Task] = deque()
        self._lead = threading.Lock()  # held while there is a leader, whoever took it
        self._next = threading.Lock()  # the one follower who looks after the leader
        self._state = threading.Lock()
        self._leader = 0  # the thread that had the lead last
        self._followers = 0  # threads that wait for the lead
        self._aside_since_s: float | None = (
            None  # when the leader turned from the loop to a brief task
        )
        self.has_ended = False
        self._threads: list[threading.Thread] = []

    def start(self, turn: Callable[[], None]) -> None:
        """`turn` waits for what comes next, and calls `add_task` for each request that is whole."""
        self._threads = [
            threading.Thread(target=self._work, args=(turn,), name=f"web-{number}", daemon=True)
            for number in range(self._most + 1)
        ]
        for thread in self._threads:
            thread.start()

    def add_task(self, task: Task) -> None:
        self._tasks.append(task)

    @property
    def is_leading(self) -> bool:
        """Whether this thread turns the loop next, and nobody has to be woken for that."""
        return threading.get_ident() == self._leader and self._aside_since_s is not None

    def end(self, wake: Callable[[], None], within_s: float) -> None:
        """No further task is begun; `wake` lets `turn` return. Waits so long for the threads."""
        self.has_ended = True
        wake()
        end_s = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.0, end_s - time.monotonic()))

    def _work(self, turn: Callable[[], None]) -> None:
        while not self.has_ended:
            task = self._queued() or self._follow_and_lead(turn)
            if task is not None:
                _serve(task)

    def _queued(self) -> Task | None:
        with self._state:
            if self._tasks:
                return self._tasks.popleft()
            self._followers += 1
            return None

    def _follow_and_lead(self, turn: Callable[[], None]) -> Task | None:
        """Waits for the lead, and leads until there is a task for somebody beside the loop; None where
        the lead was lost, or at the end."""
        with self._next:
            while not self._lead.acquire(timeout=self._too_long_s):
                if self._takes_over():
                    break
            self._leader = threading.get_ident()
            with self._state:
                self._followers -= 1
        while not self.has_ended:
            _turn(turn)
            while (task := self._mine()) is not None:
                if not task.is_brief:
                    self._lead.release()
                    return task
                if not self._serve_aside(task):
                    return None
        self._lead.release()
        return None

    def _mine(self) -> Task | None:
        """A task for the leader; none while no other thread is there to take the loop over.

        Then the next one that has given its answer finds the task, before it follows.
        """
        with self._state:
            return self._tasks.popleft() if self._tasks and self._followers else None

    def _serve_aside(self, task: Task) -> bool:
        """Serves it at the loop; whether the lead was kept meanwhile."""
        self._aside_since_s = began_s = time.monotonic()
        _serve(task)
        with self._state:
            kept = self._aside_since_s == began_s
            if kept:
                self._aside_since_s = None
        return kept

    def _takes_over(self) -> bool:
        """Whether the leader has been away for too long, so that the lead is this thread's now."""
        with self._state:
            since_s = self._aside_since_s
            if since_s is None or time.monotonic() - since_s < self._too_long_s:
                return False
            self._aside_since_s = None
            return True


def _serve(task: Task) -> None:
    try:
        task.service()
    except Exception:  # noqa: BLE001 - a thread that ended would be missed
        _log.exception("a request was not answered")


def _turn(turn: Callable[[], None]) -> None:
    try:
        turn()
    except Exception:  # noqa: BLE001 - with nobody at the loop, nobody would be heard any more
        _log.exception("the web server's loop stumbled, and goes on")
        time.sleep(_AFTER_A_STUMBLE_S)
