from __future__ import annotations

import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from form_server.delivery import Again, Never, Outcome, Sent, Unknown, WebhookChannel
from form_server.ledger import Claimed, DeliveryKind
from form_server.parcels import AlertParcel, Parcel, QuarantineParcel, ReminderParcel
from tests.form_server.delivery.certificates import Certificate
from tests.form_server.delivery.hooks import (
    HookServer,
    Reply,
    flood,
    say,
    say_nothing,
    send_raw,
    trickle,
)
from tests.form_server.delivery.things import NOON, a_claim, a_full_parcel, a_notice

SECRET = "a secret that both sides know"
NOW_S = NOON.timestamp()
PATIENT_WORDS = [b"Quarles", b"555-0111", b"Panic", b"Insomnia", b"middle name", b"Whitfield"]


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with HookServer() as server:
        yield server


def a_channel(**changes: Any) -> WebhookChannel:
    plain = {"allow_private": True, "timeout_s": 5.0, "now_s": lambda: NOW_S}
    return WebhookChannel(SECRET, **{**plain, **changes})


def deliver(
    address: str, parcel: Parcel | None = None, channel: WebhookChannel | None = None, **row: Any
) -> Outcome:
    claim = a_claim(address=address, **row)
    return (channel or a_channel()).deliver(claim, parcel or a_notice(), lambda: None)


def test_notice_arrives_signed_over_its_time_and_body(hook: HookServer) -> None:
    assert deliver(hook.url("/hook?key=1"), id="d77", referral_id="r42") == Sent()

    (request,) = hook.requests
    assert request.line == "POST /hook?key=1 HTTP/1.1"
    assert request.headers["host"] == f"127.0.0.1:{hook.port}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["idempotency-key"] == "d77"
    stamp, _, mac = request.headers["handoff-signature"].partition(",")
    assert stamp == f"t={int(NOW_S)}"
    signed = f"{int(NOW_S)}.".encode() + request.body
    assert mac == "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert json.loads(request.body) == {
        "id": "d77",
        "kind": "notice",
        "created_at": "2026-11-23T20:00:00Z",
        "referral": "r42",
        "message": "New referral calm river 42: answer by Mon, Nov 23, 2 PM",
        "url": "https://refer.harborstreet.example/desk/referrals/r000042",
        "receipt": "calm river 42",
        "received_at": "2026-11-23T19:05:00Z",
        "promised_by": "2026-11-23T22:00:00Z",
        "drill": False,
    }


def test_whole_referral_goes_out_as_a_notice(hook: HookServer) -> None:
    assert deliver(hook.url(), a_full_parcel()) == Sent()
    assert not [word for word in PATIENT_WORDS if word in hook.requests[0].body]
    assert b"Alder Falls" not in hook.requests[0].body


def test_alert_says_its_subject(hook: HookServer) -> None:
    assert deliver(hook.url(), AlertParcel("Harbor Street", "A test", ("One line.",))) == Sent()
    said = json.loads(hook.requests[0].body)
    assert (said["message"], said["url"], said["referral"]) == ("A test", "", None)


def test_reminder_names_receipt_and_times_as_the_notice_does(hook: HookServer) -> None:
    parcel = ReminderParcel(
        practice_name="Harbor Street Counseling PLLC",
        receipt="calm river 42",
        received_at=NOON,
        promised_by=NOON + timedelta(hours=2),
        written_at=NOON + timedelta(hours=1),
        time_zone="America/Los_Angeles",
        desk_url="https://refer.harborstreet.example/desk/referrals/r000042",
        rung="remind",
    )
    assert deliver(hook.url(), parcel, kind=DeliveryKind.REMINDER, referral_id="r42") == Sent()

    said = json.loads(hook.requests[0].body)
    assert (said["kind"], said["receipt"]) == ("reminder", "calm river 42")
    assert said["received_at"] == "2026-11-23T20:00:00Z"
    assert said["promised_by"] == "2026-11-23T22:00:00Z"


def test_batch_names_how_many_and_until_when(hook: HookServer) -> None:
    parcel = QuarantineParcel(
        practice_name="Harbor Street Counseling PLLC",
        count=30,
        new=30,
        oldest_at=NOON,
        promised_by=NOON + timedelta(hours=2),
        time_zone="America/Los_Angeles",
        desk_url="https://refer.harborstreet.example/desk/quarantine",
        rung="broken",
    )
    assert deliver(hook.url(), parcel, kind=DeliveryKind.ESCALATION) == Sent()

    said = json.loads(hook.requests[0].body)
    assert (said["count"], said["promised_by"]) == (30, "2026-11-23T22:00:00Z")
    assert said["referral"] is None


def test_body_is_the_same_at_each_attempt(hook: HookServer) -> None:
    claim = a_claim(address=hook.url())
    for later_s in (0, 60):
        channel = a_channel(now_s=lambda later_s=later_s: NOW_S + later_s)
        assert channel.deliver(claim, a_notice(), lambda: None) == Sent()
    first, second = hook.requests
    assert first.body == second.body
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.headers["handoff-signature"] != second.headers["handoff-signature"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Sent), (201, Sent), (202, Sent), (204, Sent),
        (301, Never), (302, Never), (307, Never), (308, Never),
        (400, Never), (401, Never), (404, Never), (410, Never), (422, Never),
        (408, Again), (429, Again), (500, Again), (503, Again),
    ],
)  # fmt: skip
def test_status_decides(hook: HookServer, status: int, expected: type[Outcome]) -> None:
    hook.reply = say(status)
    assert isinstance(deliver(hook.url()), expected)


def test_redirect_is_not_followed(hook: HookServer) -> None:
    with HookServer() as elsewhere:
        hook.reply = say(307, f"Location: {elsewhere.url()}")
        outcome = deliver(hook.url())
        assert isinstance(outcome, Never)
        assert "redirects are not followed" in outcome.reason
        assert elsewhere.connections == 0


@pytest.mark.parametrize(
    ("asked", "wait_s"),
    [
        ("30", 30.0),
        ("86400", 900.0),
        ("99999999999999999999", 900.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        (format_datetime(datetime.fromtimestamp(NOW_S + 60, UTC), usegmt=True), 60.0),
        (format_datetime(datetime.fromtimestamp(NOW_S - 60, UTC), usegmt=True), 0.0),
    ],
)
def test_retry_after_is_honoured_within_bounds(hook: HookServer, asked: str, wait_s: float) -> None:
    hook.reply = say(429, f"Retry-After: {asked}")
    outcome = deliver(hook.url())
    assert isinstance(outcome, Again)
    assert outcome.not_before_s == wait_s


@pytest.mark.parametrize(
    "reply",
    [
        say_nothing,
        send_raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
        send_raw(b"HTTP/1.1 2"),
        flood,
        send_raw(b"HTTP/1.1 2000 OK\r\n\r\n"),
        send_raw(b"HTTP/1.1 000 OK\r\n\r\n"),
    ],
    ids=["closes", "no-http", "half", "flood", "no status", "no status at all"],
)
def test_without_an_answer_what_was_sent_is_unknown(hook: HookServer, reply: Reply) -> None:
    hook.reply = reply
    assert isinstance(deliver(hook.url()), Unknown)
    assert len(hook.requests) == 1


@pytest.mark.parametrize("is_silent", [False, True], ids=["trickle", "silence"])
def test_slow_server_holds_nobody_past_the_limit(hook: HookServer, is_silent: bool) -> None:
    let_go = threading.Event()

    def say_nothing_yet(_: socket.socket) -> None:
        let_go.wait(60)

    hook.reply = say_nothing_yet if is_silent else trickle
    began = time.monotonic()
    outcome = deliver(hook.url(), channel=a_channel(timeout_s=0.4))
    took_s = time.monotonic() - began
    let_go.set()
    assert isinstance(outcome, Unknown)
    assert took_s < 10  # of the minute that it would have lasted


def test_early_hints_are_passed_over(hook: HookServer) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    hook.reply = send_raw(hints + b"HTTP/1.1 204 No Content\r\n\r\n")
    assert deliver(hook.url()) == Sent()


def test_nobody_listening_is_tried_again() -> None:
    with HookServer() as closed:
        address = closed.url()
    outcome = deliver(address)
    assert isinstance(outcome, Again)
    assert "127.0.0.1 was not reached" in outcome.reason


def test_unknown_name_is_tried_again() -> None:
    outcome = deliver("https://no-such-host.invalid/hook")
    assert isinstance(outcome, Again)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_private_address_is_refused_without_a_connection(hook: HookServer, host: str) -> None:
    begun: list[None] = []
    claim = a_claim(address=f"https://{host}:{hook.port}/hook?token=hush")
    outcome = a_channel(allow_private=False).deliver(claim, a_notice(), lambda: begun.append(None))
    assert isinstance(outcome, Never)
    assert "private network" in outcome.reason
    assert "hush" not in outcome.reason
    assert (hook.connections, begun) == (0, [])


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.org/x",
        "ftp://hooks.example.org/x",
        "https://user:word@hooks.example.org/x",
        "https://hooks.example.org/x\r\nX-More: 1",
        "https://hooks.example.org/a b",
        "https://hooks.example.org:99999/",
        "nonsense",
    ],
)
def test_address_that_cannot_be_told_is_never(address: str) -> None:
    assert isinstance(deliver(address), Never)


def test_plain_http_needs_loopback_and_leave(hook: HookServer) -> None:
    outcome = deliver(hook.url(), channel=a_channel(allow_private=False))
    assert isinstance(outcome, Never)
    assert "https" in outcome.reason


def test_tls_is_for_the_name_in_the_address(certificate: Certificate) -> None:
    trusting = a_channel(tls=ssl.create_default_context(cafile=str(certificate.trust)))
    with HookServer(tls=certificate.server_context()) as hook:
        assert deliver(hook.url(host="localhost"), channel=trusting) == Sent()
        assert hook.requests[0].headers["host"] == f"localhost:{hook.port}"
        outcome = deliver(hook.url(host="localhost"))
        assert isinstance(outcome, Again)
        assert "certificate of localhost cannot be trusted" in outcome.reason
        assert len(hook.requests) == 1


def test_the_address_that_was_checked_is_the_one_connected_to(
    hook: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere at its second look is looked up only once."""
    import socket

    looks: list[str] = []
    real = socket.getaddrinfo

    def look(host: str, port: int, **more: Any) -> list[Any]:
        looks.append(host)
        return real("127.0.0.1" if len(looks) == 1 else "127.0.0.2", port, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look)
    claim = a_claim(address=f"http://localhost:{hook.port}/hook")
    assert a_channel().deliver(claim, a_notice(), lambda: None) == Sent()
    assert looks == ["localhost"]
    assert hook.requests[0].headers["host"] == f"localhost:{hook.port}"


def test_begin_comes_before_the_first_byte_and_may_forbid_it(hook: HookServer) -> None:
    def forbid() -> None:
        raise LookupError("not now")

    claim: Claimed = a_claim(address=hook.url())
    with pytest.raises(LookupError):
        a_channel().deliver(claim, a_notice(), forbid)
    assert hook.requests == []
