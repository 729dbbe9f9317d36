"""waitress's loop, turned by one of its threads at a time, which in a rush does what is brief itself.

waitress has one thread that reads and others that answer. Handing each referral on, and letting eight
threads vie for the interpreter and for the ledger's one writer, costs a sixth of what can be taken in.
So in a rush the thread at the loop, the leader, takes referrals in as they come, one after the other;
all else, and all of it in quiet times, goes to whoever is free. A leader who does not come back in
time loses the loop to the deputy: a disk or a database that hangs keeps nobody else waiting.

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
    that connections are taken on, heard out and parted from while all others are busy. What is brief
    is done at the loop while `is_rushed`. To a lone office being handed on costs little, and the notice
    about it finds a second processor awake.
    """

    def __init__(
        self,
        most: int,
        is_rushed: Callable[[], bool] = lambda: True,
        too_long_s: float = TOO_LONG_S,
    ) -> None:
        self._most = most
        self._is_rushed = is_rushed
        self._too_long_s = too_long_s
        self._state = threading.Lock()
        self._work_came = threading.Condition(self._state)
        self._deputy_called = threading.Condition(self._state)
        self._tasks: deque[Task] = deque()
        self._own: deque[Task] = deque()  # what whoever leads does next
        self._idle = 0  # followers that wait for work, beside the deputy
        self._has_deputy = False  # a follower who looks after the leader
        self._leader = 0
        self._aside_since_s: float | None = None  # when the leader turned from the loop to a task
        self.has_ended = False
        self._threads: list[threading.Thread] = []

    def start(self, turn: Callable[[], None]) -> None:
        """`turn` waits for what comes next, and calls `add_task` for each request that is whole."""
        for number in range(self._most + 1):
            thread = threading.Thread(
                target=self._work, args=(turn, not number), name=f"web-{number}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def add_task(self, task: Task) -> None:
        with self._state:
            leads = threading.get_ident() == self._leader
            if leads and self._has_deputy and task.is_brief and self._is_rushed():
                self._own.append(task)
                return
            self._tasks.append(task)
            if self._idle:
                self._idle -= 1  # here: of two tasks at once, each has to call somebody
                self._work_came.notify()
            else:
                self._deputy_called.notify()

    @property
    def is_leading(self) -> bool:
        """Whether this thread turns the loop next, and nobody has to be woken for that."""
        return threading.get_ident() == self._leader

    def end(self, wake: Callable[[], None], within_s: float) -> None:
        """No further task is begun; `wake` lets `turn` return. Waits so long for the threads."""
        with self._state:
            self.has_ended = True
            self._work_came.notify_all()
            self._deputy_called.notify_all()
        wake()
        end_s = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.0, end_s - time.monotonic()))

    def _work(self, turn: Callable[[], None], leads: bool) -> None:
        while not self.has_ended:
            if leads:
                self._lead(turn)
            task = self._next()
            leads = task is None
            if task is not None:
                _serve(task)

    def _lead(self, turn: Callable[[], None]) -> None:
        """Until the end, or until the loop is somebody else's."""
        self._leader = threading.get_ident()
        while not self.has_ended:
            while self._own:
                if not self._serve_aside(self._own.popleft()):
                    return
            _turn(turn)

    def _serve_aside(self, task: Task) -> bool:
        """Serves it at the loop; whether this thread still leads."""
        self._aside_since_s = began_s = time.monotonic()
        _serve(task)
        with self._state:
            kept = self._aside_since_s == began_s
            if kept:
                self._aside_since_s = None
        return kept

    def _next(self) -> Task | None:
        """A task; or None where this thread is to lead from now on, and at the end."""
        with self._state:
            while not self.has_ended:
                if self._tasks:
                    return self._tasks.popleft()
                if self._has_deputy:
                    self._idle += 1
                    self._work_came.wait()
                    continue
                self._has_deputy = True
                self._deputy_called.wait(self._too_long_s)
                self._has_deputy = False
                if self._leader_is_overdue():
                    self._aside_since_s = None
                    return None
        return None

    def _leader_is_overdue(self) -> bool:
        since_s = self._aside_since_s
        return since_s is not None and time.monotonic() - since_s >= self._too_long_s


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
