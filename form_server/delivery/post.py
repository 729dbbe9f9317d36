"""One HTTP POST whose every wait ends, to an address that was looked at beforehand.

Only the answer's status and headers are read, and no more of them than fit a bound: a server that
trickles, or never ends, holds nobody. A redirect is an answer like any other and is not followed.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from form_server.delivery.addresses import Place

_HEAD_LIMIT: Final = 32_768
_STATUS_LINE: Final = re.compile(rb"HTTP/1\.[0-9] ([1-9][0-9]{2})(?: .*)?")
_ATTEMPT_LIMIT: Final = 4  # of the addresses that a name has


class NotSent(Exception):
    """Nothing of the request was taken: it never left as a whole."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class NoAnswer(Exception):
    """The request is out, and no answer says what became of it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Target:
    """The parts of a web address that a request needs; `path` includes the query."""

    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises ValueError for what is no http or https address, or cannot be sent."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise ValueError("no web address")
        if not url.isprintable() or " " in url or not url.isascii():
            raise ValueError("an address holds printable ASCII")
        secure = parts.scheme == "https"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(secure, parts.hostname, parts.port or (443 if secure else 80), path)

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # lower-case names


def post(
    target: Target,
    places: Sequence[Place],
    body: bytes,
    headers: Mapping[str, str],
    *,
    tls: ssl.SSLContext,
    within_s: float,
    begin: Callable[[], None],
    monotonic: Callable[[], float] = time.monotonic,
) -> Answer:
    """The answer to one POST; `begin` is called when the connection stands, before any byte of it.

    Raises NotSent, NoAnswer, or ssl.SSLCertVerificationError.
    """
    deadline = monotonic() + within_s

    def left_s() -> float:
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    with _connect(target, places, tls, left_s) as connection:
        begin()
        try:
            connection.settimeout(left_s())
            connection.sendall(_request(target, body, headers))
        except OSError as error:
            # The body has a stated length: a server does nothing with a part of it.
            raise NotSent(_why(error, within_s)) from error
        return _read_answer(connection, left_s, within_s)


def _connect(
    target: Target, places: Sequence[Place], tls: ssl.SSLContext, left_s: Callable[[], float]
) -> socket.socket:
    trouble: OSError = OSError("it has no address")
    tried = places[:_ATTEMPT_LIMIT]
    for index, place in enumerate(tried):
        try:
            plain = socket.socket(place.family, socket.SOCK_STREAM)
        except OSError as error:  # a machine may not know the kind of address at all
            trouble = error
            continue
        try:
            plain.settimeout(left_s() / (len(tried) - index))
            plain.connect(place.address)
            plain.settimeout(left_s())
            return tls.wrap_socket(plain, server_hostname=target.host) if target.secure else plain
        except ssl.SSLCertVerificationError:
            plain.close()
            raise
        except OSError as error:
            plain.close()
            trouble = error
    raise NotSent(_why(trouble, None)) from trouble


def _request(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"POST {target.path} HTTP/1.1",
        f"Host: {target.host_header}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + body


def _read_answer(connection: socket.socket, left_s: Callable[[], float], within_s: float) -> Answer:
    received = bytearray()
    while True:
        while (end := received.find(b"\r\n\r\n")) < 0:
            if len(received) > _HEAD_LIMIT:
                raise NoAnswer("the answer's head has no end")
            try:
                connection.settimeout(left_s())
                chunk = connection.recv(4096)
            except OSError as error:
                raise NoAnswer(_why(error, within_s)) from error
            if not chunk:
                raise NoAnswer("the connection was closed")
            received += chunk
        answer = _parse(bytes(received[: end + 4]))
        if answer.status >= 200:
            return answer
        del received[: end + 4]  # 1xx: the answer proper follows


def _parse(head: bytes) -> Answer:
    line, _, rest = head.partition(b"\r\n")
    status = _STATUS_LINE.fullmatch(line)
    if status is None:
        raise NoAnswer("the answer is not HTTP")
    try:
        fields = http.client.parse_headers(io.BytesIO(rest))
    except http.client.HTTPException as error:
        raise NoAnswer("the answer is not HTTP") from error
    return Answer(int(status[1]), {name.lower(): value for name, value in fields.items()})


def _why(error: OSError, within_s: float | None) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time" if within_s is None else f"no answer within {within_s:g} seconds"
    if isinstance(error, ssl.SSLError):
        return "no TLS could be agreed on"
    return error.strerror or "the connection was lost"
