"""A server with several addresses, of which the machine reaches only some."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from form_server.delivery import Again, Sent, WebhookChannel
from tests.form_server.delivery.hooks import HookServer
from tests.form_server.delivery.things import a_claim, a_notice, server_for
from tests.form_server.delivery.transport import send_once
from tests.smtp_faults import FaultySmtpServer

UNHEARD_OF = 9_999  # no system has this kind of address, as many have no IPv6
NOBODY = ("127.0.0.1", 1)


def answer_with(monkeypatch: pytest.MonkeyPatch, *places: tuple[int, tuple[Any, ...]]) -> None:
    found = [(family, socket.SOCK_STREAM, 0, "", address) for family, address in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_mail_reaches_the_address_that_the_machine_can_reach(
    relay: FaultySmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ("127.0.0.1", relay.port)
    answer_with(
        monkeypatch, (UNHEARD_OF, ("::1", 25)), (socket.AF_INET, NOBODY), (socket.AF_INET, here)
    )
    assert send_once(relay) == Sent()


def test_a_machine_that_reaches_none_of_them_says_so(
    relay: FaultySmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, (UNHEARD_OF, ("::1", 25)))
    outcome = send_once(relay)
    assert isinstance(outcome, Again)
    assert f"{server_for(relay).name} cannot be reached" in outcome.reason


def test_a_webhook_reaches_the_address_that_the_machine_can_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with HookServer() as hook:
        address = f"http://localhost:{hook.port}/hook"
        here = ("127.0.0.1", hook.port)
        answer_with(monkeypatch, (UNHEARD_OF, ("::1", 80)), (socket.AF_INET, here))
        channel = WebhookChannel("secret", allow_private=True)
        outcome = channel.deliver(a_claim(address=address), a_notice(), lambda: None)
    assert outcome == Sent()
