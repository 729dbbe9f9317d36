"""Connections that only wait give way, and those that are being answered do not."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any, cast

import pytest

from form_server.lingering import REQUEST_WITHIN_S, PatientChannel, part_from
from form_server.serving import WebServer, open_socket

PLACES = 40


@dataclass
class Connection:
    waits_since_s: float = 0.0
    is_waiting: bool = True
    is_between: bool = False
    will_close: bool = False


def look(*channels: Connection, now_s: float, places: int = 100) -> int:
    return part_from([cast("PatientChannel", one) for one in channels], now_s, places)


def test_only_a_request_that_never_gets_whole_is_late() -> None:
    begun, kept, busy = Connection(), Connection(is_between=True), Connection(is_waiting=False)
    assert look(begun, kept, busy, now_s=REQUEST_WITHIN_S - 1) == 0
    assert look(begun, kept, busy, now_s=REQUEST_WITHIN_S + 1) == 1
    assert (begun.will_close, kept.will_close, busy.will_close) == (True, False, False)


def test_who_waited_longest_gives_way_when_places_run_short() -> None:
    every = [Connection(waits_since_s=9 - age) for age in range(8)]
    busy = Connection(is_waiting=False)
    assert look(*every, now_s=10.0, places=12) == 0
    assert look(*every, busy, now_s=10.0, places=10) == 4
    assert [one.will_close for one in every] == [False] * 4 + [True] * 4
    assert not busy.will_close


def say_ok(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", "2")])
    return [b"ok"]


@pytest.fixture
def port() -> Iterator[int]:
    server = WebServer(say_ok, open_socket("127.0.0.1", 0), places=PLACES)
    server.start()
    yield server.port
    server.stop(1)


def ask(connection: socket.socket) -> bytes:
    connection.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    answer = b""
    while not answer.endswith(b"\r\n\r\nok"):
        piece = connection.recv(4096)
        assert piece
        answer += piece
    return answer


def test_many_who_say_nothing_keep_nobody_out(port: int) -> None:
    with ExitStack() as silent:
        for _ in range(PLACES + 20):
            one = silent.enter_context(
                closing(socket.create_connection(("127.0.0.1", port), timeout=10))
            )
            one.sendall(b"POST /referrals HTTP/1.1\r\nContent-Length: 400\r\n\r\n{")
        began_s = time.monotonic()
        with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as honest:
            assert ask(honest).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began_s < 8


def test_kept_connection_is_answered_again(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as one:
        for _ in range(3):
            assert ask(one).startswith(b"HTTP/1.1 200")
