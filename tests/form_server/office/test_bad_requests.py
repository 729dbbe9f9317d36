"""Bytes that no well-behaved client sends, through a real socket to a real server."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from urllib.parse import urlencode

import pytest

from form_server.serving import WebServer, open_socket
from tests.form_server.office.house import ENOUGH, Blueprint, House, build_house

MARKER = "Zyxomma"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def house(blueprint: Blueprint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = build_house(blueprint, tmp_path_factory.mktemp("bad") / "var")
    yield house
    house.services.close()


@pytest.fixture(scope="module")
def port(house: House) -> Iterator[int]:
    server = WebServer(house.app, open_socket("127.0.0.1", 0))
    server.start()
    yield server.port
    server.stop(1)


def send(port: int, raw: bytes) -> tuple[int, str]:
    """Status and everything that came back; the server is asked to close."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        connection.settimeout(10)
        answer = b""
        with suppress(BrokenPipeError, ConnectionResetError):  # it may refuse before it read it all
            connection.sendall(raw)
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                answer += piece
    return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")


def post(port: int, body: bytes, kind: str = FORM, extra: str = "") -> tuple[int, str]:
    head = (
        f"POST /referrals HTTP/1.1\r\nHost: refer.harborstreet.example\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n{extra}\r\n"
    )
    return send(port, head.encode() + body)


def form(**changes: str) -> bytes:
    return urlencode({**ENOUGH, "patient_name": MARKER, **changes}).encode()


def as_json(name: str) -> bytes:
    """JSON whose patient's name is `name` as it would be spelt between quotes."""
    fields = json.dumps({**ENOUGH, "reasons": ["panic"], "patient_agreed": True})
    return fields.replace("Jordan Quill", name).encode()


UPLOAD = (
    b'--x\r\nContent-Disposition: form-data; name="scan"; filename="Zyxomma.pdf"\r\n\r\n'
    b"Zyxomma\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(form(note="x" * 10_000_000), FORM, 413, id="10 MB"),
        pytest.param(form(note="x" * 70_000), FORM, 413, id="70 kB"),
        pytest.param(form() + b"&a=1" * 40_000, FORM, 413, id="40,000 fields"),
        pytest.param(form() + b"&b=%41" * 5_000, FORM, 413, id="5,000 fields"),
        pytest.param(UPLOAD, "multipart/form-data; boundary=x", 415, id="a file"),
        pytest.param(UPLOAD[:60], "multipart/form-data; boundary=x", 400, id="half a file"),
        pytest.param(UPLOAD, "multipart/form-data", 400, id="no boundary"),
        pytest.param(form() + b"&note=%FF%FE", FORM, 400, id="invalid UTF-8"),
        pytest.param(form() + b"&note=\xff\xfe", FORM, 400, id="raw invalid UTF-8"),
        pytest.param(form(referrer_name="Ana\0"), FORM, 422, id="NUL"),
        pytest.param(form(referrer_name="Ana\r\nBcc: x@y.zz"), FORM, 422, id="CR LF in a name"),
        pytest.param(
            form(referrer_email="a@b.cc\r\nBcc: x@y.zz"), FORM, 422, id="CR LF in an e-mail"
        ),
        pytest.param(as_json(f"{MARKER} \\ud800"), "application/json", 422, id="lone surrogate"),
        pytest.param(as_json(f"{MARKER} \\u0000"), "application/json", 422, id="NUL in JSON"),
        pytest.param(b"[" * 100_000, "application/json", 413, id="JSON 100,000 deep"),
        pytest.param(b"[" * 60_000, "application/json", 400, id="JSON 60,000 deep"),
        pytest.param(b'{"a":' * 12_000, "application/json", 400, id="objects 12,000 deep"),
        pytest.param(b'{"patient_name":"Zyxomma"', "application/json", 400, id="half of JSON"),
        pytest.param(form(), "text/plain", 415, id="a kind that is none"),
        pytest.param(form(), "\xff/\x00", 400, id="a kind of bytes"),
        pytest.param(form(), FORM + "; charset=utf-16", 303, id="a charset that is none"),
    ],
)
def test_a_bad_request_is_a_clear_4xx_and_leaves_no_trace(
    house: House,
    port: int,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    kind: str,
    status: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    before = house.referrals()

    got, answer = post(port, body, kind)

    assert got == status
    if status >= 400:
        assert house.referrals() == before
        assert "Traceback" not in answer
    assert MARKER not in caplog.text
    assert b"Zyxomma" not in b"".join(
        path.read_bytes() for path in house.settings.var.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /referrals HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\nConnection: close\r\n\r\nx",
        b"POST /referrals HTTP/1.1\r\nHost: x\r\nContent-Length: 9e9\r\nConnection: close\r\n\r\nx",
        b"GARBAGE\r\n\r\n",
        b"GET /status/\xff%00%0d%0a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /refer/%0d%0aSet-Cookie:x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /referrals HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /referrals HTTP/1.1\r\nHost: x\r\nIdempotency-Key: \xff\x01\r\nConnection: close\r\n\r\n",
    ],
)
def test_a_broken_request_is_never_our_error(
    house: House, port: int, raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    before = house.referrals()

    status, answer = send(port, raw)

    assert status < 500
    assert "set-cookie" not in answer.split("\r\n\r\n")[0].lower()
    assert "root:" not in answer
    assert house.referrals() == before
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


def test_a_body_in_chunks_is_read_and_bounded(house: House, port: int) -> None:
    head = (
        b"POST /referrals HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    body = form(best_time="in pieces")
    whole = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    flood = b"".join(b"2000\r\n" + b"x" * 0x2000 + b"\r\n" for _ in range(16)) + b"0\r\n\r\n"

    before = house.referrals()

    assert send(port, head + whole)[0] == 303
    assert send(port, head + flood)[0] == 413
    assert len(house.referrals()) == len(before) + 1
