"""How an answer leaves the server: in one piece, and in as many as it has when it is not whole."""

from __future__ import annotations

import gc
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from form_server.channel import Channel
from form_server.serving import WebServer, open_socket, serve_until_signal
from form_server.stopping import Told

Start = Callable[..., object]


@contextmanager
def serving(app: Callable[[dict[str, Any], Start], Iterable[bytes]]) -> Iterator[int]:
    web = WebServer(app, open_socket("127.0.0.1", 0))
    web.start()
    try:
        yield web.port
    finally:
        web.stop(1.0)


def ask(port: int, method: str = "GET", version: str = "1.1") -> bytes:
    return say(port, f"{method} / HTTP/{version}\r\nHost: x\r\nConnection: close\r\n\r\n".encode())


def say(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(raw)
        return b"".join(iter(lambda: client.recv(65536), b""))


def watched(monkeypatch: Any) -> list[bytes]:
    written: list[bytes] = []
    send = Channel.send

    def watch(self: Channel, data: bytes, do_close: bool = True) -> int:
        written.append(bytes(data))
        return int(send(self, data, do_close))

    monkeypatch.setattr(Channel, "send", watch)
    return written


def whole(_: dict[str, Any], start: Start) -> list[bytes]:
    start("201 CREATED", [("Content-Length", "7"), ("Content-Type", "text/plain")])
    return [b"receipt"]


def in_pieces(_: dict[str, Any], start: Start) -> list[bytes]:
    start("200 OK", [("Content-Length", "7")])
    return [b"rec", b"eipt"]


def without_length(_: dict[str, Any], start: Start) -> Iterator[bytes]:
    start("200 OK", [])
    yield b"rec"
    yield b"eipt"


def test_head_and_body_leave_together(monkeypatch: Any) -> None:
    written = watched(monkeypatch)
    with serving(whole) as port:
        answer = ask(port)
    assert answer.startswith(b"HTTP/1.1 201 CREATED\r\n")
    assert answer.endswith(b"\r\n\r\nreceipt")
    assert written == [answer]


def test_the_head_of_a_kept_connection_says_what_the_view_said_and_when() -> None:
    with (
        serving(whole) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as client,
    ):
        for _ in range(2):
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"receipt"):
                answer += client.recv(65536)
            first, *headers = answer.partition(b"\r\n\r\n")[0].split(b"\r\n")
            assert first == b"HTTP/1.1 201 CREATED"
            assert headers[:2] == [b"Content-Length: 7", b"Content-Type: text/plain"]
            said = headers[2].decode().removeprefix("Date: ")
            assert abs(parsedate_to_datetime(said).timestamp() - time.time()) < 60
            assert len(headers) == 3


def test_a_client_that_takes_little_at_once_gets_all_of_it() -> None:
    body = bytes(range(256)) * 40_000  # more than any socket holds

    def large(_: dict[str, Any], start: Start) -> list[bytes]:
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    with (
        serving(large) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as client,
    ):
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        time.sleep(0.2)
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    assert answer.partition(b"\r\n\r\n")[2] == body


def test_pieces_and_bodies_of_unknown_length_arrive_whole() -> None:
    with serving(in_pieces) as port:
        assert ask(port).endswith(b"\r\n\r\nreceipt")
    with serving(without_length) as port:
        assert b"receipt" in ask(port).replace(b"\r\n4\r\n", b"")
        assert ask(port, version="1.0").endswith(b"\r\n\r\nreceipt")


def test_a_question_for_the_head_alone_gets_no_body() -> None:
    def head(_: dict[str, Any], start: Start) -> list[bytes]:
        start("200 OK", [("Content-Length", "0")])
        return []

    with serving(head) as port:
        assert ask(port, "HEAD").endswith(b"\r\n\r\n")


def test_an_answer_without_a_body_has_none() -> None:
    def empty(_: dict[str, Any], start: Start) -> list[bytes]:
        start("204 NO CONTENT", [])
        return []

    with serving(empty) as port:
        assert ask(port).startswith(b"HTTP/1.1 204 NO CONTENT\r\n")


def test_whoever_asks_while_it_stops_is_told_what_to_do_instead() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(environ: dict[str, Any], start: Start) -> list[bytes]:
        begun.set()
        may_end.wait(10)
        return whole(environ, start)

    web = WebServer(slow, open_socket("127.0.0.1", 0), farewell="Call 555-0142.")
    web.start()
    with ThreadPoolExecutor(2) as pool:
        under_way = pool.submit(ask, web.port)
        assert begun.wait(10)
        stopped = pool.submit(web.stop, 10.0)
        while not web._drain.draining:
            time.sleep(0.01)
        try:
            late = ask(web.port)
        finally:
            may_end.set()
        assert under_way.result(10).endswith(b"receipt")
        stopped.result(15)
    assert late.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 5\r\n" in late
    assert late.endswith(b"\r\n\r\nCall 555-0142.")


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\nContent-Length: %s\r\n\r\n" % (b"9" * 5000),
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
        b"GET http://[::/ HTTP/1.1\r\n\r\n",
    ],
    ids=["length", "coding", "no coding", "address"],
)
def test_a_head_that_cannot_be_understood_is_the_askers_mistake(raw: bytes) -> None:
    with serving(whole) as port:
        assert say(port, raw).split()[1] == b"400"
        assert ask(port).endswith(b"receipt")


def test_a_connection_that_is_kept_does_not_hold_up_the_end() -> None:
    web = WebServer(whole, open_socket("127.0.0.1", 0))
    web.start()
    with socket.create_connection(("127.0.0.1", web.port), timeout=10) as kept:
        kept.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert kept.recv(65536).endswith(b"receipt")
        began = time.monotonic()
        web.stop(10.0)
        assert time.monotonic() - began < 3  # five seconds, where it was waited for
        assert kept.recv(65536) == b""


class Watching:
    """Work that notes, when it is told to stop, what the interpreter has put out of its sight."""

    frozen = 0

    def stop(self, within_s: float) -> bool:
        self.frozen = gc.get_freeze_count()
        return within_s > 0


def test_while_it_serves_the_interpreter_does_not_look_through_what_was_loaded() -> None:
    usual = gc.get_threshold()
    heard = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    work, web = Watching(), WebServer(whole, open_socket("127.0.0.1", 0))
    try:
        assert serve_until_signal(web, work, lambda: signal.raise_signal(signal.SIGTERM), Told())
        assert work.frozen > 10_000
        assert gc.get_threshold()[0] > usual[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
        for one, handler in heard.items():
            signal.signal(one, handler)
