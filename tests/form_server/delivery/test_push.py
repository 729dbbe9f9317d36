from __future__ import annotations

import contextlib
import errno
import io
import json
import logging
import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.delivery import Again, Never, Outcome, PushChannel, Sent, Unknown, has_push
from form_server.delivery.push import judge, run_errand
from form_server.delivery.push_errand import Errand, Told, open_service, tell
from form_server.parcels import Parcel
from tests.form_server.delivery.hooks import HookServer, Reply, say, say_nothing, trickle
from tests.form_server.delivery.things import a_claim, a_full_parcel, a_notice

TOKEN = "hushhush"


@pytest.fixture
def service() -> Iterator[HookServer]:
    with HookServer() as server:
        yield server


def run_here(errand: Errand, _within_s: float) -> Told:
    """In this process, which takes a hundredth of the time."""
    return tell(errand)


def push(service: HookServer, parcel: Parcel | None = None) -> Outcome:
    claim = a_claim(address=f"json://user:{TOKEN}@127.0.0.1:{service.port}/{TOKEN}")
    return PushChannel(run=run_here).deliver(claim, parcel or a_notice(), lambda: None)


def test_push_is_installed() -> None:
    assert has_push()


def test_a_push_says_practice_receipt_time_and_link(service: HookServer) -> None:
    assert push(service) == Sent()
    (request,) = service.requests
    said = json.loads(request.body)
    assert said["title"] == "Harbor Street Counseling"
    assert said["message"] == (
        "New referral calm river 42: answer by Mon, Nov 23, 2 PM\n"
        "https://refer.harborstreet.example/desk/referrals/r000042"
    )


def test_neither_patient_nor_office_is_in_a_push(service: HookServer) -> None:
    assert push(service, a_full_parcel()) == Sent()
    body = service.requests[0].body
    for word in (b"Quarles", b"0111", b"Panic", b"Insomnia", b"Alder", b"0188", b"Whitfield"):
        assert word not in body


@pytest.mark.parametrize(
    ("status", "expected"), [(401, Never), (404, Never), (429, Again), (500, Again), (503, Again)]
)
def test_status_of_the_service_decides(
    service: HookServer, status: int, expected: type[Outcome]
) -> None:
    service.reply = say(status)
    outcome = push(service)
    assert isinstance(outcome, expected)
    assert str(status) in getattr(outcome, "reason", "")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_other_server_is_told_what_was_meant_for_one(service: HookServer, status: int) -> None:
    with HookServer() as other:
        service.reply = say(status, f"Location: http://127.0.0.1:{other.port}/elsewhere")

        outcome = push(service)

        assert other.requests == []
    assert isinstance(outcome, Never)
    assert f"answered {status}, and redirects are not followed" in outcome.reason


def test_no_answer_is_unknown(service: HookServer) -> None:
    service.reply = say_nothing
    assert isinstance(push(service), Unknown)


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "nosuchservice://x", "json://", "json://a.example, json://b.example"],
)
def test_address_of_no_service_is_never(address: str) -> None:
    assert open_service(address) is None
    outcome = PushChannel(run=run_here).deliver(a_claim(address=address), a_notice(), lambda: None)
    assert isinstance(outcome, Never)


def test_the_address_stands_in_no_log_and_no_reason(service: HookServer) -> None:
    service.reply = say(500)
    written = io.StringIO()  # what the program's own handler, at the root, would write
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    try:
        outcome = push(service)
        open_service(f"nosuchservice://{TOKEN}")
    finally:
        logging.getLogger().removeHandler(handler)
    assert TOKEN not in written.getvalue()
    assert TOKEN not in repr(outcome)


def test_what_cannot_be_told_is_not_called_refused() -> None:
    assert isinstance(judge(None), Unknown)


def an_errand(service: HookServer) -> Errand:
    address = f"json://user:{TOKEN}@127.0.0.1:{service.port}/{TOKEN}"
    return Errand(address=address, title="Harbor Street", body="New referral")


def test_an_errand_is_run_in_a_process_of_its_own_that_knows_no_secret(
    service: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOFF_MAIL_PASSWORD", "hush")
    seen, limits = list[str](), list[str]()

    def look(connection: socket.socket) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                arguments = (process / "cmdline").read_text()
                if arguments.endswith("push_errand.py\0"):
                    seen.append(arguments + (process / "environ").read_text())
                    limits.append((process / "limits").read_text())
        say(200)(connection)

    service.reply = look

    assert run_errand(an_errand(service), 20.0) == Told(is_known=True, is_told=True, status=None)

    (shown,) = seen
    assert "PATH=" in shown
    assert "HANDOFF_" not in shown
    assert TOKEN not in shown
    assert re.search(r"^Max address space +536870912 ", limits[0], re.MULTILINE)
    assert json.loads(service.requests[0].body)["message"] == "New referral"


def a_body_without_end(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"186a0\r\n" + b"a" * 100_000 + b"\r\n")


@pytest.mark.parametrize("reply", [trickle, a_body_without_end])
def test_an_answer_without_end_ends_with_its_process(service: HookServer, reply: Reply) -> None:
    service.reply = reply
    before = {thread.name for thread in threading.enumerate()}
    claim = a_claim(address=an_errand(service)["address"])

    assert isinstance(PushChannel(timeout_s=1.5).deliver(claim, a_notice(), lambda: None), Unknown)

    left = {thread.name for thread in threading.enumerate()} - before
    assert not [name for name in left if "Apprise" in name or "ThreadPool" in name]


def test_a_push_that_cannot_be_started_is_tried_again() -> None:
    def no_process(_errand: Errand, _within_s: float) -> Told:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    outcome = PushChannel(run=no_process).deliver(a_claim(), a_notice(), lambda: None)

    assert isinstance(outcome, Again)
