"""`python -m tests.benchmarks.load`: a cheap client in a process of its own, that measures each answer.

One thread and bare sockets, so that the client costs the server little of its two cores.
Prints one line of JSON; times are nanoseconds of the monotonic clock, which all processes share.
"""

from __future__ import annotations

import argparse
import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

_PLACE = b"00000000"  # in the body, where each request puts its own number
_GIVE_UP_S = 0.5  # after the last request was to begin, for answers that are still out


@dataclass
class Load:
    """What to send, and how often. `per_second` paces it; 0 sends again as soon as answered.

    `fresh` makes a connection for each request, as offices do, and counts its making.
    """

    port: int
    connections: int
    count: int
    seconds: float
    per_second: float
    fresh: bool
    first: int
    method: str
    path: str
    content_type: str
    body: bytes

    def request(self, number: int) -> bytes:
        body = self.body.replace(_PLACE, b"%08d" % number)
        head = (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        )
        if self.body:
            head += f"Content-Type: {self.content_type}\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body


@dataclass
class Outcome:
    latencies_ns: list[int] = field(default_factory=list)
    answered_ns: list[int] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, status: str) -> None:
        self.statuses[status] = self.statuses.get(status, 0) + 1


class Line:
    """One connection and the request under way on it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._connect()
        self._received = b""
        self.begun_ns = 0

    def send(self, request: bytes) -> None:
        self._received = b""
        self.socket.sendall(request)

    def receive(self) -> tuple[int, bytes] | None:
        """Status and body once they are whole; OSError when the connection is lost."""
        chunk = self.socket.recv(65536)
        if not chunk:
            raise ConnectionResetError
        self._received += chunk
        head, parted, body = self._received.partition(b"\r\n\r\n")
        if not parted:
            return None
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length or 0):
            return None
        return int(head[9:12]), body

    def connect_again(self) -> None:
        self.socket.close()
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), timeout=5)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made


def run(load: Load) -> Outcome:
    outcome = Outcome()
    selector = selectors.DefaultSelector()
    sent = 0
    began_s = time.monotonic()
    end_s = began_s + load.seconds

    def send(line: Line) -> bool:
        nonlocal sent
        if sent >= load.count or time.monotonic() >= end_s:
            return False
        if load.per_second:
            time.sleep(max(0.0, began_s + sent / load.per_second - time.monotonic()))
        request = load.request(load.first + sent)
        line.begun_ns = time.monotonic_ns()
        if load.fresh:
            connect_again(line)
        line.send(request)
        sent += 1
        return True

    def connect_again(line: Line) -> None:
        selector.unregister(line.socket)
        line.connect_again()
        selector.register(line.socket, selectors.EVENT_READ, line)

    busy = set()
    for _ in range(load.connections):
        line = Line(load.port)
        selector.register(line.socket, selectors.EVENT_READ, line)
        if send(line):
            busy.add(line)
    while busy and time.monotonic() < end_s + _GIVE_UP_S:
        for key, _ in selector.select(0.1):
            line = key.data
            try:
                answer = line.receive()
            except OSError:
                answer = 0, b""
                connect_again(line)
            if answer is None:
                continue
            _note(outcome, line, *answer)
            if not send(line):
                busy.discard(line)
    outcome.seconds = time.monotonic() - began_s
    for _ in busy:
        outcome.count("none")
    return outcome


def _note(outcome: Outcome, line: Line, status: int, body: bytes) -> None:
    now_ns = time.monotonic_ns()
    outcome.count(str(status))
    outcome.latencies_ns.append(now_ns - line.begun_ns)
    if status == 201 and b'"receipt"' in body:
        outcome.answered_ns.append(now_ns)
        outcome.receipts.append(json.loads(body)["receipt"])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--per-second", type=float, default=0.0)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--method", default="POST")
    parser.add_argument("--path", default="/referrals")
    parser.add_argument("--content-type", default="application/json")
    parser.add_argument("--body", type=Path)
    given = vars(parser.parse_args())
    path = given.pop("body")
    print(json.dumps(vars(run(Load(**given, body=path.read_bytes() if path else b"")))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
