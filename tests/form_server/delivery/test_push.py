from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from form_server.delivery import Again, Never, Outcome, PushChannel, Sent, Unknown, has_push
from form_server.delivery.push import judge, open_service
from form_server.parcels import Parcel
from tests.form_server.delivery.hooks import HookServer, say, say_nothing
from tests.form_server.delivery.things import a_claim, a_full_parcel, a_notice

TOKEN = "hushhush"


@pytest.fixture
def service() -> Iterator[HookServer]:
    with HookServer() as server:
        yield server


def push(service: HookServer, parcel: Parcel | None = None) -> Outcome:
    claim = a_claim(address=f"json://user:{TOKEN}@127.0.0.1:{service.port}/{TOKEN}")
    return PushChannel().deliver(claim, parcel or a_notice(), lambda: None)


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
    outcome = PushChannel().deliver(a_claim(address=address), a_notice(), lambda: None)
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
