"""Who reads a brief request answers it; who takes too long over one loses the loop, and nothing else."""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from form_server.crowd import Crowd
from form_server.leader_followers import LeaderFollowers
from form_server.serving import WebServer, open_socket

_SOON_S = 5.0
_TOO_LONG_S = 0.05


@dataclass
class Errand:
    """A task that says by whom it was done."""

    is_brief: bool = True
    hold: threading.Event | None = None
    error: Exception | None = None
    by: str = ""
    begun: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    def service(self) -> None:
        self.by = threading.current_thread().name
        self.begun.set()
        if self.hold is not None:
            assert self.hold.wait(_SOON_S)
        self.done.set()
        if self.error is not None:
            raise self.error


class Rush(Crowd):
    is_dense = True


class Bench:
    """Threads whose loop brings what `bring` lays before them."""

    def __init__(self, most: int = 2) -> None:
        self.is_rushed = True
        self.threads = LeaderFollowers(most, lambda: self.is_rushed, _TOO_LONG_S)
        self.turned_by = ""
        self.turns = 0
        self._coming: queue.Queue[tuple[Errand, ...] | Exception] = queue.Queue()
        self.threads.start(self._turn)

    def bring(self, *errands: Errand) -> None:
        self._coming.put(errands)

    def trip(self) -> None:
        self._coming.put(RuntimeError("the loop"))

    def end(self) -> None:
        self.threads.end(lambda: None, _SOON_S)

    def _turn(self) -> None:
        self.turned_by = threading.current_thread().name
        self.turns += 1
        with suppress(queue.Empty):
            came = self._coming.get(timeout=0.01)
            if isinstance(came, Exception):
                raise came
            for errand in came:
                self.threads.add_task(errand)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.end()


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _SOON_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_what_is_brief_is_done_at_the_loop_in_turn_and_all_else_beside_it(bench: Bench) -> None:
    first, second = Errand(), Errand()
    bench.bring(first, second)
    assert second.done.wait(_SOON_S)
    assert first.by == second.by == bench.turned_by

    hold = threading.Event()
    long = Errand(is_brief=False, hold=hold)
    bench.bring(long)
    assert long.begun.wait(_SOON_S)
    brief = Errand()
    bench.bring(brief)
    assert brief.done.wait(_SOON_S)
    assert brief.by != long.by
    hold.set()


def test_in_quiet_times_what_is_brief_is_done_beside_the_loop_as_well(bench: Bench) -> None:
    bench.is_rushed = False
    brief = Errand()
    bench.bring(brief)
    assert brief.done.wait(_SOON_S)
    assert brief.by != bench.turned_by


def test_of_many_at_once_each_finds_somebody(bench: Bench) -> None:
    bench.is_rushed = False
    for _ in range(50):
        many = [Errand(is_brief=False) for _ in range(5)]
        bench.bring(*many)
        assert all(one.done.wait(_SOON_S) for one in many)


def test_a_leader_that_is_held_up_loses_the_loop_and_comes_back_as_a_follower(bench: Bench) -> None:
    for _ in range(3):
        hold = threading.Event()
        held = Errand(hold=hold)
        bench.bring(held)
        assert held.begun.wait(_SOON_S)

        other = Errand()
        bench.bring(other)
        assert other.done.wait(_SOON_S)
        assert other.by != held.by

        hold.set()
        assert held.done.wait(_SOON_S)
        beside = [Errand(is_brief=False) for _ in range(4)]
        bench.bring(*beside)
        assert all(one.done.wait(_SOON_S) for one in beside)


def test_while_all_others_are_busy_the_loop_turns_and_what_waits_is_done_in_order(
    bench: Bench,
) -> None:
    hold = threading.Event()
    busy = [Errand(is_brief=False, hold=hold) for _ in range(2)]
    bench.bring(*busy)
    assert all(one.begun.wait(_SOON_S) for one in busy)

    waiting = [Errand(is_brief=brief) for brief in (False, True, False)]
    bench.bring(*waiting)
    turns = bench.turns
    wait_for(lambda: bench.turns > turns + 3)
    assert not any(one.begun.is_set() for one in waiting)

    hold.set()
    assert all(one.done.wait(_SOON_S) for one in waiting)


def test_neither_a_task_nor_the_loop_that_fails_costs_a_thread(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        for brief in (True, False):
            failing = Errand(is_brief=brief, error=RuntimeError("a task"))
            bench.bring(failing)
            assert failing.done.wait(_SOON_S)
        bench.trip()
        after = [Errand(is_brief=False) for _ in range(3)]
        bench.bring(*after)
        assert all(one.done.wait(_SOON_S) for one in after)

    said = [one.message for one in caplog.records]
    assert said.count("a request was not answered") == 2
    assert said.count("the web server's loop stumbled, and goes on") == 1


def test_at_the_end_no_thread_is_left_and_nothing_new_is_begun() -> None:
    bench = Bench()
    hold = threading.Event()
    busy = [Errand(is_brief=False, hold=hold) for _ in range(2)]
    bench.bring(*busy)
    assert all(one.begun.wait(_SOON_S) for one in busy)
    late = Errand(is_brief=False)
    bench.threads.add_task(late)

    ending = threading.Thread(target=bench.end)
    ending.start()
    wait_for(lambda: bench.threads.has_ended)
    hold.set()
    ending.join(_SOON_S)

    assert all(one.done.is_set() for one in busy)
    assert not late.begun.is_set()
    assert not any(one.name.startswith("web-") for one in threading.enumerate())


def test_a_referral_that_hangs_on_the_disk_keeps_no_other_request_waiting() -> None:
    hold, hangs = threading.Event(), threading.Event()

    def app(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            hangs.set()
            assert hold.wait(_SOON_S)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    brief = frozenset({("POST", "/referrals")})
    web = WebServer(app, open_socket("127.0.0.1", 0), Rush(), brief=brief)
    web.start()
    try:
        with connect(web.port) as office, connect(web.port) as other:
            office.sendall(b"POST /referrals HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            assert hangs.wait(_SOON_S)
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert other.recv(1000).endswith(b"ok")
            hold.set()
            assert office.recv(1000).endswith(b"ok")
    finally:
        hold.set()
        web.stop(1.0)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=_SOON_S)
